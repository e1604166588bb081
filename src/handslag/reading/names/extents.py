"""From where to where a body's name goes: what the tagger marks may be a part of a name, two names, or a name and more.

Around every marked organisation other extents are put together at the places where names are joined and cut wrongly: at
"and", "of", "in", at a descriptive word before it, at line breaks. A judge says how likely each is to be one whole name; the
likeliest that do not overlap are taken.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from handslag.language.known_bodies import known_bodies
from handslag.reading.features import Word, words_of
from handslag.reading.models import Judge
from handslag.reading.names.occurrences import breaks_early, run_end
from handslag.reading.names.tagger import Mention
from handslag.reading.page import Page, Sentence

JOINERS = frozenset("of and och i in för for & on vid at till mot av / – - + de del della und et".split())
# an extent is lengthened by so many words in small letters after a joiner: "centrum för klinisk proteomik"
_TAIL = 4
_LEVELS = (0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.87, 0.93, 0.97, 0.99, 0.997, 0.999)
_NUMERALS = tuple(str(n) for n in range(20))
# an extent less likely than this is dropped
LEAST = 0.15


class Extent(NamedTuple):
    """Tokens `[first, last)` that may be one name; `how` it came from the tagger's, whose probability it keeps."""

    first: int
    last: int
    how: str
    probability: float


def extents_of(page: Page, words: Sequence[Word], mention: Mention) -> list[Extent]:
    """The extents that a marked organisation may have, the tagger's own first."""
    sentence = page.sentences[page.sentence_of[mention.first]]
    found: dict[tuple[int, int], str] = {(mention.first, mention.last): "own"}
    for stop, how in _other_ends(page, words, mention, sentence):
        found.setdefault((mention.first, stop), how)
    for start, how in _other_starts(words, mention, sentence):
        found.setdefault((start, mention.last), how)
    for start, stop, how in _halves(page, words, mention):
        found.setdefault((start, stop), how)
    return [Extent(first, last, how, mention.probability) for (first, last), how in found.items() if last > first]


def _other_ends(page: Page, words: Sequence[Word], mention: Mention, sentence: Sentence) -> list[tuple[int, str]]:
    """Ends further on: over a joiner, a genitive, words of the body's kind in small letters, or capitals left out."""
    last, end = mention.last, sentence.last
    if last >= end:
        return []
    found = []
    word = words[last]
    if word.is_capital:
        found.append((run_end(words, page.tokens, last, end), "+capitals"))
    elif word.low in ("'s", "’s") and last + 1 < end and words[last + 1].is_capital:
        found.append((run_end(words, page.tokens, last + 1, end), "+'s"))
    elif word.low == "." and len(words[last - 1].low) <= 4:
        found.append((last + 1, "+."))
        if last + 1 < end and words[last + 1].is_capital:
            found.append((run_end(words, page.tokens, last + 1, end), "+.capitals"))
    elif word.low in JOINERS:
        start = last + 1
        if start < end and words[start].low in ("the", "den", "det"):
            start += 1
        if start < end and words[start].is_capital:
            stop = run_end(words, page.tokens, start, end)
            found.append((stop, "+" + word.low))
            if stop + 1 < end and words[stop].low in JOINERS and words[stop + 1].is_capital:
                found.append((run_end(words, page.tokens, stop + 1, end), "+" + word.low + "+" + words[stop].low))
        elif word.low not in ("i", "in", "on", "at", "till"):
            found += [(stop, "+" + word.low + " small") for stop in _small_tail(words, start, end)]
    elif _is_body_word(word):
        found.append((last + 1, "+body word"))
    elif last + 1 < end and word.low[0].isalpha() and _is_body_word(words[last + 1]) and not words[last + 1].is_capital:
        found.append((last + 2, "+body words"))
    return found


def _small_tail(words: Sequence[Word], start: int, end: int) -> list[int]:
    """The ends of the first words in small letters from `start` on, as far as they may belong to a name."""
    found = []
    for i in range(start, min(end, start + _TAIL)):
        if not words[i].low[0].isalpha():
            break
        if words[i].low not in JOINERS:
            found.append(i + 1)
    return found


def _is_body_word(word: Word) -> bool:
    return not word.is_capital and any(name in ("org", "legal") or name.startswith("-org") for name in word.classes)


