"""Passages that contradict each other: within a page, between versions of it, and a promise and what was told of it."""
