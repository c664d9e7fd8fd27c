"""What a supplier's own way of writing a value stands for."""
