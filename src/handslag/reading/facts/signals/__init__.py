"""Signals: happenings that a page tells of, with their kind and the one whom they concern."""
