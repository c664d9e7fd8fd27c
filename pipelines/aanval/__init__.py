"""The attack on a publication; shares no code with what hides."""
