"""What a map is of, and what it says in words."""
