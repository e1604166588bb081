"""The persons of a page with role, organisation and tense."""

from __future__ import annotations

from collections.abc import Sequence

from handslag.reading.analysis import Analysis
from handslag.reading.facts.people.bodies import bodies_of
from handslag.reading.facts.people.organisation_choice import OrganisationOption, organisation_options
from handslag.reading.facts.people.role_choice import chosen_role, role_options
from handslag.reading.facts.people.roles import RolePhrase, role_phrases
from handslag.reading.facts.people.sketch import Sketch
from handslag.reading.facts.people.tense import tense_features
from handslag.reading.facts.people.weighing import shares
from handslag.reading.names.organisations import Organisation
from handslag.reading.names.people import Person
from handslag.reading.names.tagger import Mention
from handslag.reading.results import PersonFact, Scored

# an organisation is told if it is at least so likely, even if none at all is likelier still: set by cross-validation for the best F1
LEAST_ORGANISATION = 0.34


def find_people(analysis: Analysis) -> list[Scored[PersonFact]]:
    """The persons of the page, each with role, organisation and tense as far as they are told; the probability is the person's."""
    if not analysis.people:
        return []
    role_judge, tense_judge = analysis.models.judge("people-role"), analysis.models.judge("people-tense")
    organisation_judge = analysis.models.judge("people-organisation")
    sketch = Sketch(analysis)
    phrases = role_phrases(analysis)
    bodies = bodies_of(analysis, phrases)
    found = []
    for person, options in zip(analysis.people, role_options(sketch, analysis, phrases), strict=True):
        analysis.deadline.check()
        role, _ = chosen_role(options, shares(role_judge, [option.features for option in options]))
        near = next((option.near for option in options if option.phrase is role), None) if role is not None else None
        homes = organisation_options(sketch, bodies, person, role, near)
        home, _ = chosen_organisation(homes, shares(organisation_judge, [option.features for option in homes]))
        tense, _ = tense_judge.best(tense_features(analysis, person, role))
        first = near.mention if near is not None else person.mentions[0]
        found.append(Scored(_fact(analysis, person, first, role, home, tense), certainty_of(person)))
    return found


def certainty_of(person: Person) -> float:
    """The probability that the name is a person's, as judged for the whole name."""
    return max(mention.probability for mention in person.mentions)


def chosen_organisation(
    options: Sequence[OrganisationOption], probabilities: Sequence[float]
) -> tuple[Organisation | None, float]:
    """The likeliest organisation and its probability, or None and the probability of none."""
    best = max(range(1, len(options)), key=lambda k: probabilities[k], default=0)
    if best and probabilities[best] >= LEAST_ORGANISATION:
        return options[best].organisation, probabilities[best]
    return None, probabilities[0]


def _fact(
    analysis: Analysis, person: Person, first: Mention, role: RolePhrase | None, home: Organisation | None, tense: str
) -> PersonFact:
    page = analysis.page
    evidence = page.passages(first.first, first.last)[:1]
    if role is not None:
        evidence += page.passages(role.first, role.last)
    for mention in person.mentions:
        if mention is not first:
            evidence += page.passages(mention.first, mention.last)[:1]
    return PersonFact(
        person=person.name, name=person.name, aliases=tuple(dict.fromkeys(person.aliases)), role=role.text if role is not None else "",
        organisation=home.name if home is not None else "", tense=tense, evidence=tuple(evidence),
    )  # fmt: skip
