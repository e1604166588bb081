"""The cast of a page: the bodies and persons who may be the ones to act, where they are named, and who are named together."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from handslag.reading.analysis import Analysis
from handslag.reading.names.organisations import Organisation
from handslag.reading.names.people import Person
from handslag.reading.page import Page

# organisations less likely than this are nobody's names
LIKELY = 0.25
_JOINING = frozenset(("och", "and", "samt", "&", "+", "/"))
_TOGETHER = frozenset(
    (
        "tillsammans",
        "together",
        "jointly",
        "samverkan",
        "samarbete",
        "ihop",
        "cooperation",
        "collaboration",
        "partnership",
    )
)
_LISTING = frozenset((",", ";"))
_TITLES = frozenset(
    (
        "the",
        "dr",
        "dr.",
        "mr",
        "mr.",
        "ms",
        "ms.",
        "mrs",
        "prof",
        "prof.",
        "professor",
        "docent",
        "den",
        "det",
        "både",
        "both",
    )
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who may be the one to act: the name, and where it is named."""

    name: str
    spans: tuple[tuple[int, int], ...]
    kind: str
    bearer: Organisation | Person
    standing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """Tokens `[first, last)` that name one actor, or several in a row ("X, Y och Z"); `actors` by their number in the cast."""

    first: int
    last: int
    actors: tuple[int, ...]


@dataclass(slots=True)
class Cast:
    """The actors of a page in the order of their first naming, every naming, groups and those who may be the parties.

    `prominent` are the bodies that the page seems to be about or by; `bodies` is how many of the actors are no persons.
    """

    actors: list[Actor]
    namings: list[Naming] = field(default_factory=list)
    groups: list[Naming] = field(default_factory=list)
    parties: dict[tuple[int, ...], list[str]] = field(default_factory=dict)
    prominent: list[int] = field(default_factory=list)
    bodies: int = 0

    def between(self, first: int, last: int) -> list[Naming]:
        """The single namings that begin at tokens `[first, last)`."""
        start = bisect_left(self.namings, first, key=lambda naming: naming.first)
        stop = bisect_left(self.namings, last, lo=start, key=lambda naming: naming.first)
        return self.namings[start:stop]

    def groups_between(self, first: int, last: int) -> list[Naming]:
        """The groups that begin at tokens `[first, last)`."""
        return [group for group in self.groups if first <= group.first < last]


def actors_of(analysis: Analysis) -> Cast:
    """The likely organisations and the persons of the page, with their namings."""
    found = []
    for o in analysis.organisations:
        if o.certainty >= LIKELY:
            standing = analysis.standing.get(id(o), [])
            sure = ("unsure",) if o.certainty < 0.6 else ()
            found.append(Actor(o.name, tuple(analysis.spans_of(o)), o.kind, o, (*standing, *sure)))
    found += [
        Actor(p.name, tuple((m.first, m.last) for m in p.mentions), "person", p, ("person",)) for p in analysis.people
    ]
    found = sorted((a for a in found if a.spans), key=lambda a: a.spans[0])
    cast = Cast(found)
    cast.namings = sorted(
        (Naming(first, last, (k,)) for k, actor in enumerate(found) for first, last in actor.spans),
        key=lambda naming: (naming.first, naming.last),
    )
    cast.groups = _groups(analysis.page, cast.namings)
    bodies = [k for k, actor in enumerate(found) if actor.kind != "person"]
    cast.bodies = len(bodies)
    ranked = sorted(bodies, key=lambda k: -len(found[k].spans))
    marks = {"in furniture", "in address", "in headline"}
    cast.prominent = [k for k in bodies if marks & set(found[k].standing)][:3]
    cast.prominent += [k for k in ranked[:2] if k not in cast.prominent]
    cast.parties = _parties(cast, bodies, ranked)
    return cast


def _groups(page: Page, namings: list[Naming]) -> list[Naming]:
    """The runs of namings that are joined by commas and a last "och" or "and"."""
    found: list[Naming] = []
    run: list[Naming] = []
    joined = False
    for naming in namings:
        link = _link(page, run[-1], naming) if run else ""
        if not link:
            if joined:
                found.append(_whole(run))
            run, joined = [naming], False
        else:
            run.append(naming)
            if link == "joined":
                joined = True
    if joined:
        found.append(_whole(run))
    return [group for group in found if len(group.actors) > 1]


def _whole(run: list[Naming]) -> Naming:
    return Naming(run[0].first, run[-1].last, tuple(sorted({n.actors[0] for n in run})))


def _link(page: Page, a: Naming, b: Naming) -> str:
    """How two namings hang together: "joined" by a conjunction, "listed" by a comma, "" not at all."""
    if b.first < a.last or b.first - a.last > 12 or page.sentence_of[a.first] != page.sentence_of[b.first]:
        return ""
    words = [page.tokens[i].form.lower() for i in range(a.last, b.first)]
    if words and words[0] == "(":
        if ")" not in words:
            return ""
        words = words[words.index(")") + 1 :]
    if not words:
        return ""
    if words[0] in _LISTING and len(words) > 1 and words[1] in _JOINING:
        words = words[1:]
    rest = words[1:]
    if words[-1] == "med" or words[-1] == "with":
        return "joined" if len(words) < 5 and _TOGETHER & set(words) else ""
    if words[0] in _JOINING and len(rest) <= 2 and all(word[0].isalpha() for word in rest):
        return "joined"
    if words[0] in _LISTING and all(word in _TITLES for word in rest):
        return "listed"
    return ""


def _parties(cast: Cast, bodies: list[int], ranked: list[int]) -> dict[tuple[int, ...], list[str]]:
    """The sets of bodies that may be the parties of what the page is about, each with why."""
    found: dict[tuple[int, ...], list[str]] = {}

    def add(actors: list[int] | tuple[int, ...], why: str) -> None:
        if len(set(actors)) > 1:
            found.setdefault(tuple(sorted(set(actors))), []).append(why)

    early = [group for group in cast.groups if all(cast.actors[k].kind != "person" for k in group.actors)]
    if early:
        add(early[0].actors, "first group")
        for group in early[1:]:
            if group.actors == early[0].actors:
                add(group.actors, "again")
                break
    add(bodies[:2], "first two")
    add(bodies[:3], "first three")
    add(ranked[:2], "top two")
    if len(ranked) > 2 and len(cast.actors[ranked[2]].spans) > 1:
        add(ranked[:3], "top three")
    return found
