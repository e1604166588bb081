"""Everything on a page that could be an event's name or place: what the tagger finds or half finds, and what rules propose."""

from __future__ import annotations

from collections.abc import Sequence

from handslag.reading.analysis import Analysis
from handslag.reading.facts.events.dates import Dated
from handslag.reading.facts.events.names import belongs_before, cell_name, headline_name, is_small_word, phrase_around
from handslag.reading.facts.events.places import place_runs
from handslag.reading.facts.events.tagger import EventRows, Spot, sentences_near
from handslag.reading.facts.events.words import event_classes, is_event_noun, strength_of
from handslag.reading.models import Tagger
from handslag.reading.page import Page, Sentence

# a likely head of a name is kept down to this probability, for the judge to decide
LEAST_PROBABILITY = 0.06
# a neighbour belongs to the name if it is at least so likely as the head, relatively
GROWS = 0.5
_SURE = 0.5
_ABOUT = frozenset("om on about of för for".split())
_LINKS = _ABOUT | frozenset("i in at på hos till to med with från from".split())
_OPENING = frozenset('"“”»«(–—-•:,;./|*')
_CLOSING = frozenset('"“”»«)–—-:,;./|*')


def find_spots(analysis: Analysis, rows_of: EventRows, tagger: Tagger, dates: Sequence[Dated]) -> list[Spot]:
    """Names and places of events of a page, in reading order; names overlap no names."""
    page = analysis.page
    dated = {i for date in dates for i in range(date.first, date.last)}
    near = sentences_near(page, dates)
    found: list[Spot] = []
    seen = set()
    for sentence, rows in rows_of:
        seen.add(sentence.number)
        spans = [
            Spot(sentence.first + s.first, sentence.first + s.last, s.label, s.probability) for s in tagger.spans(rows)
        ]
        places = _with_grown(page, tagger, sentence, [spot for spot in spans if spot.kind == "PLACE"], dated, "PLACE")
        names = _with_grown(page, tagger, sentence, [spot for spot in spans if spot.kind == "EVENT"], dated, "EVENT")
        names = [name for name in names if _is_sound(page, name, places)]
        closeness = near.get(sentence.number, "")
        names += _names_by_rule(page, sentence, names, dated, closeness)
        names = [_of_safe_length(page, sentence, name, dated) for name in names]
        runs = place_runs(page, sentence, dated, beside_date=bool(closeness))
        known = {(place.first, place.last) for place in places}
        places += [Spot(first, last, "PLACE", 0.0, "rule") for first, last in runs if (first, last) not in known]
        found += names + places
    found += _outside(page, [s for s in page.sentences if s.number not in seen and s.zone != "furniture"], dated, near)
    return sorted(found)


def _with_grown(
    page: Page, tagger: Tagger, sentence: Sentence, spans: list[Spot], dated: set[int], kind: str
) -> list[Spot]:
    """The spans, and those below the likeliest labelling: from the likeliest token on, as far as its neighbours are about as likely."""
    count = sentence.last - sentence.first
    begins = [tagger.marginal("B-" + kind, i) for i in range(count)]
    inside = [tagger.marginal("I-" + kind, i) for i in range(count)]
    shares = [b + i for b, i in zip(begins, inside, strict=True)]
    taken = {i for span in spans for i in range(span.first, span.last)}
    free = [sentence.first + i not in taken for i in range(count)]
    found = list(spans)
    for i in sorted((i for i in range(count) if shares[i] >= LEAST_PROBABILITY), key=lambda i: -shares[i]):
        if not free[i]:
            continue
        first, last = i, i + 1
        while (
            first > 0
            and free[first - 1]
            and begins[first] < 0.5 * shares[first]
            and shares[first - 1] >= GROWS * shares[i]
        ):
            first -= 1
        while last < count and free[last] and inside[last] >= GROWS * shares[i]:
            last += 1
        free[first:last] = [False] * (last - first)
        found.append(Spot(sentence.first + first, sentence.first + last, kind, shares[i], "grown"))
    return [trimmed for spot in found if (trimmed := _trimmed(page, spot, dated)) is not None]


