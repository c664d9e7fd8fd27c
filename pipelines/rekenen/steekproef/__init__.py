"""The statistics of the survey: weights, intervals, differences, estimates of a model."""
