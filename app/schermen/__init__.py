"""The pages, a room each; `pagina.py` reads as its table of contents."""
