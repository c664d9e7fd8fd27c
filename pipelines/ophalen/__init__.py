"""Getting public data over the network."""
