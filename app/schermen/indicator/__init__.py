"""Eén cijfer van alle kanten."""
