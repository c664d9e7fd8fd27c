"""The database of the committee: its tables, its connections, its migrations and the chain through its history."""
