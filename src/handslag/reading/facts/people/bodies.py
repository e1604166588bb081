"""The bodies that persons of a page can belong to, and where each stands: named, stood for by a noun, printed at the page's edges."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from handslag.language.lexicon import classes_of
from handslag.reading.analysis import Analysis
from handslag.reading.facts.people.roles import RolePhrase
from handslag.reading.facts.people.untagged import untagged_bodies
from handslag.reading.names.organisations import Organisation, is_stand_in, without_article
from handslag.reading.names.own_body import own_bodies
from handslag.reading.names.standing import is_medium, media_page
from handslag.reading.page import Page

LEAST_CERTAIN = 0.12
LEAST_SHOWN = 0.2
LIKELY = 0.4
# bodies of such standing are options however far off they are named
ALWAYS = frozenset(("rank0", "edge", "at top", "copyright", "in address"))
# how many of the bodies named last are told apart
RECENT = 3


class Place(NamedTuple):
    """Tokens `[first, last)` that name body number `body`, or stand for it; `owns` if in the genitive."""

    first: int
    last: int
    body: int
    owns: bool
    stand_in: bool


class Bodies(NamedTuple):
    """The bodies; what part each plays on the page (by number); all their places in reading order; "press" for a medium's page.

    `always` are those whose part makes them an option for everybody, `placeless` those that only the page's edges name;
    `recent[k]` are the likely bodies that were named last before place number `k`, the last one first.
    """

    every: list[Organisation]
    standing: list[list[str]]
    places: list[Place]
    press: str
    always: list[int]
    placeless: list[int]
    recent: list[tuple[int, ...]]

    def near(self, first: int, last: int, reach: int) -> list[Place]:
        """The places within `reach` tokens of tokens `[first, last)`."""
        return self.places[self._place_at(first - reach) : self._place_at(last + reach + 1)]

    def before(self, token: int) -> tuple[int, ...]:
        """The likely bodies that were named last before `token`, the last one first."""
        return self.recent[self._place_at(token)]

    def _place_at(self, token: int) -> int:
        """The number of the first place from `token` on."""
        return bisect_left(self.places, token, key=lambda place: place.first)


def bodies_of(analysis: Analysis, phrases: list[RolePhrase]) -> Bodies:
    """The page's organisations, with bodies that only its edges name, and those that only a role's neighbourhood shows."""
    page = analysis.page
    likely = [organisation for organisation in analysis.organisations if organisation.certainty >= LEAST_CERTAIN]
    every = [organisation for organisation in likely if not is_stand_in(organisation.name)]
    own_ones = own_bodies(page, analysis.organisations, analysis.models.judge("people-edges"))
    standing = []
    for organisation in every:
        parts = analysis.standing[id(organisation)]
        shown = own_ones.shown.get(id(organisation), 0.0)
        if shown >= LEAST_SHOWN:
            own = "own" + str(3 + (shown >= 0.5))
            parts = [*(part for part in parts if not part.startswith("own")), own, "edge"]
        standing.append(parts)
    for rank, body in enumerate(own_ones.bodies):
        every.append(body)
        own = "own" + str(2 + (body.certainty >= 0.5) + (rank == 0))
        standing.append(["rank3", "edge", own, *["medium"] * is_medium(body.name)])
    for body in untagged_bodies(analysis, phrases):
        every.append(body)
        standing.append(["rank3", "untagged", "own0"])
    numbers = {id(body): number for number, body in enumerate(every)}
    places = []
    for number, body in enumerate(every):
        places += [Place(m.first, m.last, number, _owns(page, m.last, body), False) for m in body.mentions]
    for token, body in analysis.stand_ins.items():
        if id(body) in numbers:
            form = page.tokens[token].form
            owns = form.endswith(("ns", "ts")) or _has_mark(page, token + 1)
            places.append(Place(token, token + 1, numbers[id(body)], owns, True))
    places += _unmarked(analysis, every)
    places.sort()
    nouns: list[Place] = []
    for body in likely:
        if is_stand_in(body.name):
            nouns += _stood_for(page, body, every, places, nouns)
    places += nouns
    places.sort()
    placed = {place.body for place in places}
    return Bodies(
        every, standing, places, media_page(page) or "plain",
        always=[number for number, parts in enumerate(standing) if not ALWAYS.isdisjoint(parts)],
        placeless=[number for number in range(len(every)) if number not in placed],
        recent=_recent(every, places),
    )  # fmt: skip


def _recent(every: list[Organisation], places: list[Place]) -> list[tuple[int, ...]]:
    """For each place, and for the end, the likely bodies that were named last before it."""
    found: list[tuple[int, ...]] = [()]
    order: dict[int, tuple[int, int]] = {}
    for place in places:
        body, last = place.body, found[-1]
        if every[body].certainty >= LIKELY:
            # of two that stand at one place, the one that the page named first
            order[body] = (-place.first, order[body][1] if body in order else len(order))
            last = tuple(sorted({body, *last}, key=order.__getitem__)[:RECENT])
        found.append(last)
    return found


def _unmarked(analysis: Analysis, every: list[Organisation]) -> list[Place]:
    """The places where likely bodies are named in so many words without having been tagged."""
    page = analysis.page
    names: dict[str, list[tuple[list[str], int]]] = {}
    for number, body in enumerate(every):
        if body.certainty >= LIKELY:
            for name in (body.name, *body.aliases):
                words = name.split()
                if len(name) > 2 and name[0].isupper():
                    names.setdefault(words[0], []).append((words, number))
    taken = {i for body in every for mention in body.mentions for i in range(mention.first, mention.last)}
    taken |= {
        i for person in analysis.people for mention in person.mentions for i in range(mention.first, mention.last)
    }
    found = []
    for i, token in enumerate(page.tokens):
        for words, number in names.get(token.form, ()):
            last = i + len(words)
            if taken.isdisjoint(range(i, last)) and [other.form for other in page.tokens[i:last]] == words:
                found.append(Place(i, last, number, _owns(page, last, every[number]), False))
    return found


def _stood_for(
    page: Page, noun: Organisation, every: list[Organisation], places: list[Place], nouns: list[Place]
) -> list[Place]:
    """The places of a noun that was taken for a name ("Bolaget"), given to the fitting body that was named last.

    `nouns` are the places that other such nouns have got.
    """
    kinds = {name[9:] for name in classes_of(without_article(noun.name)) if name.startswith("stand-in:")}
    fitting = [place for place in places if every[place.body].kind in kinds]
    others = [place for place in reversed(nouns) if every[place.body].kind in kinds]
    found = []
    for mention in noun.mentions:
        at = bisect_left(fitting, mention.first, key=lambda place: place.first)
        before = next((place for place in others if place.first < mention.first), None) or (
            fitting[at - 1] if at else None
        )
        if before is not None:
            last = page.tokens[mention.last - 1].form
            owns = last.endswith(("ns", "ts")) or _has_mark(page, mention.last)
            found.append(Place(mention.first, mention.last, before.body, owns, True))
    return found


def _owns(page: Page, last: int, body: Organisation) -> bool:
    """True if a mention that ends at token `last` is in the genitive."""
    form = page.tokens[last - 1].form
    return (form.endswith("s") and not body.name.endswith(form)) or _has_mark(page, last)


def _has_mark(page: Page, token: int) -> bool:
    return token < len(page.tokens) and page.tokens[token].form in ("'s", "’s", "'", "’")
