"""Published figures beside the same figures as they were computed."""
