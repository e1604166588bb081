"""Handslag: the engine. Pure Python, values in, values out: no network, no wall clock, no global random."""

__version__ = "0.1.0"