def _other_starts(words: Sequence[Word], mention: Mention, sentence: Sentence) -> list[tuple[int, str]]:
    """Starts further back (capitals left out, "council of X"), or after a descriptive first word."""
    first, begin = mention.first, sentence.first
    found = []
    if first > begin:
        before = words[first - 1]
        if before.is_capital:
            start = first - 1
            while start > begin and words[start - 1].is_capital:
                start -= 1
            found.append((start, "capitals+"))
            if start < first - 1:
                found.append((first - 1, "capital+"))
        elif before.low in JOINERS and first - 2 >= begin:
            earlier = words[first - 2]
            if earlier.is_capital or _is_body_word(earlier):
                start = first - 2
                while start > begin and words[start - 1].is_capital:
                    start -= 1
                found.append((start, before.low + "+"))
                if _is_body_word(earlier) and start > begin and words[start - 1].low[0].isalpha():
                    found.append((start - 1, before.low + "++"))
    if mention.last - first > 1:
        word = words[first]
        if first == begin or not word.is_capital or _describes(word):
            found.append((first + 1, "-first"))
    return found


def _describes(word: Word) -> bool:
    return any(name in ("demonym", "introducer", "stand-in", "calendar", "role", "-role", "title") or name.startswith("place") for name in word.classes)


def _halves(page: Page, words: Sequence[Word], mention: Mention) -> list[tuple[int, int, str]]:
    """The parts before and after each joiner or line break within the mention, and without its last word."""
    found = []
    first, last = mention.first, mention.last
    for i in range(first + 1, last):
        low = words[i].low
        if low in JOINERS or low in (",", "(", "'s", "’s", "|", "·"):
            found.append((first, i, "|" + low))
            start = i + 1
            if start < last and words[start].low in ("the", "den", "det"):
                start += 1
            found.append((start, last, low + "|"))
        elif page.tokens[i].start > page.tokens[i - 1].end and "\n" in page.text[page.tokens[i - 1].end : page.tokens[i].start]:
            found += [(first, i, "|line"), (i, last, "line|")]
    if last - first > 1 and (not words[last - 1].is_capital or _describes(words[last - 1]) or "no body" in words[last - 1].classes):
        found.append((first, last - 1, "-last"))
    return found


def extent_features(page: Page, words: Sequence[Word], extent: Extent, folded: str) -> list[str]:
    """What speaks for and against the extent being one whole name; `folded` is the page's text in small letters."""
    first, last = extent.first, extent.last
    sentence = page.sentences[page.sentence_of[first]]
    size = last - first
    level = _NUMERALS[bisect_right(_LEVELS, extent.probability)]
    how = "how=" + extent.how
    before = words[first - 1] if first > sentence.first else None
    after = words[last] if last < sentence.last else None
    found = [
        how, how + "&p" + level, "p" + level, "n" + str(min(7, size)),
        "w0=" + words[first].low, "w9=" + words[last - 1].low, "s0=" + words[first].shape, "s9=" + words[last - 1].shape,
        "before=" + (before.low if before else "^"), "after=" + (after.low if after else "$"),
        "e9=" + words[last - 1].low[-4:], "z=" + sentence.zone,
    ]  # fmt: skip
    opening, closing = _kinds(words[first]), _kinds(words[last - 1])
    found += ["c0=" + name for name in opening] + ["c9=" + name for name in closing]
    found += [how + "&c9=" + name for name in closing] + [how + "&c0=" + name for name in opening]
    if before:
        found += ["c-=" + name for name in _kinds(before)]
        if before.is_capital:
            found.append("capital before")
    if after:
        found += ["c+=" + name for name in _kinds(after)]
        if after.is_capital:
            found.append("capital after")
    found += _seams(page, words, extent, sentence)
    capitals = sum(words[i].is_capital for i in range(first, last))
    found.append("small" + str(min(3, size - capitals)))
    text = page.text[page.tokens[first].start : page.tokens[last - 1].end].lower()
    found.append("again" + str(min(3, folded.count(text))) + ("" if size > 1 else " one"))
    found += _breaks(page, first, last)
    lowered = [words[i].low for i in range(first, last)]
    for body in known_bodies(lowered, [page.tokens[i].form for i in range(first, last)]):
        found.append("known" + ("all" if body.last - body.first == size else "part") + str(min(2, body.last - body.first)))
    return found


