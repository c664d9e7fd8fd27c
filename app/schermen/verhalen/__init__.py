"""Verhalen: what was heard and what worked."""
