"""Figures: amounts, shares and counts with what they are of and who states them."""

from handslag.reading.facts.figures.finding import find_figures

__all__ = ["find_figures"]
