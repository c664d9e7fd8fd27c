"""Files of DUO (Open onderwijsdata) as deliveries; what a file fills stands in `bronnen/openbaar/duo/`."""
