"""Names of events that rules propose: a noun of events with what belongs to it, a calendar's cell, a headline above a date."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from handslag.language.identify import language_scores
from handslag.reading.facts.events.words import event_classes, is_event_noun
from handslag.reading.page import Page, Sentence

_MOST_BEFORE = 4
_MOST_AFTER = 4
_ENDS = frozenset('.,;:!?()[]–—-|·•*"“”»«/')


@cache
def is_small_word(form: str) -> bool:
    """True for function words in lower case, but not for those that may open a name."""
    return form.islower() and len(form) < 9 and "modifier" not in event_classes(form) and bool(language_scores((form,)))


def phrase_around(page: Page, sentence: Sentence, head: int, dated: Collection[int]) -> tuple[int, int]:
    """Tokens `[first, last)` of the noun at `head` with its modifiers, number and what it is about."""
    tokens = page.tokens
    first = head
    while first > max(sentence.first, head - _MOST_BEFORE) and belongs_before(page, sentence, first - 1, dated):
        first -= 1
    last = head + 1
    while last < sentence.last and last not in dated and last - head <= _MOST_AFTER:
        form = tokens[last].form
        if (
            not (form[0].isdigit() or form[0].isupper() or is_event_noun(form) or form in ("nr", "no", "av", "in"))
            or form in _ENDS
        ):
            break
        if form in ("nr", "no", "av", "in") and form not in ("nr", "no"):
            break
        last += 1
    if last < sentence.last and "about" in event_classes(tokens[last].form):
        stop = last + 1
        while stop < min(sentence.last, last + 1 + _MOST_AFTER) and stop not in dated:
            form = tokens[stop].form
            if form in _ENDS or (is_small_word(form) and stop > last + 1):
                break
            stop += 1
        if stop > last + 1 and not is_small_word(tokens[stop - 1].form):
            last = stop
    return first, last


def belongs_before(page: Page, sentence: Sentence, i: int, dated: Collection[int]) -> bool:
    """True if token `i` can belong to the noun behind it: no mark, date, function word or verb of events."""
    form = page.tokens[i].form
    if i in dated or form in _ENDS or is_small_word(form) or not form[0].isalpha():
        return False
    if any(name.startswith(("verbs", "status")) for name in event_classes(form)) and "modifier" not in event_classes(
        form
    ):
        return False
    return i > sentence.first or not is_small_word(form.lower())


def cell_name(page: Page, sentence: Sentence, dated: Collection[int]) -> tuple[int, int] | None:
    """The part of a calendar's cell that can name an event: up to a comma, a bracket or a date; None if there is none."""
    tokens = page.tokens
    first = sentence.first
    while first < sentence.last and (first in dated or not tokens[first].form[0].isalpha()):
        first += 1
    last = first
    while last < sentence.last and last not in dated and tokens[last].form not in (",", "(", "–", "—", "|", "·"):
        last += 1
    if first == last or not tokens[first].form[0].isupper() or last - first > 14:
        return None
    if last - first <= 2 and any(
        name.startswith(("status", "label", "online")) for name in event_classes(tokens[first].form)
    ):
        return None
    return first, last


def headline_name(page: Page, sentence: Sentence) -> tuple[int, int] | None:
    """A headline up to its colon."""
    last = sentence.first
    while last < sentence.last and page.tokens[last].form not in (":", "|", "·"):
        last += 1
    return (sentence.first, last) if 0 < last - sentence.first <= 12 else None
