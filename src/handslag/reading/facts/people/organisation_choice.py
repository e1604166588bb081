"""Which organisation a person belongs to in a role: the page's bodies are weighed against each other, and against none being told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from handslag.language.lexicon import classes_of
from handslag.reading.facts.people.bodies import Bodies
from handslag.reading.facts.people.nearby import Near
from handslag.reading.facts.people.roles import RolePhrase
from handslag.reading.facts.people.sketch import Sketch
from handslag.reading.facts.people.ties import Tie, anchor_of, ties_of
from handslag.reading.names.organisations import Organisation
from handslag.reading.names.people import Person
from handslag.reading.names.person_features import is_role_word
from handslag.reading.names.tagger import Mention
from handslag.vocabulary.load import vocabulary

MOST = 9
# farther off than so many tokens a mention makes no body present
_WITHIN = 3_000
_FAR = Tie()
_STEMS = {
    "region": "region", "municipality": "kommun", "cluster": "kluster", "hospital": "sjukhus", "university": "universitet",
    "foundation": "stiftelse", "ministry": "departement",
}  # fmt: skip


class OrganisationOption(NamedTuple):
    """A body that may be the person's, None for none, with the features to weigh it by."""

    organisation: Organisation | None
    features: list[str]


class Salience(NamedTuple):
    """How present a body is at a place: its rank among all, and its share in tenths."""

    rank: int
    share: int


def organisation_options(
    sketch: Sketch, bodies: Bodies, person: Person, role: RolePhrase | None, near: Near | None
) -> list[OrganisationOption]:
    """The options for a person's organisation, the first being that none is told."""
    page = sketch.page
    ties = ties_of(sketch, bodies, person, role, near)
    anchor = anchor_of(sketch, person, near)
    present = _salience(bodies, anchor.first)
    recent = {number: rank for rank, number in enumerate(bodies.before(anchor.first))}
    order = _by_nearness(bodies, ties, present)
    always = frozenset(bodies.always)
    kept = [n for rank, n in enumerate(order) if rank < MOST or n in always or present.get(n, _ABSENT).rank == 0]
    words = [token.form for token in page.tokens[role.first : role.last]] if role is not None else []
    zone = page.sentences[page.sentence_of[anchor.first]].zone
    strongest = sorted((ties.get(number, _FAR).strength for number in kept), reverse=True)
    situation = _Situation(
        words,
        head_of(words) if words else "",
        zone,
        bodies.press,
        strongest,
        _shape_of(role, near),
        _ours(sketch, anchor, role),
    )
    nearest = ties.get(order[0], _FAR).cost if order else 999
    options = [OrganisationOption(None, _none_features(sketch, person, anchor, situation, nearest, len(kept)))]
    for rank, number in enumerate(kept):
        features = _features(sketch, bodies, number, ties.get(number, _FAR), anchor, situation)
        features += [
            "order" + str(min(4, rank)),
            *_presence_features(present.get(number, _ABSENT), recent.get(number, 9), situation),
        ]
        options.append(OrganisationOption(bodies.every[number], features))
    return options


_ABSENT = Salience(9, 0)


class _Situation(NamedTuple):
    """What all options of a person share: the role's words and head, the zone, the page's sort, the strengths of ties, name and role."""

    words: list[str]
    head: str
    zone: str
    press: str
    strongest: list[int]
    shape: str
    ours: str

    @property
    def told(self) -> str:
        return " role" if self.head else " no role"


def _shape_of(role: RolePhrase | None, near: Near | None) -> str:
    """How name and role stand: "RP", "PR", with "…" if apart, "P" without a role."""
    if role is None or near is None:
        return "P"
    found = near.relation
    close = (found.sentences == 0 and found.tokens <= 6) or (found.sentences <= 1 and found.tokens <= 3)
    return ("RP" if found.side == "before" else "PR") + ("" if close else "…")


_OUR = frozenset(("our", "vår", "vårt", "våra", "my", "min"))
_WE = frozenset(("we", "us", "vi", "oss"))


def _ours(sketch: Sketch, anchor: Mention, role: RolePhrase | None) -> str:
    """Gives "our" if the person is called ours ("our chair", "vår nya kommunikatör"), "we" if the sentence speaks of us, else ""."""
    page = sketch.page
    starts = [anchor.first] if role is None else [anchor.first, role.first]
    sentence = page.sentences[page.sentence_of[anchor.first]]
    for start in starts:
        if any(page.tokens[i].form.lower() in _OUR for i in range(max(sentence.first, start - 3), start)):
            return "our"
    inside = range(sentence.first, min(sentence.last, sentence.first + 50))
    return "we" if any(page.tokens[i].form.lower() in _WE for i in inside) and sentence.zone != "quote" else ""


def head_of(words: Sequence[str]) -> str:
    """The deciding word of a role phrase, in lower case."""
    heads = [word for word in words if is_role_word(word)]
    head = (heads[0] if len(words) > 1 and words[0] == heads[0] else heads[-1]) if heads else words[-1]
    return head.lower()


