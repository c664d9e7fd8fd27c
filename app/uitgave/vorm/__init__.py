"""The forms in which a table of open data is taken."""
