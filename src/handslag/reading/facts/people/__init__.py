"""Persons as facts: who they are, in which role, where, and whether they come or go."""

from handslag.reading.facts.people.finding import find_people

__all__ = ["find_people"]
