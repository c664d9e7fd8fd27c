"""Verantwoording: definitions, sources, checks, publications."""
