"""Spans that may be a person's name: runs of capitalised words with particles and initials."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from handslag.language.function_words import function_words
from handslag.language.lexicon import classes_of
from handslag.language.speech import speech_words
from handslag.reading.page import Page, Sentence
from handslag.vocabulary.load import vocabulary

MOST_WORDS = 5
_WITH_ARTICLE = re.compile(r"(?:al|el|ul|ur|d|t)[-'’][^\W\d_]{3,}")
_NO_PART = ("org", "legal", "body", "role", "title", "-org", "place:country", "stand-in")


class NameSpan(NamedTuple):
    """Tokens `[first, last)` that may be a person's name; `whole` if the run of capitals was longer neither way."""

    first: int
    last: int
    whole: bool


@cache
def stop_words() -> frozenset[str]:
    """Lower-case words that are no part of a name although they are printed with a capital at times."""
    return function_words().union(str(vocabulary("names")["not_in_names"]).split(), speech_words("makers"))


@lru_cache(maxsize=50_000)
def part_of(form: str) -> str:
    """What the word can be in a person's name: "word", "upper", "initial", "particle", "inner" (a particle with a capital), or ""."""
    low = form.lower()
    if form[0].islower():
        if "particle" in classes_of(form):
            return "particle"
        return "word" if _WITH_ARTICLE.fullmatch(form) else ""
    if not form[0].isupper():
        return ""
    if len(form) == 1:
        return "initial"
    letters = form.replace("-", "").replace("'", "").replace("’", "")
    if letters.endswith(".") or "." in letters:
        return "initial" if len(letters) <= 5 and letters.replace(".", "").isupper() else ""
    if not letters.isalpha():
        return ""
    classes = classes_of(form)
    if "first name" not in classes:
        if "particle" in classes:
            return "inner"
        if low in stop_words():
            return ""
        if any(name.startswith(_NO_PART) for name in classes) and "-surname" not in classes:
            return ""
    return "upper" if letters.isupper() and len(letters) > 1 else "word"


def name_spans(page: Page, sentence: Sentence) -> list[NameSpan]:
    """The spans of the sentence that may be names: each run of name words, and the run without its first or last word."""
    found: list[NameSpan] = []
    tokens = page.tokens
    i = sentence.first
    while i < sentence.last:
        kind = part_of(tokens[i].form)
        if kind in ("", "particle") or (kind == "inner" and i == sentence.first):
            i += 1
            continue
        run = _run_from(page, i, sentence.last)
        found += _spans_of(page, run)
        i = max(run[-1] + 1 if run else i + 1, i + 1)
    return found


def _run_from(page: Page, first: int, stop: int) -> list[int]:
    """The positions of the run of name words that begins at `first`; particles and full stops of initials go between."""
    tokens = page.tokens
    run = [first]
    kind = part_of(tokens[first].form)
    i = first + 1
    while i < stop:
        form = tokens[i].form
        part = part_of(form)
        if form == "." and part_of(tokens[i - 1].form) == "initial" and tokens[i].start == tokens[i - 1].end:
            i += 1
            continue
        if part == "particle":
            k = i + 1
            while k < stop and k < i + 3 and part_of(tokens[k].form) == "particle":
                k += 1
            if k < stop and part_of(tokens[k].form) in ("word", "upper", "inner") and kind != "initial":
                i = k
                continue
            break
        if part == "" or {part, kind} == {"upper", "word"}:
            break
        if kind in ("initial", "inner"):
            kind = part
        run.append(i)
        i += 1
    return run


def _spans_of(page: Page, run: list[int]) -> list[NameSpan]:
    words = [i for i in run if part_of(page.tokens[i].form) != "initial"]
    if not words or len(run) > MOST_WORDS + 2:
        return []
    first, last = run[0], run[-1] + 1
    if len(run) == 1:
        known = "first name" in classes_of(page.tokens[first].form)
        return [NameSpan(first, last, True)] if known and len(page.tokens[first].form) > 2 else []
    found = [NameSpan(first, last, True)]
    if len(run) > 2:
        found.append(NameSpan(run[1], last, False))
        found.append(NameSpan(first, run[-2] + 1, False))
        if len(run) > 3:
            found.append(NameSpan(run[0], run[1] + 1, False))
            found.append(NameSpan(run[-2], last, False))
    return found
