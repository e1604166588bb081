"""Marked pages with other names: the words of persons' and bodies' names are replaced by invented ones, one for one.

The name tagger then cannot learn the few names of the marked pages by heart: what stays the same on the page, its
surroundings, is what it must go by. (Data augmentation by replacement of mentions; Dai, Adel, "An analysis of simple data
augmentation for named entity recognition", COLING 2020.)
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from functools import cache

from handslag.language.lexicon import classes_of
from handslag.language.tokens import Token
from handslag.reading.page import Page
from handslag.vocabulary.load import vocabulary

_NEAR = ("swedish", "danish", "norwegian", "finnish", "british_irish")
_FIRST_PARTS = """al ber bran dal ed ek el fal fors frid gran grön gyl hag ham hav hed hjul hol hul kar kil klev kro kvarn lag
    land lil lind ljung lo lun malm mar mo nor ny od os ram ros run ryd sand sjö skog ske sol sten stor strid sund svan söder
    tall tor troll ulv vall ved vester vik wester åker ång äng öd öst brad car clay cole crom eld fair glen har hart ken lang
    lei mel nor pem pen rad sel shel stan tre wal whit win""".split()
_SYLLABLES = """a al an ar ax ba bel ber bi ca cal cel ci cor cy da de den di do dy e el en er fa fel fi flo ga gen gli ha hel
    hy i il im in ka kel ki ko la lan le li lo lu lum ly ma med mel mi mo my na neb ne ni no nu o ol on or os pa pel per phi
    po pri pul ra re ri ro sa se sen si so sol sta ta te ti to tri u ul va ve ver vi vo xe ya ze zi zo""".split()
_COMPANY_ENDINGS = """a ia us is on in ix um ex ra na ta nova gen vax med tech bio cell ris lis tix mune plex zyme care lab
    pharma gene""".split()
_COMPANY_WORDS = """Nordic Polar Harbour Silver Granite Birch Falcon Lantern Meridian Compass Anchor Beacon Juniper Heron Raven
    Lynx Otter Willow Cedar Amber Crystal Delta Atlas Aurora Pinnacle Summit Bridge Castle Copper Golden Blue Clear Bright
    North West East South Baltic Fjord Kust Sjö Skog Berg Älv Glimt Gnista Norrsken Fyr Sten Eken Björken Tallen Lyktan Ankare
    Vinge Falken Lodjur Räv Havs Kvarn Bruks Lärkan Svalan Humlan Hjorten""".split()
# of a body's name, words of these classes show what it is and stay
_TELLING = ("org", "-org", "legal", "place", "body", "demonym", "stand-in", "introducer", "calendar", "no body")


def with_invented_names(page: Page, labels: Sequence[str], small: frozenset[str], seed: str) -> Page:
    """A copy of the page in which the names that BIO `labels` mark are others; the same name becomes the same everywhere.

    `small` are words that pages print in small letters: within a body's name they stay. Titles, particles and words that
    tell a body's kind stay too; the number of tokens never changes.
    """
    invention = _Invention(list(page.tokens), small, random.Random(seed))
    first = 0
    while first < len(labels):
        last = first + 1
        if labels[first].startswith("B-"):
            while last < len(labels) and labels[last].startswith("I-"):
                last += 1
            invention.rename(first, last, labels[first][2:])
        first = last
    other = copy.copy(page)
    other.tokens = invention.tokens
    return other


class _Invention:
    """The tokens of one page and the new words found for the old."""

    def __init__(self, tokens: list[Token], small: frozenset[str], rng: random.Random) -> None:
        self.tokens = tokens
        self._small = small
        self._rng = rng
        self._new: dict[tuple[str, str], str] = {}

    def rename(self, first: int, last: int, kind: str) -> None:
        for k in range(first, last):
            form = self.tokens[k].form
            if len(form) > 1 and form[0].isupper() and form[-1].isalpha():
                if kind == "PER":
                    self._rename_person(k, first, last)
                elif kind == "ORG":
                    self._rename_body(k, first, last)

    def _rename_person(self, k: int, first: int, last: int) -> None:
        classes = classes_of(self.tokens[k].form)
        if "title" in classes or "particle" in classes:
            return
        is_given = "first name" in classes and (k < last - 1 or last - first == 1)
        if is_given or (k == first and last - first > 1):
            self._put(k, "given", _given_name)
        else:
            self._put(k, "family", _family_name)

    def _rename_body(self, k: int, first: int, last: int) -> None:
        form = self.tokens[k].form
        classes = classes_of(form)
        if any(name.startswith(_TELLING) for name in classes):
            return
        if form.isupper() and len(form) <= 5:
            self._put(k, "letters", _letters)
        elif "first name" in classes and last - first > 2:
            self._put(k, "given", _given_name)
        elif form.lower() not in self._small or (k == first and last - first < 3 and self._rng.random() < 0.4):
            self._put(k, "body", _company_word)

    def _put(self, k: int, kind: str, invent: Callable[[random.Random], str]) -> None:
        token = self.tokens[k]
        base, ending = token.form, ""
        if base.endswith("s") and (base[:-1], kind) in self._new:
            base, ending = base[:-1], "s"
        new = self._new.get((base, kind))
        if new is None:
            new = self._new[base, kind] = invent(self._rng)
        self.tokens[k] = Token(token.start, token.end, (new.upper() if base.isupper() else new) + ending)


@cache
def _given_names() -> tuple[list[list[str]], list[int]]:
    """The given names of each language area, and how often each area is drawn."""
    areas = {area: names.split() for area, names in vocabulary("given_names").items()}
    areas["swedish"] = areas["swedish"] + vocabulary("names")["first_names"].split()
    return list(areas.values()), [6 if area in _NEAR else 2 for area in areas]


@cache
def _family_names() -> tuple[list[str], list[str]]:
    """Whole family names, and endings of two-part ones."""
    names = vocabulary("family_names")
    whole = [name for area in ("nordic", "english", "european", "world") for name in names[area].split()]
    return whole, [ending for ending in names["endings"].split() if len(ending) > 2]


def _capitalised(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def _given_name(rng: random.Random) -> str:
    areas, weights = _given_names()
    (names,) = rng.choices(areas, weights)
    name = rng.choice(names)
    return _capitalised(name + "-" + rng.choice(names) if rng.random() < 0.07 else name)


def _family_name(rng: random.Random) -> str:
    whole, endings = _family_names()

    def one() -> str:
        draw = rng.random()
        if draw < 0.4:
            return rng.choice(whole)
        if draw < 0.85:
            return rng.choice(_FIRST_PARTS) + rng.choice(endings)
        return _syllables(rng, 2, 4) + rng.choice(("", "n", "s", "k", "ez", "ov", "i", "as", "ek"))

    return _capitalised(one() + "-" + one() if rng.random() < 0.12 else one())


def _company_word(rng: random.Random) -> str:
    draw = rng.random()
    if draw < 0.55:
        return _capitalised(_syllables(rng, 1, 3) + rng.choice(_COMPANY_ENDINGS))
    if draw < 0.8:
        return rng.choice(_COMPANY_WORDS) + (rng.choice(_COMPANY_ENDINGS) if draw < 0.7 else "")
    if draw < 0.9:
        return _capitalised(rng.choice(_FIRST_PARTS) + rng.choice(_family_names()[1]))
    return _capitalised(
        rng.choice(_FIRST_PARTS) + rng.choice(("Bio", "Med", "Gen", "Pharma", "bio", "med", "care", "vax", "lab"))
    )


def _letters(rng: random.Random) -> str:
    return "".join(rng.choice("ABCDEFGHIJKLMNOPRSTUVX") for _ in range(rng.randint(2, 5)))


def _syllables(rng: random.Random, least: int, most: int) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(least, most)))
