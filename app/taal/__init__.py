"""Numbers, periods and words, the Dutch way."""
