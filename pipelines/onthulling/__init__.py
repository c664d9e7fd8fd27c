"""Which cells are hidden, and with them what would give them away."""
