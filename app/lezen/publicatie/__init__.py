"""One publication as a file: which one is read, and how it is opened."""
