"""Open data: the figures of a publication as tables, and the forms in which a program or a reader takes them."""
