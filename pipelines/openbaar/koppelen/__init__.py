"""From a public table to rows of the contract: the mapping, and what it means for the table of now."""
