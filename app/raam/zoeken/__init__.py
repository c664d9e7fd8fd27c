"""Search from every page: what there is to find, and what fits best."""
