"""What lies between publications: which were kept, and what changed from one to the next."""
