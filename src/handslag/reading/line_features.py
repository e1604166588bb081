"""What the lines of a page look like: the features by which their zones are told.

They are of form (length, marks, capitals, digits, gaps), of words (a line's own, and what the vocabulary knows of them:
names of persons and bodies, roles, words of menus), and of place (neighbours, runs of lines, distance from running text).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from handslag.language.lexicon import classes_of
from handslag.reading.layout import Line
from handslag.vocabulary.load import vocabulary

# from this many characters on, a line is running text, not a heading, cell or menu
_LONG = 120
# so many words of a line are looked at one by one
_READ = 14

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CELL_GAP = re.compile(r"\t| {2,}|\s[|·•›/>]\s")
_BULLETS, _DASHES, _QUOTES = frozenset("•●▪◦*·‣○■✓→>"), frozenset("–—-"), frozenset("\"“”»«„'‘’")
_NUMBERED = {
    "number": re.compile(r"\(?\d{1,2}[.)]\s"),
    "section": re.compile(r"(?:§\s*\d|\d+(?:\.\d+)+)"),
}
_LETTERED = re.compile(r"\(?[a-z][.)]\s")
_LABEL = re.compile(r"([^\W\d_][\w /-]{1,40}):(\s|$)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d[./]\d{1,2}[ ./]\d{2,4}|\d [a-zA-Z]{3,9}\.? \d{4}|[a-z] \d{1,2}, \d{4}")
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d\d\b")
_PHONE = re.compile(r"(?:\+\d\d|\b0\d{1,3})[ -]\d")
_PAGE = re.compile(r"(?:sida|sid|page|s\.|p\.)?\s*\d+\s*(?:\(\d+\)|/\s*\d+|av \d+|of \d+)?$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_ADDRESSES = ("@", "www.", "http", ".se", ".com", ".eu", ".org", ".example", ".no", ".dk", ".fi", ".net")
_MONEY = frozenset("sek eur usd gbp nok dkk kr kronor mkr mnkr mdkr tkr euro procent percent cent".split())
_NUMERALS = tuple(str(n) for n in range(20))


class _Word(NamedTuple):
    """What the vocabulary knows of a word."""

    low: str
    is_capital: bool
    on_screens: bool
    classes: tuple[str, ...]


@cache
def _page_words() -> tuple[frozenset[str], frozenset[str]]:
    words = vocabulary("page_words")
    return frozenset(words["screen"].split()), frozenset(words["edge"].split())


@lru_cache(maxsize=50_000)
def _word(form: str) -> _Word:
    screen, edge = _page_words()
    low = form.lower()
    known = classes_of(form)
    classes = []
    if "first name" in known and form[0].isupper():
        classes.append("first name")
    if "body" in known or any(name.startswith(("org", "-org")) for name in known):
        classes.append("org")
    if "role" in known or "-role" in known:
        classes.append("role")
    if any(name.startswith("place") for name in known):
        classes.append("place")
    classes += [name for name in ("legal", "calendar") if name in known]
    if low in edge:
        classes.append("edge")
    return _Word(low, form[0].isupper(), low in screen, tuple(classes))


def _step(n: float, steps: Sequence[float]) -> str:
    """How many of the rising `steps` the number `n` reaches."""
    return _NUMERALS[bisect_right(steps, n)]


class _Look(NamedTuple):
    """One line's own features: `passed` are those that its neighbours see too."""

    own: list[str]
    passed: list[str]
    words: list[str]


def _look_of(content: str) -> _Look:
    stripped = content.strip()
    words = [_word(form) for form in _WORD.findall(stripped)]
    passed = _form_of(content, stripped)
    passed += _marks_of(stripped)
    passed += _shape_of(stripped, words)
    passed += _meaning_of(words)
    lowered = [word.low for word in words]
    if "%" in stripped or "€" in stripped or "$" in stripped or "£" in stripped or not _MONEY.isdisjoint(lowered):
        passed.append("money")
    own = ["w=" + word for word in dict.fromkeys(lowered[:_READ])]
    if lowered:
        passed.append("f1=" + lowered[0])
        own += ["f2=" + " ".join(lowered[:2]), "e1=" + lowered[-1]]
        if len(lowered) <= 4:
            passed.append("all=" + " ".join(lowered))
    return _Look(own, passed, lowered)


