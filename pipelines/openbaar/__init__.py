"""Public tables of CBS, AZW and DUO as deliveries: one mapping file per table, and nothing of a table in code."""
