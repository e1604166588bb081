"""Organisations and people, and who is the same as whom."""
