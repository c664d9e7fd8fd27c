"""The map: shapes, classes, legend."""
