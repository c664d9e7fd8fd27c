"""What all agree on: contracts, catalogue, codes, regions, periods, messages, the files of a warehouse."""