def _form_of(content: str, stripped: str) -> list[str]:
    """Length, ending, gaps between cells."""
    size, last = len(stripped), stripped[-1]
    found = ["len" + _step(size, (12, 25, 40, 60, 80, 110, 160, 240)), "ends" + ("a" if last.isalnum() else last)]
    if "  " in content or "\t" in content:
        if "\t" in content:
            found.append("tab")
        if content[:2].isspace():
            found.append("indent")
        if "   " in stripped:
            found.append("wide gap")
        elif "  " in stripped:
            found.append("gap")
    if (
        "  " in stripped
        or "\t" in stripped
        or "|" in stripped
        or "·" in stripped
        or ">" in stripped
        or "•" in stripped
        or "›" in stripped
        or " / " in stripped
    ):
        cells = [cell for cell in _CELL_GAP.split(stripped) if cell.strip()]
        if len(cells) > 1:
            found.append(
                "cells" + str(min(5, len(cells))) + ("short" if max(cell.count(" ") for cell in cells) < 3 else "")
            )
    if stripped.count(".") + stripped.count("!") + stripped.count("?") > 1:
        found.append("sentences")
    return found


def _marks_of(stripped: str) -> list[str]:
    """Marks at the line's beginning and end, and addresses, dates and numbers in it."""
    found = []
    first, last, size = stripped[0], stripped[-1], len(stripped)
    if first in _DASHES and size > 1:
        found.append("dash")
    elif first in _BULLETS and size > 1:
        found.append("bullet")
    elif first in _QUOTES:
        found.append("opening")
    elif first.isdigit() or first in "(§":
        found += [name for name, sign in _NUMBERED.items() if sign.match(stripped)]
    if size > 2 and (stripped[1] in ".)" or stripped[2] == ")") and _LETTERED.match(stripped):
        found.append("letter")
    if last in _QUOTES or (last in ".," and size > 1 and stripped[-2] in _QUOTES):
        found.append("closing")
    if last in "→›»>":
        found.append("arrow")
    elif last == "…" or stripped.endswith("..."):
        found.append("cut")
    if "...." in stripped:
        found.append("dots")
    if "#" in stripped:
        found.append("hashtag")
    if "©" in stripped or "(c)" in stripped:
        found.append("copyright")
    if "|" in stripped or "·" in stripped or "›" in stripped or "» " in stripped or "/ " in stripped:
        found.append("pipe")
    if ":" in stripped:
        label = _LABEL.match(stripped)
        if label:
            found.append("label only" if label.end() >= size else "label")
    if any(sign in stripped for sign in _ADDRESSES):
        found.append("address")
    return found + _numbers_of(stripped)


