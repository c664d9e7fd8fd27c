"""The steps from each schema of the committee's database to the next; each stays as it was once it is out."""
