"""What programs read about open data: the catalogue, the columns of a CSV, and what a search engine asks."""
