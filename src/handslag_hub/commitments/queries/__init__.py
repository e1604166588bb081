"""Reads of this part."""
