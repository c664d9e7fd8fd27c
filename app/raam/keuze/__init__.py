"""What a reader chooses, kept in the address: one part of it, several at once, a series, a region, a stand."""
