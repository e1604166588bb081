"""What ties a person to each body named nearby: the strongest bond of any mention, and of the role."""

from __future__ import annotations

from dataclasses import dataclass, field

from handslag.reading.facts.people.bodies import Bodies, Place
from handslag.reading.facts.people.bonds import bond_after, bond_before
from handslag.reading.facts.people.nearby import MOST_MENTIONS, Near, column_of
from handslag.reading.facts.people.roles import RolePhrase
from handslag.reading.facts.people.sketch import Sketch
from handslag.reading.names.nearness import relation
from handslag.reading.names.people import Person
from handslag.reading.names.tagger import Mention

REACH = 40
# How far bonds can be trusted, by the share of right ones on marked pages: from the role, and from the name.
_ROLE_BONDS = {
    3: ("a:adjacent", "a:comma", "a:at", "a:line", "a:dash", "a:bracket", "a:cell", "b:owner", "b:comma"),
    2: ("a:at+", "a:comma+", "b:near", "b:next1", "b:same", "b:bracket", "b:dash", "a:next1", "column"),
    1: ("b:next2", "a:near", "a:line2", "b:other0", "b:adjacent", "b:line", "b:cell", "a:nearO", "a:atO"),
}  # fmt: skip
_NAME_BONDS = {
    3: ("a:comma", "a:comma+", "a:at", "a:bracket", "a:cell", "a:from", "b:bracket", "b:dash", "b:owner", "b:comma", "column"),
    2: ("a:line2", "a:line", "b:same", "a:at+", "a:dash", "a:adjacent", "b:cell", "b:label"),
    1: ("b:next2", "b:near", "a:near", "b:next1", "a:lines1", "b:other0", "b:line", "b:adjacent", "a:nearO"),
}  # fmt: skip
_ROLE_STRENGTH = {bond: strength for strength, bonds in _ROLE_BONDS.items() for bond in bonds}
_NAME_STRENGTH = {bond: strength for strength, bonds in _NAME_BONDS.items() for bond in bonds}


@dataclass(slots=True)
class Tie:
    """The bonds of a person to one body: kinds of bond with their strength (0 to 3), and how near the body is named, in tokens."""

    role: str = ""
    role_strength: int = 0
    name: str = ""
    name_strength: int = 0
    cost: int = 999
    place: Place | None = None
    marks: list[str] = field(default_factory=list)

    @property
    def strength(self) -> int:
        return max(self.role_strength, self.name_strength)


def anchor_of(sketch: Sketch, person: Person, near: Near | None) -> Mention:
    """The mention nearest to the role; without a role the first one outside headlines, captions and feeds."""
    if near is not None:
        return near.mention
    page = sketch.page
    for mention in person.mentions[:4]:
        if page.sentences[page.sentence_of[mention.first]].zone not in ("headline", "feed", "caption", "teaser"):
            return mention
    return person.mentions[0]


def ties_of(
    sketch: Sketch, bodies: Bodies, person: Person, role: RolePhrase | None, near: Near | None
) -> dict[int, Tie]:
    """By number the bodies that are named near the person's mentions or the role, with their ties."""
    page = sketch.page
    ties: dict[int, Tie] = {}
    anchor = anchor_of(sketch, person, near)
    phrase = (role.first, role.last) if role is not None else None
    if phrase is not None:
        for place in bodies.near(*phrase, REACH):
            tie = ties.setdefault(place.body, Tie())
            bond = _bond(sketch, phrase, place, (anchor.first, anchor.last))
            strength = _ROLE_STRENGTH.get(bond, 0)
            _keep(tie, relation(page, phrase, place[:2]).cost, place)
            if not tie.role or strength > tie.role_strength:
                tie.role, tie.role_strength = bond, strength
                if place.stand_in:
                    tie.marks.append("stand-in")
    for mention in person.mentions[:MOST_MENTIONS]:
        name = (mention.first, mention.last)
        for place in bodies.near(*name, REACH):
            if place.first < mention.last and place.last > mention.first:
                continue
            tie = ties.setdefault(place.body, Tie())
            column = column_of(page, mention.first, place.first)
            bond = "column" if column[:2] in ("be", "ab") else _bond(sketch, name, place, phrase)
            strength = _NAME_STRENGTH.get(bond, 0)
            if mention is anchor:
                _keep(tie, 2 if bond == "column" else relation(page, name, place[:2]).cost, place)
            if not tie.name or strength > tie.name_strength:
                tie.name, tie.name_strength = bond, strength
    return ties


def _keep(tie: Tie, cost: int, place: Place) -> None:
    if cost < tie.cost:
        tie.cost, tie.place = cost, place


def _bond(sketch: Sketch, start: tuple[int, int], place: Place, skip: tuple[int, int] | None) -> str:
    if place.first >= start[1]:
        return "a:" + bond_after(sketch, start[1], place.first, skip)
    if place.last <= start[0]:
        return "b:" + bond_before(sketch, place.last, start[0], skip, place.owns)
    return "w:"
