"""Serving: the ASGI application, its process, and who may ask for what."""
