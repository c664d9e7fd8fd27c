"""One module per page; each page reads as its table of contents."""
