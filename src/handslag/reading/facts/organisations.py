"""Organisations as facts: which of the bodies found on a page are named bodies, and how certain that is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate

from handslag.kernel.passages import Passage
from handslag.language.lexicon import classes_of
from handslag.reading.analysis import Analysis
from handslag.reading.facts.organisation_doubts import organisation_doubts, own_mentions
from handslag.reading.names.organisations import Organisation
from handslag.reading.results import OrganisationFact, Scored


def bucket(probability: float) -> str:
    """A probability as a coarse word for a judge's features."""
    return str(sum(probability >= step for step in (0.3, 0.5, 0.7, 0.85, 0.93, 0.97, 0.99, 0.997)))


def organisation_features(
    analysis: Analysis, organisation: Organisation, overlaps: Mapping[str, list[str]]
) -> list[str]:
    """What speaks for and against the body being one that a person would list; `overlaps` are those of all names of the page."""
    page = analysis.page
    mentions = organisation.mentions
    best = max(mention.probability for mention in mentions)
    words = organisation.name.split()
    found = ["max" + bucket(best), "min" + bucket(min(m.probability for m in mentions))]
    found.append("mentions" + str(min(4, len(mentions))))
    found.append("words" + str(min(6, len(words))))
    found.append("aliases" + str(min(2, len(organisation.aliases))))
    found.append("kind=" + organisation.kind)
    classes = {c for word in words for c in classes_of(word.strip("().,"))}
    found += ["c=" + c for c in classes if not c.startswith("-surname")]
    found += ["last c=" + c for c in classes_of(words[-1].strip("().,"))]
    found += ["first c=" + c for c in classes_of(words[0])]
    zones = {page.sentences[page.sentence_of[m.first]].zone for m in mentions}
    found += ["z=" + zone for zone in zones]
    if len(zones) == 1:
        found.append("only z=" + next(iter(zones)))
    name = organisation.name
    form = (
        "lower"
        if name.islower()
        else "upper"
        if name.isupper()
        else "title"
        if all(w[0].isupper() for w in words)
        else "mixed"
    )
    found += ["form=" + form, "lang=" + page.language]
    if any(c.isdigit() for c in name):
        found.append("digits")
    if len(name) <= 4:
        found.append("short")
    first = mentions[0]
    before = page.tokens[first.first - 1].form.lower() if first.first else "^"
    after = page.tokens[first.last].form.lower() if first.last < len(page.tokens) else "$"
    found += [
        "before=" + before,
        "after=" + after,
        "e4=" + name.lower()[-4:],
        "w0=" + words[0].lower(),
        "w-1=" + words[-1].lower(),
    ]
    if "place:town" in classes or "place:country" in classes or "place:county" in classes:
        found.append("place alone" if len(words) == 1 else "place within")
    own, is_ended = own_mentions(page, organisation)
    doubts = organisation_doubts(page, organisation, own, is_ended)
    found += [*doubts, "doubts" + str(min(2, len(doubts)))]
    found += ["whole" + bucket(max(mention.probability for mention in own)), "wholes" + str(min(3, len(own)))]
    return found + overlaps.get(name, [])


def name_overlaps(analysis: Analysis) -> dict[str, list[str]]:
    """For the organisations' names: whether one is inside another, holds another, or is part of a person's or holds one."""
    bodies = _Names(organisation.name for organisation in analysis.organisations)
    people = _Names(person.name for person in analysis.people)
    inside, holding, persons = set(), set(), set()
    for name in bodies.every:
        holders = bodies.holding(name) - {name}
        holding |= holders
        if holders:
            inside.add(name)
        if name in people.joined:
            persons.add(name)
    for name in people.every:
        persons |= bodies.holding(name)
    words = ((inside, "inside another"), (holding, "holds another"), (persons, "person too"))
    return {name: [word for names, word in words if name in names] for name in bodies.every}


class _Names:
    """Names in one string, to find those that hold another without comparing each with each."""

    def __init__(self, names: Iterable[str]) -> None:
        self.every = list(dict.fromkeys(names))
        self.joined = "\n".join(self.every)
        self._starts = list(accumulate((len(name) + 1 for name in self.every), initial=0))

    def holding(self, part: str) -> set[str]:
        """The names in which `part` stands."""
        found = set()
        at = self.joined.find(part)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            found.add(self.every[number])
            at = self.joined.find(part, self._starts[number + 1])
        return found


def find_organisations(analysis: Analysis) -> list[Scored[OrganisationFact]]:
    """The organisations of the page, each with the probability that it is right."""
    judge = analysis.models.judge("organisations")
    found = []
    overlaps = name_overlaps(analysis)
    for organisation in analysis.organisations:
        analysis.deadline.check()
        probability = judge.probability(organisation_features(analysis, organisation, overlaps))
        organisation.certainty = probability
        evidence: list[Passage] = []
        for mention in organisation.mentions:
            evidence += analysis.page.passages(mention.first, mention.last)[:1]
        fact = OrganisationFact(
            name=organisation.name,
            aliases=tuple(organisation.aliases),
            kind=organisation.kind,
            evidence=tuple(evidence),
        )
        found.append(Scored(fact, probability))
    return found
