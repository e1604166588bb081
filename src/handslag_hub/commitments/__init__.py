"""Agreements, commitments, signals."""
