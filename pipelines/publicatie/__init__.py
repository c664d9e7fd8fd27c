"""Writing the publication: figures, reconciliation, rules, context."""
