"""Where names of events and their places stand: a conditional random field over the sentences that could hold one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from handslag.language.lexicon import classes_of
from handslag.reading.analysis import Analysis
from handslag.reading.facts.events.dates import Dated
from handslag.reading.facts.events.words import event_classes, strength_of
from handslag.reading.features import shape_of
from handslag.reading.names.tagger import Mention
from handslag.reading.page import Page, Sentence

_SHORT = 12
_FAR = 60
# how far away a date is, in coarse steps
_STEP = tuple("d" + str(sum(gap >= step for step in (1, 2, 4, 7, 12, 50))) for gap in range(_FAR + 1))

EventRows = list[tuple[Sentence, list[list[str]]]]


class Spot(NamedTuple):
    """Tokens `[first, last)` that may name an event ("EVENT") or an event's place ("PLACE"), with the tagger's probability."""

    first: int
    last: int
    kind: str
    probability: float
    maker: str = "tagger"


@lru_cache(maxsize=50_000)
def _word(form: str, place: str) -> tuple[str, ...]:
    """The features of a word at a place of the window."""
    low = form.lower()
    classes = event_classes(form)
    if place in ("-2", "+2"):
        found = [low, *("v=" + name for name in classes)]
    else:
        known = [name for name in classes_of(form) if name.startswith(("place", "org:", "-org"))]
        found = [low, "s=" + shape_of(form), *("v=" + name for name in classes), *("c=" + name for name in known)]
        if place == "0":
            found += ["e4=" + low[-4:], "e6=" + low[-6:], "b4=" + low[:4]]
    return tuple(place + ":" + feature for feature in found)


@lru_cache(maxsize=50_000)
def _pair(before: str, form: str) -> str:
    return "b-=" + before.lower() + "|" + form.lower()


def event_rows(analysis: Analysis, dates: Sequence[Dated]) -> EventRows:
    """Features of the tokens of the sentences that could name an event: by their words, or by a date in or beside them."""
    page = analysis.page
    near = sentences_near(page, dates)
    kinds = [""] * len(page.tokens)
    for dated in dates:
        for i in range(dated.first, dated.last):
            kinds[i] = dated.mention.kind
    names = name_labels(len(page.tokens), analysis.mentions)
    found: EventRows = []
    heading = ""
    for sentence in page.sentences:
        if sentence.zone == "furniture":
            continue
        forms = [token.form for token in page.tokens[sentence.first : sentence.last]]
        if len(forms) <= 5 and any("calendar" in event_classes(form) for form in forms):
            heading = "calendar"
        elif sentence.zone == "headline":
            heading = "headline"
        closeness = near.get(sentence.number, "")
        if _could_name_one(closeness, forms):
            context = [
                "near=" + closeness,
                "under=" + heading + ("&row" if sentence.is_row else ""),
                "z=" + sentence.zone,
            ]
            context.append("cell" + str(min(3, sentence.cell)) if sentence.is_row else "prose")
            context += {
                name for form in forms for name in event_classes(form) if name in ("status:cancelled", "status:moved")
            }
            found.append(
                (
                    sentence,
                    _rows(forms, kinds[sentence.first : sentence.last], names[sentence.first : sentence.last], context),
                )
            )
    return found


def _could_name_one(closeness: str, forms: Sequence[str]) -> bool:
    """False for sentences that hold next to no event on the marked pages; three in five tokens are left out."""
    strength = max(map(strength_of, forms))
    if closeness == "row" or strength == 2:
        return True
    return strength == 1 and (closeness == "same" or (closeness == "beside" and len(forms) <= _SHORT))


def sentences_near(page: Page, dates: Sequence[Dated]) -> dict[int, str]:
    """Sentence → how it stands to a date: "same", in the same "row", "beside" one."""
    found: dict[int, str] = {}
    rows = set()
    for dated in dates:
        number = page.sentence_of[dated.first]
        sentence = page.sentences[number]
        found[number] = "same"
        if sentence.is_row:
            rows.add(sentence.block)
        for other in (number - 1, number + 1):
            if 0 <= other < len(page.sentences):
                found.setdefault(other, "beside")
    if rows:
        for sentence in page.sentences:
            if sentence.block in rows and found.get(sentence.number) != "same":
                found[sentence.number] = "row"
    return found


def name_labels(count: int, mentions: Sequence[Mention]) -> list[str]:
    """For each token the kind of name it begins or goes on: "BORG", "IPER", ""."""
    labels = [""] * count
    for mention in mentions:
        if mention.probability >= 0.5:
            labels[mention.first] = "B" + mention.kind
            for i in range(mention.first + 1, mention.last):
                labels[i] = "I" + mention.kind
    return labels


def _rows(forms: Sequence[str], kinds: Sequence[str], names: Sequence[str], context: list[str]) -> list[list[str]]:
    count = len(forms)
    rows: list[list[str]] = []
    gap = _FAR
    for k, form in enumerate(forms):
        row = [*_word(form, "0"), *context, "n=" + names[k], "D=" + kinds[k], "since " + _STEP[gap]]
        gap = 0 if kinds[k] else min(_FAR, gap + 1)
        if k:
            row += _word(forms[k - 1], "-1")
            row += (_pair(forms[k - 1], form), "n-=" + names[k - 1], "D-=" + kinds[k - 1])
        else:
            row.append("first")
        if k + 1 < count:
            row += _word(forms[k + 1], "+1")
            row += ("n+=" + names[k + 1], "D+=" + kinds[k + 1])
        else:
            row.append("last")
        if k > 1:
            row += _word(forms[k - 2], "-2")
        if k + 2 < count:
            row += _word(forms[k + 2], "+2")
        rows.append(row)
    gap = _FAR
    for k in range(count - 1, -1, -1):
        rows[k].append("until " + _STEP[gap])
        gap = 0 if kinds[k] else min(_FAR, gap + 1)
    return rows
