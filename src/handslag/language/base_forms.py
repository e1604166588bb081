"""Base forms of names: a genitive s goes, a name's own final s stays."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from functools import lru_cache

from handslag.language.lexicon import classes_of, listed_classes

# A page says the same names and words again and again.
_LONGEST_REMEMBERED = 64
_OWN_S = (
    "ss", "us", "is", "os", "ides", "lians", "atlas", "veritas", "pegas", "midas", "ics", "ncies", "ences", "sons", "tures", "ners", "tors", "tions", "ments", "ices", "gies", "labs",
    "tems", "lings", "works", "ys", "ags",
)  # fmt: skip
_SURNAME_GENITIVES = ("sons", "bergs", "ströms", "grens", "lunds", "qvists", "kvists", "mans", "manns", "dahls", "holms", "stedts", "dotters",
    "sens", "ssons", "strands", "falks", "bys", "fors'", "hults", "viks", "nens", "thals", "skis", "burgs", "fells", "hagens")  # fmt: skip


def plain(words: str) -> str:
    """Text as a value: NFC, no soft hyphens, single plain spaces, no marks around, nor those of Markdown."""
    return _remembered(words) if len(words) <= _LONGEST_REMEMBERED else _plain(words)


def _plain(words: str) -> str:
    text = unicodedata.normalize("NFC", words).replace("\u00ad", "").replace("\u2011", "-")
    return " ".join(text.split()).strip(" ,;:*_`").lstrip("# ")


_remembered = lru_cache(maxsize=1 << 14)(_plain)


def folded(words: str) -> str:
    """Text to compare by: plain and in lower case."""
    return plain(words).casefold()


def without_genitive(name: str, known: Collection[str], language: str, kind: str, followed_by_noun: bool) -> str:
    """The name's base form.

    `known` holds the folded forms that the page prints; a form that is printed without its s is the base form. `kind` is
    "PER" or "ORG"; `followed_by_noun` says whether a lower-case word follows, as it does after a genitive.
    """
    if name.endswith(("'s", "’s")):
        return name[:-2]
    if name.endswith(("'", "’")):
        return name[:-1]
    if not name.endswith("s") or len(name) < 4 or name.isupper():
        return name
    bare = name[:-1]
    if bare.casefold() in known:
        return bare
    if language != "sv":
        return name
    return _organisation(name, followed_by_noun) if kind == "ORG" else _person(name, followed_by_noun)


def _last_word(name: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The last word without its s, and what the vocabulary lists the word as with it and without it."""
    whole = name.rsplit(maxsplit=1)[-1]
    return whole[:-1], listed_classes(whole), listed_classes(whole[:-1])


def _organisation(name: str, followed_by_noun: bool) -> str:
    """The base form of a Swedish organisation's name that ends in s."""
    bare = name[:-1]
    last, whole, stripped = _last_word(name)
    if "body" in whole or "body" in stripped:
        return bare if "body" in stripped else name
    is_body_word = any(c.startswith(("org", "-org", "legal", "place")) for c in classes_of(last))
    if is_body_word and not last.lower().endswith(("s", "ic")):
        return bare if not classes_of(last + "s") or followed_by_noun else name
    return bare if followed_by_noun and not name.lower().endswith(_OWN_S) else name


def _person(name: str, followed_by_noun: bool) -> str:
    """The base form of a Swedish person's name that ends in s."""
    bare = name[:-1]
    _, whole, stripped = _last_word(name)
    if "first name" in whole or ("family name" in whole and "family name" not in stripped):
        return name
    if name.lower().endswith(_SURNAME_GENITIVES):
        return bare
    return bare if followed_by_noun and not name.lower().endswith(("ss", "us", "is", "as", "os", "ns", "es")) else name
