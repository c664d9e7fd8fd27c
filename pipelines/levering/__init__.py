"""A delivery: found, read, checked, accepted or withdrawn."""
