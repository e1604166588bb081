"""Everything on a page that could be an event's name or place: what the tagger finds or half finds, and what rules propose."""

from __future__ import annotations

from collections.abc import Sequence

from handslag.language.lexicon import classes_of
from handslag.reading.analysis import Analysis
from handslag.reading.facts.events.tagger import GROWS, LEAST_PROBABILITY, EventRows, Spot
from handslag.reading.facts.events.words import event_classes, is_event_noun
from handslag.reading.models import Tagger
from handslag.reading.page import Page, Sentence

_LINKS = frozenset("i in at på hos vid till to".split())
_STRONG = frozenset({"gathering", "-gathering", "visit", "-visit", "body", "-body", "news", "-news"})


def find_spots(analysis: Analysis, rows_of: EventRows, tagger: Tagger) -> list[Spot]:
    """Names and places of events of a page, in reading order; names overlap no names, places no places."""
    page = analysis.page
    found: list[Spot] = []
    for sentence, rows in rows_of:
        spans = tagger.spans(rows)
        names = [Spot(sentence.first + s.first, sentence.first + s.last, s.label, s.probability) for s in spans]
        found += names
        for kind in ("EVENT", "PLACE"):
            taken = {i - sentence.first for spot in names if spot.kind == kind for i in range(spot.first, spot.last)}
            grown = _grown(tagger, len(rows), kind, taken, sentence.first)
            found += grown
            taken |= {i - sentence.first for spot in grown for i in range(spot.first, spot.last)}
            found += _by_rule(page, sentence, rows, kind, taken)
    return sorted(found)


def _grown(tagger: Tagger, count: int, kind: str, taken: set[int], offset: int) -> list[Spot]:
    """Names below the likeliest labelling: from the likeliest token on, as far as its neighbours are about as likely."""
    begins = [tagger.marginal("B-" + kind, i) for i in range(count)]
    inside = [tagger.marginal("I-" + kind, i) for i in range(count)]
    shares = [b + i for b, i in zip(begins, inside, strict=True)]
    taken = set(taken)
    found = []
    for i in sorted((i for i in range(count) if shares[i] >= LEAST_PROBABILITY), key=lambda i: -shares[i]):
        if i in taken:
            continue
        first, last = i, i + 1
        while first > 0 and first - 1 not in taken and begins[first] < 0.5 * shares[first] and shares[first - 1] >= GROWS * shares[i]:
            first -= 1
        while last < count and last not in taken and inside[last] >= GROWS * shares[i]:
            last += 1
        taken.update(range(first, last))
        found.append(Spot(offset + first, offset + last, kind, shares[i]))
    return found


def _by_rule(page: Page, sentence: Sentence, rows: Sequence[Sequence[str]], kind: str, taken: set[int]) -> list[Spot]:
    """Nouns of events in a sentence with a date; towns and countries, online meetings, names after "i" or "at"."""
    found: list[Spot] = []
    dated = "near=same" in rows[0] or "near=row" in rows[0]
    for k in range(len(rows)):
        i = sentence.first + k
        if k in taken:
            continue
        form = page.tokens[i].form
        if kind == "EVENT":
            if dated and is_event_noun(form) and _STRONG & set(event_classes(form)):
                found.append(Spot(i, i + 1, kind, 0.0))
        elif form[0].isupper() and any(name.startswith("place") for name in classes_of(form)) or "online" in event_classes(form):
            found.append(Spot(i, i + 1, kind, 0.0))
    return found
