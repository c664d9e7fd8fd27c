"""A public table as its publisher gives it."""
