"""Which runs of capitalised words are persons: every candidate is judged over all places where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handslag.language.base_forms import folded
from handslag.reading.models import Judge
from handslag.reading.names.person_features import is_given_name, name_features, place_features, tag_features
from handslag.reading.names.person_forms import base_name, trimmed
from handslag.reading.names.person_spans import name_spans, part_of
from handslag.reading.names.tagger import Mention, Rows
from handslag.reading.page import Page

# names likelier than this are persons to the readers that follow; those below may still be judged by them
LIKELY = 0.5
LEAST = 0.12
# a name of one word more goes before its part if it is likely at all
SOME = 0.35
LONGER = 0.2


class Candidate(NamedTuple):
    """A name that may be a person's: its base form and the spans where it stands, longest name of its kind or not."""

    name: str
    spans: tuple[tuple[int, int], ...]
    features: tuple[str, ...]


def candidates_of(page: Page, rows_of: Rows, mentions: Sequence[Mention]) -> list[Candidate]:
    """The names of the page that may be persons', with the features to judge them by."""
    spans: dict[tuple[int, int], bool] = {}
    for sentence, _ in rows_of:
        for run in name_spans(page, sentence):
            spans[(run.first, run.last)] = run.whole
    for mention in mentions:
        if mention.kind == "PER":
            span = trimmed(page, mention.first, mention.last)
            if span[1] > span[0]:
                spans.setdefault(span, False)
    printed = {folded(page.words(*span)) for span in spans}
    grouped: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    for span in sorted(spans):
        name = base_name(page, span, printed)
        grouped.setdefault(folded(name), (name, []))[1].append(span)
    near = _by_token(mentions)
    words_at = _capitals(page)
    found = []
    for name, places in grouped.values():
        words = name.split()
        features = name_features(words)
        seen: dict[str, None] = {}
        known = "given" if is_given_name(words[0]) else "new"
        if len(words) == 1:
            known += "1"
        for first, last in places[:6]:
            near_by = place_features(page, first, last)
            seen.update(dict.fromkeys(near_by))
            tags = tag_features(first, last, _overlapping(near, first, last))
            seen.update(dict.fromkeys(tags))
            whole = "whole" if spans[(first, last)] else "part"
            seen.update(
                dict.fromkeys(
                    (whole, whole + "&" + known, whole + "&" + tags[0] + "&" + known, near_by[1] + "&" + known)
                )
            )
        features += seen
        features.append("places" + str(min(3, len(places))))
        if len(words) > 1:
            again = words_at.get(words[-1].lower(), 0) - len(places)
            features.append("surname again" + str(min(2, max(0, again))))
        features.append("lang=" + page.language)
        found.append(Candidate(name, tuple(places), tuple(features)))
    return found


def _capitals(page: Page) -> dict[str, int]:
    found: dict[str, int] = {}
    for token in page.tokens:
        if token.form[0].isupper():
            low = token.form.lower()
            found[low] = found.get(low, 0) + 1
    return found


def _by_token(mentions: Sequence[Mention]) -> dict[int, list[Mention]]:
    found: dict[int, list[Mention]] = {}
    for mention in mentions:
        for i in range(mention.first, mention.last):
            found.setdefault(i, []).append(mention)
    return found


def _overlapping(near: dict[int, list[Mention]], first: int, last: int) -> list[Mention]:
    found: list[Mention] = []
    for i in range(first, last):
        for mention in near.get(i, ()):
            if mention not in found:
                found.append(mention)
    return found


def settle_people(page: Page, rows_of: Rows, mentions: Sequence[Mention], judge: Judge) -> list[Mention]:
    """The mentions with the persons judged anew.

    Persons that were tagged as something else or left out come in, runs of capitals that are none go. The probability of a PER
    mention is that of the whole name being a person's. Names that the caller knows stay as they are.
    """
    known = {i: 1.0 for m in mentions if m.probability >= 1.0 for i in range(m.first, m.last)}
    scored = [
        (judge.probability(candidate.features), candidate) for candidate in candidates_of(page, rows_of, mentions)
    ]
    scored.sort(key=_rank)
    taken = dict(known)
    found = [m for m in mentions if m.kind == "PER" and m.probability >= 1.0]
    parts: dict[str, float] = {}
    for own, candidate in scored:
        words = folded(candidate.name).split()
        probability = max(own, parts.get(words[0], 0.0)) if len(words) == 1 else own
        if probability < LEAST:
            continue
        for first, last in candidate.spans:
            if not any(i in taken for i in range(first, last)):
                found.append(Mention(first, last, "PER", probability))
                taken.update(dict.fromkeys(range(first, last), probability))
                parts.update((word, probability) for word in (words[0], words[-1]) if probability >= LIKELY)
    found += _surnames(page, found, mentions, taken)
    kept = [
        m for m in mentions
        if m.kind != "PER" and (m.probability >= 1.0 or all(taken.get(i, 0.0) < LIKELY for i in range(m.first, m.last)))
    ]  # fmt: skip
    return sorted(found + kept)


def _rank(item: tuple[float, Candidate]) -> tuple[bool, float]:
    """The order to take candidates in: whole names before single words, likely ones first, a longer one before its part."""
    probability, candidate = item
    size = len(candidate.name.split())
    return size == 1, -probability - (LONGER * size if probability >= SOME else 0.0)


def _surnames(
    page: Page, persons: Sequence[Mention], mentions: Sequence[Mention], taken: dict[int, float]
) -> list[Mention]:
    """The places where a likely person's surname stands alone."""
    bearers = {
        page.tokens[m.last - 1].form.lower(): m.probability for m in persons
        if m.last - m.first > 1 and m.probability >= LIKELY and len(page.tokens[m.last - 1].form) > 2
    }  # fmt: skip
    if not bearers:
        return []
    longer = {i for m in mentions if m.kind != "PER" and m.last - m.first > 1 for i in range(m.first, m.last)}
    found = []
    for i, token in enumerate(page.tokens):
        form = token.form
        if form[0].isupper() and i not in taken and i not in longer:
            low = form.lower()
            probability = bearers.get(low) or (bearers.get(low[:-1]) if low.endswith("s") else None)
            if probability and page.sentences[page.sentence_of[i]].zone != "furniture" and _stands_alone(page, i):
                found.append(Mention(i, i + 1, "PER", probability))
    return found


def _stands_alone(page: Page, i: int) -> bool:
    """True if no other name word stands right beside token `i`."""
    before = page.tokens[i - 1] if i else None
    after = page.tokens[i + 1] if i + 1 < len(page.tokens) else None
    same = page.sentence_of[i]
    if (
        before is not None
        and page.sentence_of[i - 1] == same
        and part_of(before.form) in ("word", "upper")
        and i - 1 > page.sentences[same].first
    ):
        return False
    return not (after is not None and page.sentence_of[i + 1] == same and part_of(after.form) in ("word", "upper"))
