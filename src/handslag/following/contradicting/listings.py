"""Lists in a page: items after a colon, on lines of their own, or in a sentence; and how many things a sentence says there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from handslag.following.seeing.telling import Figure, Sentence
from handslag.following.seeing.views import DocumentView
from handslag.following.seeing.words import Word, likeness

# "bland annat", "such as": what follows is not the whole list.
_SOME: Final = re.compile(
    r"\b(?:bland|däribland|såsom|t\.? ?ex|exempelvis|främst|särskilt|including|includes|such as|e\.g|among|notably|mainly|like)\b"
)
_BULLET: Final = re.compile(r"[ \t]*(?:[-–—•*·▪]|\(?[0-9]{1,2}[.)]|[a-z]\))[ \t]+(\S[^\n]*)")
_AND: Final = re.compile(r"\s*\b(?:och|samt|and)\s+")
_LONGEST: Final = 8  # words of an item
_MOST: Final = 12
_FAR: Final = 40  # letters between a number and the colon after what it counts
_ALIKE: Final = 0.85
_SHORT: Final = 5  # words of an item on a line without a mark
_FEW: Final = 2  # of so few things all must be the other's
_DIFFER: Final = 2  # so many things the longer of two lists of one thing may have more


class Listing(NamedTuple):
    """A list at `[start, end)`, its items, and how many they are at least and at most: "and" may stand within an item."""

    start: int
    end: int
    items: tuple[str, ...]
    least: int
    most: int


class Counted(NamedTuple):
    """How many things a sentence says there are, from the number to the end of what it counts, and the list of them."""

    start: int
    end: int
    number: int
    listing: Listing


def counted_lists(page: DocumentView) -> list[Counted]:
    """The sentences of a page that say how many things there are, and list them."""
    found = []
    for at, sentence in enumerate(page.sentences):
        text = page.document.text[sentence.start : sentence.end]
        colon = _colon(text)
        if _SOME.search(text.lower()):
            continue
        end = sentence.start + (colon if colon >= 0 else len(text))
        figure = _number_before(sentence, page.document.text, end)
        if figure is None:
            continue
        tail = text[colon + 1 :] if colon >= 0 else ""
        listing = in_line(tail, sentence.start + colon + 1) if tail.strip() else lines_below(page, at)
        if listing is not None:
            found.append(Counted(figure.start, end, int(figure.value), listing))
    return found


def _colon(text: str) -> int:
    match = re.search(r"(?<=[^\W\d_]):(?=\s|$)", text)
    return match.start() if match else -1


def _number_before(sentence: Sentence, text: str, end: int) -> Figure | None:
    """The number right before what stands before the colon: "fyra arbetsområden:"."""
    figures = [f for f in sentence.figures if f.kind == "count" and f.end < end]
    if not figures:
        return None
    between = text[figures[-1].end : end]
    is_near = len(between) <= _FAR and not re.search(r"[,.;()–]|\d", between) and between.strip() != ""
    value = figures[-1].value
    return figures[-1] if is_near and value == int(value) and 2 <= value <= _MOST else None


def in_line(text: str, start: int) -> Listing | None:
    """The items of "A, B, C och D."; None where the text is no list."""
    bare = re.sub(r"\([^)]*\)", lambda match: " " * len(match.group()), text).rstrip().rstrip(".")
    if re.search(r"[.!?:]\s", bare):
        return None
    parts = [part.strip() for part in bare.split(";" if ";" in bare else ",") if part.strip()]
    if not parts or any(len(part.split()) > 2 * _LONGEST for part in parts):
        return None
    joints = [
        len(_AND.findall(" " + _AND.sub("", part, count=1) if _AND.match(part) else " " + part)) for part in parts
    ]
    least = len(parts) + (1 if joints[-1] and ";" not in bare else 0)
    items = [piece for part in parts for piece in _AND.split(part) if piece.strip()]
    if least < 2 or any(len(item.split()) > _LONGEST for item in items):
        return None
    most = len(parts) + sum(joints)
    if len({item[0].isupper() for item in items}) > 1:
        least = 0  # names with what they are: not so many things, and no more than these
    begin = start + len(text) - len(text.lstrip())
    return Listing(begin, start + len(bare), tuple(items), least, most)


def lines_below(page: DocumentView, at: int) -> Listing | None:
    """The items on the lines below a sentence."""
    return _lines(page.document.text, page.document.text.find("\n", page.sentences[at].end - 1))


def _lines(text: str, at: int) -> Listing | None:
    items: list[str] = []
    start = end = 0
    gap = re.compile(r"\n[ \t]*(?:\n[ \t]*)?")
    while at >= 0 and (skipped := gap.match(text, at)):
        match = _BULLET.match(text, skipped.end())
        if match is None:
            break
        start = start or match.start()
        end = at = match.end()
        items.append(match[1].strip())
    if len(items) < 2 or any(len(item.split()) > _LONGEST for item in items):
        return None
    return Listing(start, end, tuple(items), len(items), len(items))


def line_lists(page: DocumentView) -> list[Listing]:
    """All lists of the page whose items stand on lines of their own."""
    found: list[Listing] = []
    text = page.document.text
    for match in re.finditer(r"\n(?=[ \t]*(?:[-–—•*·▪]|\(?[0-9]{1,2}[.)]|[a-z]\))[ \t]+\S)", text):
        if found and match.start() < found[-1].end:
            continue
        listing = _lines(text, match.start())
        if listing is not None:
            found.append(listing)
    return found


def plain_lists(page: DocumentView) -> list[Listing]:
    """Short lines without marks or full stops that follow each other; the first may be the heading of the others."""
    found: list[Listing] = []
    for match in re.finditer(r"(?:^|\n)((?:[ \t]*[^\W\d_][^\n]*\n){3,12})(?=[ \t]*\n|\Z)", page.document.text):
        items = [line.strip() for line in match[1].strip("\n").split("\n")]
        if all(len(item.split()) <= _SHORT and item[-1].isalnum() for item in items):
            found.append(Listing(match.start(1), match.end(1), tuple(items), len(items), len(items)))
    return found


def without_heading(page: DocumentView, listing: Listing) -> Listing:
    """The list from its second line on."""
    start = page.document.text.index("\n", listing.start) + 1
    return Listing(start, listing.end, listing.items[1:], listing.least - 1, listing.most - 1)


class Parts(NamedTuple):
    """The telling words of each thing that a sentence or a list names, and where all of it stands."""

    start: int
    end: int
    things: list[list[Word]]


def things_in_sentence(page: DocumentView, sentence: Sentence) -> Parts | None:
    """The things that a sentence names one after another, of at least three; None where it tells only of some."""
    text = page.document.text[sentence.start : sentence.end]
    if text.count(",") < 1 or _SOME.search(text.lower()) or len(_AND.findall(text)) > 1:
        return None
    cuts = [
        0,
        *(match.end() for match in re.finditer(r",\s+(?:(?:och|samt|and)\s+)?|\s+(?:och|samt|and)\s+", text)),
        len(text),
    ]
    things = [
        [word for word in sentence.words if first <= word.start - sentence.start < last]
        for first, last in pairwise(cuts)
    ]
    things = [thing for thing in things if thing]
    return Parts(sentence.start, sentence.end, things) if len(things) >= 3 else None


def things_in_list(page: DocumentView, listing: Listing) -> Parts:
    """The things of a list on lines of their own."""
    words = [
        word for sentence in page.sentences for word in sentence.words if listing.start <= word.start < listing.end
    ]
    text = page.document.text
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(text.count("\n", listing.start, word.start), []).append(word)
    return Parts(listing.start, listing.end, list(lines.values()))


def is_shorter(one: Parts, other: Parts, unlike: int = 0, alike: float = _ALIKE) -> bool:
    """True if one names all things of the other but for one or two, so that one of them is not whole.

    So many things may be `unlike` the other's, of three at least: a word that the glossary lacks. `alike` is how much two things are.
    """
    few, many = sorted((one.things, other.things), key=len)
    if not 0 < len(many) - len(few) <= _DIFFER or len(few) < 2:
        return False
    left = list(many)
    missing = 0
    for thing in few:
        same = next((item for item in left if _are_one(thing, item, alike)), None)
        if same is None:
            missing += 1
        else:
            left.remove(same)
    return missing <= (unlike if len(few) > _FEW else 0)


def is_same(one: Parts, other: Parts) -> bool:
    """True if each of as many things is one of the other's."""
    left = list(other.things)
    for thing in one.things:
        same = next((item for item in left if _are_one(thing, item, _ALIKE)), None)
        if same is None:
            return False
        left.remove(same)
    return not left


def _are_one(one: Sequence[Word], other: Sequence[Word], alike: float) -> bool:
    return any(likeness(word, own) >= alike for word in one for own in other)
