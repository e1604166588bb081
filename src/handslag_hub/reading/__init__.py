"""Bringing in documents and reading them."""
