"""What lies between figures: of two moments, regions, indicators or publications; and whether it is a difference."""
