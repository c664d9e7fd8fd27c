"""Putting what was built in its place, at once or among the concepts, with what each area sees of it."""
