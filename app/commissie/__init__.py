"""What the committee writes down: scores, notes and agreements, in a database of their own."""
