"""Writes of this part: tokens of the API, lists brought in, what was given out."""
