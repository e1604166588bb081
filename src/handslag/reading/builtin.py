"""The built-in reader's way through a page: names, then every kind of fact, each with a word for how certain it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from handslag.reading import analysis as steps
from handslag.reading.analysis import Analysis
from handslag.reading.certainty import DEFAULT, Thresholds, thresholds_of
from handslag.reading.facts.kinds import FINDERS
from handslag.reading.results import Facts, Scored


def read_facts(analysis: Analysis) -> Facts:
    """The facts of a page whose lines have zones and languages by now."""
    prepare(analysis)
    thresholds = thresholds_of(analysis.models)
    found: dict[str, tuple[Any, ...]] = {}
    for kind, find in FINDERS.items():
        found[kind] = tuple(worded(find(analysis), kind, thresholds))
    return Facts(**found)


def prepare(analysis: Analysis) -> None:
    """The steps before facts: names and their bearers, role phrases, dates and numbers."""
    steps.add_dates(analysis)
    steps.add_names(analysis)
    steps.add_terms(analysis)


def worded(scored: Iterable[Scored[Any]], kind: str, thresholds: Mapping[str, Thresholds]) -> Iterable[Any]:
    """The facts that are likely enough to be any, each with the word for how certain it is."""
    limits = thresholds.get(kind, DEFAULT)
    for fact, probability in scored:
        word = limits.word(probability)
        if word:
            yield replace(fact, certainty=word)
