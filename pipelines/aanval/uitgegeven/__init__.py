"""Attacking what is given out beside a publication: files, and what one area sees of a concept."""
