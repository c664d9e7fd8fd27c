"""One delivered file as rows of text, whatever its format."""
