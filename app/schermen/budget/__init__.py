"""Budget: the split against the rules of the programme."""
