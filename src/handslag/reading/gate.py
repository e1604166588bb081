"""The one gate: a fact whose passages are not found verbatim in the text is dropped and counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from handslag.kernel.passages import Passage
from handslag.language.base_forms import folded
from handslag.reading.results import Facts, Item, LineFact, OrganisationFact

PREFIXES = {
    "organisations": "o",
    "people": "p",
    "events": "e",
    "agreements": "a",
    "figures": "f",
    "quotes": "q",
    "commitments": "c",
    "signals": "s",
}


def admit(facts: Facts, text: str, lines: Sequence[LineFact]) -> tuple[Facts, int]:
    """The facts that rest on passages of the text, with zones and ids set in text order, and how many were dropped.

    A fact needs its first passage; further passages that are not verbatim are left out, and so is a fact in furniture.
    """
    starts = [line.start for line in lines]
    dropped = 0
    kept: dict[str, list[Any]] = {}
    for field in fields(Facts):
        kept[field.name] = []
        for fact in getattr(facts, field.name):
            passages = _verbatim(fact, text, lines, starts)
            if passages is None:
                dropped += 1
            elif passages[0].zone != "furniture":
                kept[field.name].append(replace(fact, evidence=passages))
    agreements: dict[str, str] = {}
    for name, items in kept.items():
        items.sort(key=lambda item: (item.evidence[0].start, item.evidence[0].end))
        for number, item in enumerate(items, 1):
            new = f"{PREFIXES[name]}{number}"
            if item.id and name == "agreements":
                agreements.setdefault(item.id, new)
            items[number - 1] = replace(item, id=new)
    return _link(kept, agreements), dropped


def _verbatim(fact: Item, text: str, lines: Sequence[LineFact], starts: list[int]) -> tuple[Passage, ...] | None:
    """The fact's verbatim passages with their zones; None if the one that carries the claim is not verbatim.

    White space is no passage, and none before a passage's words changes the line whose zone it has.
    """
    found: dict[Passage, None] = {}
    for passage in fact.evidence:
        if passage.holds_in(text) and not passage.quote.isspace():
            first_word = passage.end - len(passage.quote.lstrip())
            zone = lines[bisect_right(starts, first_word) - 1].zone
            found.setdefault(passage if passage.zone == zone else replace(passage, zone=zone))
        elif not found:
            return None
    return tuple(found) or None


def _link(kept: dict[str, list[Any]], agreements: Mapping[str, str]) -> Facts:
    """Sets the ids by which facts name each other: a person's organisation, a commitment's agreement.

    `agreements` maps the ids that the reader gave its agreements to the new ones.
    """
    organisations: list[OrganisationFact] = kept["organisations"]
    by_name = {folded(alias): o.id for o in reversed(organisations) for alias in o.aliases}
    by_name |= {folded(o.name): o.id for o in reversed(organisations)}
    people = tuple(replace(p, organisation_id=by_name.get(folded(p.organisation), "")) for p in kept["people"])
    commitments = [replace(c, agreement=agreements.get(c.agreement or "")) for c in kept["commitments"]]
    rest = {name: tuple(items) for name, items in kept.items() if name not in ("people", "commitments")}
    return Facts(people=people, commitments=tuple(commitments), **rest)
