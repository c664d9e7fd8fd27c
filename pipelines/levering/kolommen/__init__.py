"""How a file of a supplier becomes a table of the contract: kolommen.yml."""