def _trimmed(page: Page, spot: Spot, dated: set[int]) -> Spot | None:
    """The spot without marks at its ends, a grown one without dates and small words there; None if no name is left."""
    first, last = spot.first, spot.last
    tokens = page.tokens
    loose = spot.maker == "grown" or spot.probability < _SURE
    while first < last and (
        tokens[first].form in _OPENING
        or (
            loose
            and (
                first in dated
                or is_small_word(tokens[first].form)
                or (spot.kind == "EVENT" and is_small_word(tokens[first].form.lower()))
            )
        )
    ):
        first += 1
    while last > first and (
        tokens[last - 1].form in _CLOSING or (loose and (last - 1 in dated or is_small_word(tokens[last - 1].form)))
    ):
        last -= 1
    if not any(c.isalpha() for i in range(first, last) for c in tokens[i].form):
        return None
    if spot.kind == "PLACE":
        told = {name for i in range(first, last) for name in event_classes(tokens[i].form)}
        if all(i in dated for i in range(first, last)) or (
            last - first <= 2 and any(name.startswith("status") for name in told)
        ):
            return None
    return spot._replace(first=first, last=last)


def _is_sound(page: Page, name: Spot, places: Sequence[Spot]) -> bool:
    """False for half-found names without a noun of events that are small words or rather a place."""
    if name.maker != "grown" and name.probability >= _SURE:
        return True
    if any(is_event_noun(page.tokens[i].form) for i in range(name.first, name.last)):
        return True
    if any(p.first < name.last and p.last > name.first and p.probability >= name.probability for p in places):
        return False
    return page.tokens[name.first].form[0].isupper() or name.last - name.first > 1


def _names_by_rule(
    page: Page, sentence: Sentence, names: Sequence[Spot], dated: set[int], closeness: str
) -> list[Spot]:
    """Phrases around nouns of events that the tagger leaves out, and cells beside a date."""
    taken = {i for name in names for i in range(name.first, name.last)}
    found: list[Spot] = []
    if closeness in ("row", "same") and sentence.is_row and not taken:
        cell = cell_name(page, sentence, dated)
        if cell is not None:
            return [Spot(*cell, "EVENT", 0.0, "cell")]
    if sentence.zone == "headline" and closeness == "beside" and not any(name.probability >= _SURE for name in names):
        headline = headline_name(page, sentence)
        if headline is not None:
            found.append(Spot(*headline, "EVENT", 0.0, "headline"))
            taken.update(range(*headline))
    for i in range(sentence.last - 1, sentence.first - 1, -1):
        if i in taken or i in dated:
            continue
        strength = strength_of(page.tokens[i].form) if is_event_noun(page.tokens[i].form) else 0
        short = sentence.last - sentence.first <= 8
        if strength == 2 or (strength == 1 and (closeness in ("same", "row") or (closeness and short))):
            first, last = phrase_around(page, sentence, i, dated)
            if not any(k in taken for k in range(first, last)):
                taken.update(range(first, last))
                found.append(Spot(first, last, "EVENT", 0.0, "phrase"))
    return found


def _of_safe_length(page: Page, sentence: Sentence, name: Spot, dated: set[int]) -> Spot:
    """A single bare noun with the word that tells it from others: before it ("dagens möte"), else behind it ("meeting in Akureyri")."""
    if name.last - name.first > 1:
        return name
    if name.first > sentence.first and belongs_before(page, sentence, name.first - 1, dated):
        return name._replace(first=name.first - 1)
    if name.last + 1 >= sentence.last or name.last in dated or name.last + 1 in dated:
        return name
    link, word = page.tokens[name.last].form, page.tokens[name.last + 1].form
    if link in _LINKS and word[0].isalpha() and not is_small_word(word) and (word[0].isupper() or link in _ABOUT):
        return name._replace(last=name.last + 2)
    return name


def _outside(page: Page, sentences: Sequence[Sentence], dated: set[int], near: dict[int, str]) -> list[Spot]:
    """Headlines beside a date, and places on lines of their own beside one."""
    found: list[Spot] = []
    for sentence in sentences:
        if not near.get(sentence.number) or sentence.last - sentence.first > 12:
            continue
        if sentence.zone == "headline":
            name = headline_name(page, sentence)
            if name is not None:
                found.append(Spot(*name, "EVENT", 0.0, "headline"))
        found += [
            Spot(first, last, "PLACE", 0.0, "rule")
            for first, last in place_runs(page, sentence, dated, beside_date=True)
        ]
    return found
