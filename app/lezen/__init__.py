"""The publication as typed rows; the only room with SQL of the app."""
