"""From deliveries to the publication: load, validate, compute, protect, publish."""