def _seams(page: Page, words: Sequence[Word], extent: Extent, sentence: Sentence) -> list[str]:
    """What stands on both sides of the joiners within the extent and at its ends."""
    first, last = extent.first, extent.last
    inner = [i for i in range(first + 1, last - 1) if words[i].low in JOINERS]
    found = []
    for i in inner[:2]:
        found += _seam("in", words, first, i, last)
    if len(inner) > 1:
        found.append("in2=" + words[inner[0]].low + "&" + words[inner[1]].low)
    if last + 1 < sentence.last and words[last].low in JOINERS:
        start = last + 2 if words[last + 1].low in ("the", "den", "det") and last + 2 < sentence.last else last + 1
        stop = run_end(words, page.tokens, start, sentence.last) if words[start].is_capital else start + 1
        found += _seam("out", words, first, last, stop)
    if first - 1 > sentence.first and words[first - 1].low in JOINERS:
        start = first - 2
        while start > sentence.first and words[start].is_capital and words[start - 1].is_capital:
            start -= 1
        found += _seam("pre", words, start, first - 1, last)
    return found


def _seam(place: str, words: Sequence[Word], first: int, cut: int, last: int) -> list[str]:
    low = words[cut].low
    left, right = _part(words, first, cut), _part(words, cut + 1, last)
    return [place + "=" + low + "&" + left + "&" + right, place + "=" + low + "&" + left, place + "=" + low + "&&" + right, place + "=" + low]


def _part(words: Sequence[Word], first: int, last: int) -> str:
    """A few words in one: a body's word alone, at the end or at the beginning, a legal form, a place, a given name, …"""
    if last - first > 0 and words[first].low in ("the", "den", "det"):
        first += 1
    if last <= first:
        return "nothing"
    opening, closing = _kinds(words[first]), _kinds(words[last - 1])
    if "legal" in closing:
        return "legal"
    one = last - first == 1
    if "org" in closing:
        return ("one body" if one else "body") + ("" if words[last - 1].is_capital else " small")
    if "org" in opening:
        return "body first"
    if "body" in closing:
        return "known"
    if one:
        for name in ("place", "first name", "demonym", "no body", "calendar"):
            if name in closing:
                return name
    elif "first name" in opening:
        return "person"
    return ("capital" if words[first].is_capital else "small") + ("" if one else "s")


def _breaks(page: Page, first: int, last: int) -> list[str]:
    """Line breaks within the extent and around it, and whether the next word would still have had room."""
    found = []
    for name, start, stop in (("broken", first + 1, last), ("break before", first, first + 1), ("break after", last, last + 1)):
        for i in range(max(1, start), min(stop, len(page.tokens))):
            if page.line_at(page.tokens[i].start) != page.line_at(page.tokens[i - 1].start):
                found.append(name + (" early" if breaks_early(page, i) else ""))
    return found


def _kinds(word: Word) -> list[str]:
    """The word's classes, coarse."""
    found = []
    for name in word.classes:
        kind = "org" if name in ("org", "-org") or name.startswith("-org:") else "place" if name.startswith("place") else name
        if ":" not in kind and kind not in found:
            found.append(kind)
    return found


def settled(page: Page, mentions: Sequence[Mention], judge: Judge) -> list[Mention]:
    """The mentions with every organisation's extent as the judge sees it, and its probability."""
    words = words_of(page.tokens, 0, len(page.tokens))
    folded = page.text.lower()
    others = [mention for mention in mentions if mention.kind != "ORG" or mention.probability >= 1.0]
    scored: dict[tuple[int, int], float] = {}
    for mention in mentions:
        if mention.kind == "ORG" and mention.probability < 1.0:
            for extent in extents_of(page, words, mention):
                if extent[:2] not in scored or extent.how == "own":
                    scored[extent[:2]] = judge.probability(extent_features(page, words, extent, folded))
    taken = {i for mention in others for i in range(mention.first, mention.last)}
    kept = list(others)
    for (first, last), probability in sorted(scored.items(), key=lambda item: (-item[1], item[0])):
        if probability < LEAST:
            break
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            kept.append(Mention(first, last, "ORG", probability))
    return sorted(kept)
