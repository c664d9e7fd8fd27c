"""From checked rows to the work database."""
