"""Base forms of persons' names: titles go, marks go, a genitive s goes where what follows speaks for it."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from handslag.language.base_forms import folded, plain
from handslag.language.function_words import function_words
from handslag.language.lexicon import classes_of
from handslag.language.speech import is_speech_verb, speech_words
from handslag.reading.page import Page

_SURE_GENITIVES = (
    "sons", "bergs", "ströms", "grens", "lunds", "qvists", "kvists", "manns", "dahls", "holms", "stedts", "dotters", "sens", "strands", "falks",
    "hults", "viks", "nens", "thals", "skis", "burgs", "fells", "hagens", "stads", "fors's", "lings", "marks", "landers", "hielms", "crantz's",
)  # fmt: skip


@cache
def _after_name() -> frozenset[str]:
    """Lower-case words that follow a whole name, not a genitive: verbs, prepositions, conjunctions."""
    return function_words().union(speech_words("finite"))


def trimmed(page: Page, first: int, last: int) -> tuple[int, int]:
    """The span without titles in front and without marks and letters of honour behind."""
    tokens = page.tokens
    while first < last and (
        tokens[first].form == "." or (last - first > 1 and _is_title(tokens[first].form, last - first))
    ):
        first += 1
    while last > first and not tokens[last - 1].form[-1].isalnum():
        last -= 1
    while last - first > 2 and tokens[last - 1].form in (
        "TD",
        "MP",
        "MEP",
        "MSP",
        "MLA",
        "Jr",
        "Sr",
        "PhD",
        "MD",
        "OBE",
        "CBE",
        "MBE",
        "FRS",
    ):
        last -= 1
    return first, last


def _is_title(form: str, size: int) -> bool:
    """True for a title that is no part of the name; "Lord Pemberley" keeps his."""
    low = form.lower()
    return "title" in classes_of(form) and not (
        size == 2 and low in ("lord", "lady", "baroness", "baron", "sir", "dame")
    )


def base_name(page: Page, span: tuple[int, int], printed: Collection[str]) -> str:
    """The base form of the name at the span; `printed` holds the folded forms of all names that the page prints."""
    name = plain(page.words(*span))
    if name.endswith(("'s", "’s")):
        return name[:-2]
    if name.endswith(("'", "’")):
        return name[:-1]
    if (
        not name.endswith("s")
        or len(name) < 4
        or name.isupper()
        or page.sentences[page.sentence_of[span[0]]].language != "sv"
    ):
        return name
    bare = name[:-1]
    if folded(bare) in printed:
        return bare
    if name.lower().endswith(_SURE_GENITIVES):
        return bare
    if not _noun_follows(page, span[1]) or name.lower().endswith(
        ("ss", "us", "is", "as", "os", "ns", "es", "rs", "äs", "ås", "ys")
    ):
        return name
    if len(name.split()) == 1 and "first name" in classes_of(name) and "first name" not in classes_of(bare):
        return name
    return bare


def _noun_follows(page: Page, last: int) -> bool:
    """True if a lower-case word follows that can be a noun or adjective."""
    if last >= len(page.tokens) or page.sentence_of[last] != page.sentence_of[last - 1]:
        return False
    form = page.tokens[last].form
    return (
        form[0].islower()
        and form not in _after_name()
        and not is_speech_verb(form)
        and not form.endswith(("ade", "ar", "des", "tt"))
    )
