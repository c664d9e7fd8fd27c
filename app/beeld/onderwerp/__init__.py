"""One module per subject: its figures and words as cards, lines and charts."""