def _numbers_of(stripped: str) -> list[str]:
    """Digits and what they make: dates, clock times, telephone and page numbers."""
    digits = len(_DIGIT.findall(stripped))
    found = ["digits" + _step(digits * 10 // len(stripped), (1, 2, 4, 6))]
    if digits > 2:
        if digits > 3 and _DATE.search(stripped):
            found.append("date")
        if _CLOCK.search(stripped):
            found.append("clock")
        if ("0" in stripped or "+" in stripped) and _PHONE.search(stripped):
            found.append("phone")
    if digits and len(stripped) < 25 and _PAGE.match(stripped):
        found.append("page")
    return found


def _shape_of(stripped: str, words: Sequence[_Word]) -> list[str]:
    """Words and capitals."""
    count = len(words)
    found = ["n" + _step(count, (1, 2, 3, 5, 8, 12, 20, 40))]
    if stripped.isupper():
        found.append("upper")
    if count:
        capitals = [word.is_capital for word in words].count(True)
        found.append("caps" + _step(10 * capitals // count, (2, 4, 6, 8, 10)))
        found.append("starts" + ("U" if stripped[0].isupper() else "l" if stripped[0].islower() else "x"))
    return found


def _meaning_of(words: Sequence[_Word]) -> list[str]:
    """Which kinds of words the line holds: names, roles, words of menus."""
    count = len(words)
    if not count:
        return []
    screens = [word.on_screens for word in words].count(True)
    size = "s" if count < 8 else "l"
    found = ["screen" + ("0" if not screens else _step(screens / count, (0.0, 0.15, 0.34, 0.6, 0.95))) + size]
    kinds = dict.fromkeys(name for word in words for name in word.classes)
    persons = 0
    if "first name" in kinds:
        persons = sum(words[k].is_capital and "first name" in words[k - 1].classes for k in range(1, count))
        if persons:
            found.append("persons" + str(min(3, persons)))
            if "first name" in words[0].classes and words[1].is_capital:
                found.append("starts person")
    found += [name for name in kinds if name != "first name"]
    if count <= 4:
        found.append("short:" + "".join(letter for letter, shows in (
            ("p", persons), ("o", "org" in kinds), ("r", "role" in kinds), ("s", screens)
        ) if shows))  # fmt: skip
    return found


@cache
def _beside(feature: str) -> tuple[str, str]:
    """A feature as the line after it and the line before it sees it."""
    return "-1:" + feature, "+1:" + feature


def page_features(text: str, lines: Sequence[Line]) -> list[list[str]]:
    """Features of the lines that are not blank, in order, each with its neighbours' form and its place on the page."""
    contents = [text[line.start : line.end] for line in lines]
    filled = [i for i, content in enumerate(contents) if content and not content.isspace()]
    looks = [_look_of(contents[i]) for i in filled]
    places = _places([contents[i].strip() for i in filled], filled)
    total = len(filled)
    rows = []
    for k, look in enumerate(looks):
        row = look.own + look.passed + places[k]
        if k:
            row += [_beside(feature)[0] for feature in looks[k - 1].passed]
        else:
            row.append("first")
        if k + 1 < total:
            row += [_beside(feature)[1] for feature in looks[k + 1].passed]
        else:
            row.append("last")
        if k > 1:
            row.append("-2:" + looks[k - 2].passed[0])
        if k + 2 < total:
            row.append("+2:" + looks[k + 2].passed[0])
        rows.append(row)
    return rows


def _places(contents: Sequence[str], filled: Sequence[int]) -> list[list[str]]:
    """Where each of the lines `contents` stands: from top and end, in its run of lines, from running text."""
    total = len(contents)
    repeated = Counter(contents)
    long = [k for k, content in enumerate(contents) if len(content) > _LONG]
    first_long, last_long = (long[0], long[-1]) if long else (total, -1)
    last_sentence = max(
        (k for k, content in enumerate(contents) if len(content) > 60 and content[-1] in '.!?”"'), default=-1
    )
    found = []
    start = 0
    while start < total:
        stop = start + 1
        while stop < total and filled[stop] == filled[stop - 1] + 1:
            stop += 1
        size = stop - start
        short = 4 * sum(len(content) < 45 for content in contents[start:stop]) // size
        run = ["run" + _step(size, (2, 3, 4, 5, 6, 10)), "run short" + str(short)]
        for k in range(start, stop):
            content = contents[k]
            place = [
                *run,
                "in run" + ("0" if k == start else "e" if k == stop - 1 else "m"),
                "from top" + _step(k, (1, 2, 3, 5, 8, 13)),
                "from end" + _step(total - k, (2, 3, 4, 6, 9, 14)),
                "part" + str(5 * k // total),
                "before long" + ("" if k >= first_long else _step(first_long - k, (1, 2, 3, 5, 8))),
                "after long" + ("" if k <= last_long else _step(k - last_long, (1, 2, 3, 5, 8))),
                "after sentence" + ("" if k <= last_sentence else _step(k - last_sentence, (1, 2, 3, 5, 8))),
                "side"
                + ("b" if k < first_long else "a")
                + ("a" if k > last_sentence else "b")
                + _step(len(content), (12, 25, 40, 60, 110)),
            ]
            if k == start:
                place.append("after blank")
            if k == stop - 1:
                place.append("before blank")
            if repeated[content] > 1:
                place.append("repeated")
            found.append(place)
        start = stop
    return found
