"""Writes of this part: letters, answers and their review, watching, being told."""
