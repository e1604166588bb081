"""Facets as a page shows them: each value a link that chooses it or takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from handslag_hub.commitments.wording import SHELVES, label

VALUES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value: its label, how many there are, whether it is chosen, and the query that toggles it."""

    label: str
    count: int
    chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of values; `rest` are folded away."""

    title: str
    values: list[FacetValue]
    rest: list[FacetValue]


def toggled(query: QueryDict, name: str, value: str, *, single: bool = False) -> str:
    """The query with a value chosen, or taken back where it was; the page starts anew."""
    changed = query.copy()
    changed.pop("page", None)
    there = changed.getlist(name)
    if value in there:
        changed.setlist(name, [one for one in there if one != value])
    else:
        changed.setlist(name, [value] if single else [*there, value])
    return "?" + changed.urlencode()


def with_page(query: QueryDict, page: int) -> str:
    """The query for another page."""
    changed = query.copy()
    changed["page"] = str(page)
    return "?" + changed.urlencode()


def shelf_facet(query: QueryDict, name: str, counts: Mapping[str, int], chosen: Iterable[str]) -> Facet:
    """The facet of a column: the most frequent values first, chosen ones always shown."""
    picked = set(chosen)
    keys = sorted({*counts, *picked}, key=lambda key: (-counts.get(key, 0), label(name, key)))
    values = [FacetValue(label(name, key), counts.get(key, 0), key in picked, toggled(query, name, key)) for key in keys]  # fmt: skip
    values = [value for value in values if value.count or value.chosen]
    first = [value for i, value in enumerate(values) if i < VALUES_SHOWN or value.chosen]
    return Facet(str(SHELVES[name]), first, [value for value in values if value not in first])
