"""Signals: happenings that a page tells of, with their kind and whom they concern."""

from handslag.reading.facts.signals.find import find_signals

__all__ = ["find_signals"]
