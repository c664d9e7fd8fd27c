"""The borders of the map."""
