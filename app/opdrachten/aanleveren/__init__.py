"""The commands that bring figures in: deliveries, public tables, borders of the map, and what the page of them asks."""
