"""A table to take along: its names beside its codes, and the workbook that everyone can open."""