def _features(
    sketch: Sketch, bodies: Bodies, number: int, tie: Tie, anchor: Mention, situation: _Situation
) -> list[str]:
    page = sketch.page
    body = bodies.every[number]
    role, name = tie.role or "far", tie.name or "far"
    strength = tie.strength
    features = ["r=" + role, "n=" + name, "r=" + role + " n=" + name, "n=" + name + " " + situation.shape]
    features += [
        "S" + str(strength),
        "Sr" + str(tie.role_strength) + "n" + str(tie.name_strength),
        "cost" + str(sum(tie.cost >= step for step in (1, 3, 6, 12, 24, 48, 96))),
    ]
    top = situation.strongest
    rival = (top[1] if len(top) > 1 else 0) if strength == top[0] else top[0]
    features += ["S" + str(strength) + " rival" + str(rival), "S" + str(strength) + situation.told]
    features += tie.marks
    if tie.place is not None:
        one, other = page.sentences[page.sentence_of[anchor.first]], page.sentences[page.sentence_of[tie.place.first]]
        if one.zone != other.zone:
            features += ["other zone", "from " + other.zone]
        if other.last - other.first == tie.place.last - tie.place.first:
            features += ["line of its own", "line of its own " + role]
    fit = "home " + home_fit(situation.words, body) if situation.words else "home -"
    tied = " tied" if strength >= 2 else " loose" if top[0] < 3 else " beaten"
    features += [fit, fit + tied, "k=" + body.kind, "k=" + body.kind + situation.told]
    if situation.head:
        features.append("h=" + situation.head[-5:] + " k=" + body.kind)
    if all(any(name.startswith("place") for name in classes_of(word)) for word in body.name.split()):
        features.append("place alone")
    features.append("c" + str(sum(body.certainty >= step for step in (0.3, 0.5, 0.7, 0.85, 0.95))))
    for item in bodies.standing[number]:
        features += [
            item,
            item + " " + situation.zone,
            item + situation.told,
            item + tied,
            item + tied + situation.press,
        ]
        if situation.ours and item.startswith(("own", "edge", "rank", "at top", "in title")):
            features.append(item + " " + situation.ours)
    if len(bodies.every) == 1:
        features.append("the only one")
    return features


def _presence_features(salience: Salience, recent: int, situation: _Situation) -> list[str]:
    place, share, last = (
        "salient" + str(min(3, salience.rank)),
        "salience" + str(salience.share),
        "recent" + str(min(3, recent)),
    )
    features = [place, share, last]
    if situation.strongest[0] < 3:
        features += [place + " loose", share + " loose", place + " " + situation.press, last + " loose"]
    return features


@lru_cache(maxsize=5_000)
def _homes(word: str) -> frozenset[str]:
    """The kinds of body where a role word's holders are mostly at home."""
    found = {kind for kind, words in vocabulary("roles")["homes"].items() if word in words}
    return frozenset(found | {kind for kind, stem in _STEMS.items() if word.startswith(stem)})


def home_fit(words: Sequence[str], body: Organisation) -> str:
    """Whether the body is of a kind that fits the role: "fits", "other", "open" if the role tells no kind, "unknown" if the body does not."""
    kinds = {kind for word in words for kind in _homes(word.lower())}
    if not kinds:
        return "open"
    if body.kind in kinds:
        return "fits"
    return "unknown" if body.kind == "unknown" else "other"


def _by_nearness(bodies: Bodies, ties: dict[int, Tie], present: dict[int, Salience]) -> list[int]:
    """The bodies by how near they are named to the person, then by number; of the far ones those that may be options."""
    near = sorted((tie.cost, number) for number, tie in ties.items() if tie.cost < _FAR.cost)
    order = [number for _, number in near]
    others = {*range(min(MOST + len(order), len(bodies.every))), *bodies.always}
    others.update(number for number, salience in present.items() if salience.rank == 0)
    return order + sorted(others.difference(order))


def _salience(bodies: Bodies, token: int) -> dict[int, Salience]:
    """How present each body is at a token: mentions before it count most, near ones more than far ones."""
    weights = dict.fromkeys(bodies.placeless, 0.0)
    for place in bodies.near(token, token, _WITHIN):
        away = token - place.first
        weight = 1.0 / (1.0 + away / 40) if away >= 0 else 0.4 / (1.0 - away / 40)
        weights[place.body] = weights.get(place.body, 0.0) + weight
    total = math.fsum(weights.values()) or 1.0
    ranked = sorted(((weight, number) for number, weight in weights.items()), reverse=True)
    return {number: Salience(rank, min(6, int(10 * weight / total))) for rank, (weight, number) in enumerate(ranked)}


def _none_features(
    sketch: Sketch, person: Person, anchor: Mention, situation: _Situation, cost: int, count: int
) -> list[str]:
    page = sketch.page
    sentence = page.sentences[page.sentence_of[anchor.first]]
    before = sketch.side(anchor.first - 1) if anchor.first > sentence.first else "^"
    after = sketch.side(anchor.last) if anchor.last < sentence.last else "$"
    zone, told, press = sentence.zone, situation.told, situation.press
    features = [
        "none",
        "none z=" + zone,
        "none <" + before,
        "none >" + after,
        "none shape=" + situation.shape,
        "none lang=" + page.language,
    ]
    features += ["none" + told, "none z=" + zone + told, "none " + press, "none " + press + told]
    features.append("none d" + str(sum(cost >= step for step in (1, 2, 4, 8, 12, 24, 48, 96))))
    features += [
        "none S" + str(situation.strongest[0] if situation.strongest else 0),
        "none n" + str(sum(count >= step for step in (1, 2, 4, 8))),
    ]
    if situation.ours:
        features.append("none " + situation.ours)
    if situation.head:
        features += ["none h=" + situation.head[-5:], "none h=" + situation.head]
    if any(
        page.tokens[i].form.lower() in ("foto", "photo", "bild", "av", "by", "text", "fotograf")
        for i in range(max(sentence.first, anchor.first - 2), anchor.first)
    ):
        features.append("none maker")
    if len(person.name.split()) == 1:
        features.append("none single")
    features.append("none m" + str(min(3, len(person.mentions))))
    return features
