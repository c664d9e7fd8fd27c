"""Queries of one subject each: the survey, plans, stories, a region, where figures come from."""
