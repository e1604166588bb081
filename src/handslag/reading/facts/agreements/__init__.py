"""Agreements: concluded, planned, denied and ended, with parties, signatories, areas, activities, day and place."""

from handslag.reading.facts.agreements.finding import find_agreements

__all__ = ["find_agreements"]
