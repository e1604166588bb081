"""The body whose page it is, as printed at the page's edges: mastheads, senders, footers, copyright lines.

What stands there is no fact by itself, but the persons of the page who are told without a body mostly belong to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from handslag.language.base_forms import folded, plain
from handslag.language.lexicon import classes_of
from handslag.reading.models import Judge
from handslag.reading.names.organisations import Organisation, kind_of, without_article
from handslag.reading.names.person_features import is_given_name
from handslag.reading.names.standing import is_medium
from handslag.reading.names.tagger import Mention
from handslag.reading.page import Page
from handslag.vocabulary.load import vocabulary

MOST = 3
LEAST = 0.2
_CUT = re.compile(r"\t| {2,}|\s[|·•›»>–—/]\s|[|·•›»<©@]|:\s|,\s|\s\(|\s-\s")
_LABEL = re.compile(
    r"^(?:©|\(c\)|copyright|från|from|avsändare|sender|news from|nyheter från|om|about)\b[:\s]*(?:\d{4}\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
LIKELY = 0.4
_EDGE = re.compile(r"[^\W\d_]")


@cache
def _menu_words() -> frozenset[str]:
    words: set[str] = set(str(vocabulary("names")["not_in_names"]).split())
    for part in vocabulary("page_words").values():
        words.update(str(part).split())
    return frozenset(words)


class Edge(NamedTuple):
    """A name at the page's edge: characters `[start, end)`, the name, and what speaks for and against its being a body's."""

    start: int
    end: int
    name: str
    features: list[str]


def edges_of(page: Page, known: Collection[str]) -> list[Edge]:
    """The names at the page's edges that may be bodies', but for the `known` ones (folded)."""
    filled = [line for line in page.lines if page.text[line.start : line.end].strip()]
    lines = list(enumerate(filled[:4])) + [
        (k - len(filled), line) for k, line in enumerate(filled) if k >= max(4, len(filled) - 4)
    ]
    whole = folded(page.text)
    found: dict[str, Edge] = {}
    for number, line in lines:
        content = page.text[line.start : line.end]
        pieces = _pieces(content)
        for rank, (start, end) in enumerate(pieces[:3]):
            name = plain(content[start:end])
            key = folded(name)
            if key not in known and key not in found and _may_be_body(name):
                zone = page.zone_at(line.start)
                features = _features(
                    name, whole.count(key), number, zone, rank, len(pieces), content[:start], content[end : end + 3]
                )
                found[key] = Edge(line.start + start, line.start + end, name, features)
    return list(found.values())


class OwnBodies(NamedTuple):
    """Bodies printed at the page's edges that are named nowhere else, the likeliest first; and those of the page's other
    organisations that an edge shows in part ("NORRSKOG" for "Stiftelsen Norrskog"), by `id`
    with the probability that the edge names a body.
    """

    bodies: list[Organisation]
    shown: dict[int, float]


def own_bodies(page: Page, organisations: Sequence[Organisation], judge: Judge) -> OwnBodies:
    """The bodies of the page's edges."""
    known = {folded(name) for o in organisations for name in (o.name, *o.aliases)}
    scored = sorted(
        ((judge.probability(edge.features), edge) for edge in edges_of(page, known)), key=lambda item: -item[0]
    )
    bodies: list[Organisation] = []
    shown: dict[int, float] = {}
    for probability, edge in scored:
        whole = _whole_of(edge.name, organisations)
        if whole is not None:
            shown.setdefault(id(whole), probability)
        elif len(bodies) < MOST and probability >= LEAST:
            body = _body(page, edge, probability)
            if body is not None:
                bodies.append(body)
    return OwnBodies(bodies, shown)


def _whole_of(name: str, organisations: Sequence[Organisation]) -> Organisation | None:
    """The likely organisation of which `name` is the first or the last words, if there is just one."""
    words = _WORD.findall(folded(name))
    found = []
    for organisation in organisations:
        if organisation.certainty < LIKELY:
            continue
        others = _WORD.findall(folded(organisation.name))
        if words == others or (
            len(words) < len(others)
            and (len(words) > 1 or len(words[0]) > 4)
            and (words == others[: len(words)] or words == others[-len(words) :])
            and not any(c.startswith(("place", "org")) for c in classes_of(words[0]) if len(words) == 1)
        ):
            found.append(organisation)
    return found[0] if len(found) == 1 else None


def _pieces(content: str) -> list[tuple[int, int]]:
    """The stretches of a line between its separators, without a label in front."""
    found = []
    position = len(content) - len(content.lstrip())
    while position < len(content):
        label = _LABEL.match(content[position:])
        if label:
            position += label.end()
        cut = _CUT.search(content, position)
        stop = cut.start() if cut else len(content)
        piece = content[position:stop].rstrip(" .,;")
        if _EDGE.search(piece):
            lead = len(piece) - len(piece.lstrip())
            found.append((position + lead, position + len(piece)))
        position = cut.end() if cut else len(content)
        while position < len(content) and content[position] in " \t":
            position += 1
    return found


def _may_be_body(name: str) -> bool:
    words = name.split()
    if not 1 <= len(words) <= 8 or len(name) < 3 or not words[0][0].isupper() or any(c in name for c in "?!@…"):
        return False
    if any(word[0].isdigit() for word in words) or sum(word.lower() in _menu_words() for word in words) * 2 > len(
        words
    ):
        return False
    if sum(word[0].isupper() for word in words) * 2 < len(words):
        return False
    return not (
        is_given_name(words[0]) and 2 <= len(words) <= 3 and not any("org" in classes_of(word) for word in words)
    )


def _features(
    name: str, count: int, number: int, zone: str, rank: int, pieces: int, before: str, behind: str
) -> list[str]:
    words = name.split()
    classes = {c for word in words for c in classes_of(word.strip("().,")) if not c.startswith("-surname")}
    line = "line" + str(number)
    found = [
        line,
        "count" + str(min(4, count)),
        "z=" + zone,
        "words" + str(min(6, len(words))),
        "rank" + str(rank),
        line + " rank" + str(rank),
    ]
    found += ["c=" + c for c in classes] + [
        "pieces" + str(min(4, pieces)),
        "behind=" + behind.strip()[:1] + ("  " if behind[:2] == "  " else ""),
    ]
    found += (
        ["alone"] * (pieces == 1)
        + ["upper"] * name.isupper()
        + ["owner"] * ("©" in before)
        + ["label"] * before.strip().endswith(":")
    )
    found += ["last c=" + c for c in classes_of(words[-1].strip("().,"))] + ["e4=" + name.lower()[-4:]]
    found.append("org" if any(c.startswith(("org", "-org", "legal", "body")) for c in classes) else "no org")
    if any(word[0].islower() for word in words):
        found.append("small words")
    if is_medium(name):
        found.append("medium")
    if any(word.lower() in _menu_words() for word in words):
        found.append("menu word")
    return found


def _body(page: Page, edge: Edge, probability: float) -> Organisation | None:
    first = bisect_left(page.tokens, edge.start, key=lambda token: token.start)
    last = bisect_right(page.tokens, edge.end, key=lambda token: token.end)
    if last <= first:
        return None
    mention = Mention(first, last, "ORG", probability)
    return Organisation(without_article(edge.name), kind_of([edge.name]), [mention], certainty=probability)
