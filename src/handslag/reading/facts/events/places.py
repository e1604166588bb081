"""Places that rules propose: names after "i", "på", "at"; after a comma or a label; cells of their own; online meetings."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from handslag.reading.facts.events.words import event_classes, is_event_noun
from handslag.reading.page import Page, Sentence

_PREPOSITIONS = frozenset("i in at på hos vid till to for from".split())
_ARTICLES = frozenset("the den det a an".split())
_WITHIN = frozenset("of the de la do du och and & i in på".split())
_MOST = 9


@cache
def _is_venue_word(word: str) -> bool:
    low = word.lower()
    classes = event_classes(word)
    return "venues" in classes or low.endswith(("hus", "huset", "hotell", "hotellet", "centrum", "center", "sal", "salen", "aula", "centralen", "lasarett",
        "sjukhus", "slott", "bibliotek", "library", "teater", "parken", "gymnasium", "museet", "museum", "kyrka", "torg", "plats", "gatan"))  # fmt: skip


def place_runs(page: Page, sentence: Sentence, dated: Collection[int], *, beside_date: bool) -> list[tuple[int, int]]:
    """Tokens `[first, last)` of the sentence's possible places; none overlaps another."""
    tokens = page.tokens
    found: list[tuple[int, int]] = []
    i = sentence.first
    while i < sentence.last:
        form = tokens[i].form
        if "online" in event_classes(form):
            found.append((i, i + 1))
        elif (
            (form[0].isupper() or form[0].isdigit())
            and i not in dated
            and _opens_place(page, sentence, i, dated, beside_date=beside_date)
        ):
            last = _end_of_run(page, sentence, i, dated)
            if (
                i == sentence.first
                and sentence.last - sentence.first > 7
                and not _leads_on(page, sentence, last, dated)
            ):
                i = last
                continue
            if any(tokens[k].form[0].isupper() for k in range(i, last)) and not (
                i == sentence.first
                and (is_event_noun(form) or any(name.startswith("status") for name in event_classes(form)))
            ):
                found.append((i, last))
            i = last
            continue
        i += 1
    return found


def _opens_place(page: Page, sentence: Sentence, i: int, dated: Collection[int], *, beside_date: bool) -> bool:
    """True if what stands before token `i` can lead to a place."""
    tokens = page.tokens
    if i == sentence.first:
        # a cell or a short line of its own, or what a date follows: "Malmö Live, 2–3 June"
        return beside_date
    before = tokens[i - 1].form.lower()
    if before in _ARTICLES and i - 2 >= sentence.first:
        before = tokens[i - 2].form.lower()
    if before in _PREPOSITIONS:
        return True
    if before in (",", "·", "|", "–", "(", ")", ";"):
        return beside_date or (i - 2 in dated) or (i - 2 >= sentence.first and is_event_noun(tokens[i - 2].form))
    return before == ":" and i - 2 >= sentence.first and "label:place" in event_classes(tokens[i - 2].form)


def _leads_on(page: Page, sentence: Sentence, last: int, dated: Collection[int]) -> bool:
    """True if a date follows, at once or after a mark."""
    return last in dated or (last + 1 in dated and page.tokens[last].form in (",", "·", "|", "–", "(", "-"))


def _end_of_run(page: Page, sentence: Sentence, i: int, dated: Collection[int]) -> int:
    """Where the place that begins at token `i` ends: capitals, numbers, venue nouns, a further part after a comma or "in"."""
    tokens = page.tokens
    last = i + 1
    while last < min(sentence.last, i + _MOST) and last not in dated:
        form = tokens[last].form
        following = tokens[last + 1].form if last + 1 < sentence.last else ""
        goes_on = following[:1].isupper() and last + 1 not in dated
        is_number = form[0].isdigit() and len(form) <= 3 and ":" not in form and "." not in form
        if form[0].isupper() or _is_venue_word(form) or form in ("'s", "’s") or is_number:
            last += 1
        elif (form in _WITHIN or form == ",") and goes_on and not is_event_noun(following):
            last += 2
        else:
            break
    return last
