"""Everything on a page that could be an event's name or place: what the tagger finds or half finds, and what rules propose."""

from __future__ import annotations

from collections.abc import Sequence

from handslag.language.identify import language_scores
from handslag.reading.analysis import Analysis
from handslag.reading.facts.events.dates import Dated
from handslag.reading.facts.events.places import place_runs
from handslag.reading.facts.events.tagger import EventRows, Spot
from handslag.reading.facts.events.words import event_classes, is_event_noun, strength_of
from handslag.reading.models import Tagger
from handslag.reading.page import Page, Sentence

# a likely head of a name is kept down to this probability, for the judge to decide
LEAST_PROBABILITY = {"EVENT": 0.03, "PLACE": 0.05}
# a neighbour belongs to the name if it is at least so likely as the head, relatively
GROWS = 0.5
_OPENING = frozenset('"“”»«(–—-•:,;./|*')
_CLOSING = frozenset('"“”»«)–—-:,;./|*')


def find_spots(analysis: Analysis, rows_of: EventRows, tagger: Tagger, dates: Sequence[Dated]) -> list[Spot]:
    """Names and places of events of a page, in reading order; names overlap no names, places no places."""
    page = analysis.page
    dated = {i for date in dates for i in range(date.first, date.last)}
    found: list[Spot] = []
    for sentence, rows in rows_of:
        spans = [Spot(sentence.first + s.first, sentence.first + s.last, s.label, s.probability) for s in tagger.spans(rows)]
        for kind in ("EVENT", "PLACE"):
            own = [spot for spot in spans if spot.kind == kind]
            taken = {i for spot in own for i in range(spot.first, spot.last)}
            own += _grown(tagger, sentence, kind, taken)
            kept = [trimmed for spot in own if (trimmed := _trimmed(page, spot, dated)) is not None]
            found += kept
            taken |= {i for spot in kept for i in range(spot.first, spot.last)}
            if kind == "EVENT":
                found += _by_rule(page, sentence, taken, is_dated="near=same" in rows[0] or "near=row" in rows[0])
            else:
                found += _places_by_rule(page, sentence, kept, dated, beside_date="near=" not in rows[0])
    return sorted(found)


def _grown(tagger: Tagger, sentence: Sentence, kind: str, taken: set[int]) -> list[Spot]:
    """Names below the likeliest labelling: from the likeliest token on, as far as its neighbours are about as likely."""
    count = sentence.last - sentence.first
    begins = [tagger.marginal("B-" + kind, i) for i in range(count)]
    inside = [tagger.marginal("I-" + kind, i) for i in range(count)]
    shares = [b + i for b, i in zip(begins, inside, strict=True)]
    free = [sentence.first + i not in taken for i in range(count)]
    found = []
    for i in sorted((i for i in range(count) if shares[i] >= LEAST_PROBABILITY[kind]), key=lambda i: -shares[i]):
        if not free[i]:
            continue
        first, last = i, i + 1
        while first > 0 and free[first - 1] and begins[first] < 0.5 * shares[first] and shares[first - 1] >= GROWS * shares[i]:
            first -= 1
        while last < count and free[last] and inside[last] >= GROWS * shares[i]:
            last += 1
        free[first:last] = [False] * (last - first)
        found.append(Spot(sentence.first + first, sentence.first + last, kind, shares[i]))
    return found


def _is_small_word(form: str) -> bool:
    return form.islower() and len(form) < 8 and bool(language_scores((form,)))


def _trimmed(page: Page, spot: Spot, dated: set[int]) -> Spot | None:
    """The spot without marks, dates and small words at its ends; None if nothing of a name is left."""
    first, last = spot.first, spot.last
    tokens = page.tokens
    while first < last and (tokens[first].form in _OPENING or (first in dated and spot.probability < 0.5 and not _names_one(page, first, last))):
        first += 1
    while last > first and (tokens[last - 1].form in _CLOSING or (spot.probability < 0.5 and _is_small_word(tokens[last - 1].form))):
        last -= 1
    if spot.kind == "EVENT" and spot.probability < 0.5:
        while first < last and _is_small_word(tokens[first].form) and not is_event_noun(tokens[first].form):
            first += 1
    if last == first or not any(c.isalpha() for i in range(first, last) for c in tokens[i].form):
        return None
    if spot.kind == "EVENT" and spot.probability < 0.3 and not _names_one(page, first, last) and not tokens[first].form[0].isupper():
        return None
    if spot.kind == "PLACE" and _is_no_place(page, first, last, dated):
        return None
    return spot._replace(first=first, last=last)


def _is_no_place(page: Page, first: int, last: int, dated: set[int]) -> bool:
    """True for dates, and for words of events and of what became of them."""
    told = {name for i in range(first, last) for name in event_classes(page.tokens[i].form)}
    return all(i in dated for i in range(first, last)) or (last - first <= 2 and any(name.startswith("status") for name in told))


def _names_one(page: Page, first: int, last: int) -> bool:
    return any(is_event_noun(page.tokens[i].form) for i in range(first, last))


def _by_rule(page: Page, sentence: Sentence, taken: set[int], *, is_dated: bool) -> list[Spot]:
    """Nouns of events in a sentence with a date."""
    return [
        Spot(i, i + 1, "EVENT", 0.0) for i in range(sentence.first, sentence.last)
        if is_dated and i not in taken and strength_of(page.tokens[i].form) == 2
    ]  # fmt: skip


def _places_by_rule(page: Page, sentence: Sentence, taken: Sequence[Spot], dated: set[int], *, beside_date: bool) -> list[Spot]:
    """The rules' places, without those that the tagger found as they are; both stay where they differ."""
    spans = {(spot.first, spot.last) for spot in taken}
    runs = place_runs(page, sentence, dated, beside_date=beside_date)
    return [Spot(first, last, "PLACE", 0.0) for first, last in runs if (first, last) not in spans]
