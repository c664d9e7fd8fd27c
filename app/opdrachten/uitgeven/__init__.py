"""The commands that give figures out: a document, open data, and which publications there are."""
