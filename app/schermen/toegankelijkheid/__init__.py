"""Toegankelijkheid: what is tested and what is not right yet."""
