"""Training of the judges of persons: roles, organisations, tenses, and bodies printed at the page's edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from choices import Choice, choice_bytes
from scoring import Item, Names, alike
from study import Study, judge_bytes, judge_of

from handslag.language.base_forms import folded
from handslag.reading.facts.people.bodies import bodies_of
from handslag.reading.facts.people.organisation_choice import OrganisationOption, organisation_options
from handslag.reading.facts.people.role_choice import RoleOption, chosen_role, role_options
from handslag.reading.facts.people.roles import RolePhrase, role_phrases
from handslag.reading.facts.people.sketch import Sketch
from handslag.reading.facts.people.tense import tense_features
from handslag.reading.facts.people.weighing import shares
from handslag.reading.models import Judge, Models
from handslag.reading.names.own_body import edges_of
from handslag.reading.names.people import Person

TENSES = ["coming", "current", "former", "leaving"]
# the organisation is weighed with the role that was chosen, so the roles of training pages are chosen by judges of other pages
INNER_FOLDS = 3


@dataclass
class Case:
    """A person of a training page who is in its gold."""

    person: Person
    item: Item
    options: list[RoleOption]
    role: RolePhrase | None = None


@dataclass
class Examples:
    """A training page with its persons."""

    study: Study
    sketch: Sketch
    phrases: list[RolePhrase]
    cases: list[Case]


def examples_of(study: Study) -> Examples:
    analysis = study.analysis
    sketch = Sketch(analysis)
    phrases = role_phrases(analysis)
    items: dict[str, Item] = {}
    for item in study.marked.gold["people"]:
        items.setdefault(folded(item["name"]), item)
    cases = [
        Case(person, items[folded(person.name)], options)
        for person, options in zip(analysis.people, role_options(sketch, analysis, phrases), strict=True)
        if folded(person.name) in items
    ]
    return Examples(study, sketch, phrases, cases)


def right_roles(options: Sequence[RoleOption], role: str) -> list[bool]:
    """Which options give the gold's role: those most like it; the one without phrase if there is none."""
    if not role:
        return [option.phrase is None for option in options]
    scores = [0.0 if option.phrase is None else likeness_of(role, option.phrase.text) for option in options]
    best = max(scores)
    return [best > 0 and score == best for score in scores]


def likeness_of(gold: str, found: str) -> float:
    return 2.0 if folded(gold) == folded(found) else alike(gold, found, 0.6)


def right_organisations(names: Names, options: Sequence[OrganisationOption], organisation: str) -> list[bool]:
    """Which options give the gold's organisation; the one without if there is none."""
    wanted = names.of(organisation)
    return [
        option.organisation is None
        if not organisation
        else option.organisation is not None and names.of(option.organisation.name) == wanted
        for option in options
    ]


def role_choices(examples: Sequence[Examples]) -> list[Choice]:
    found = []
    for example in examples:
        for case in example.cases:
            right = right_roles(case.options, case.item["role"])
            if any(right):
                found.append(([option.features for option in case.options], right))
    return found


def choose_roles(examples: Sequence[Examples], judge: Judge) -> None:
    for example in examples:
        for case in example.cases:
            case.role, _ = chosen_role(case.options, shares(judge, [option.features for option in case.options]))


def organisation_choices(examples: Sequence[Examples], edges: Judge) -> list[Choice]:
    found = []
    for example in examples:
        analysis = example.study.analysis
        analysis.models = Models({})
        analysis.models.put("people-edges", edges)
        names = Names(example.study.marked.gold)
        bodies = bodies_of(analysis, example.phrases)
        for case in example.cases:
            near = (
                next((option.near for option in case.options if option.phrase is case.role), None)
                if case.role
                else None
            )
            options = organisation_options(example.sketch, bodies, case.person, case.role, near)
            right = right_organisations(names, options, case.item["organisation"])
            if any(right):
                found.append(([option.features for option in options], right))
    return found


def train_edges(studies: Sequence[Study]) -> bytes:
    """A judge of whether a name at the page's edge is a body's."""
    examples = []
    for study in studies:
        names = Names(study.marked.gold)
        known = {folded(name) for o in study.analysis.organisations for name in (o.name, *o.aliases)}
        bodies = names.listed | names.optional
        edges = edges_of(study.analysis.page, known)
        examples += [(edge.features, "yes" if names.of(edge.name) in bodies else "no") for edge in edges]
    return judge_bytes(examples, ["no", "yes"], strength=0.3)


def train_people(studies: list[Study]) -> dict[str, bytes]:
    examples = [examples_of(study) for study in studies]
    for number in range(INNER_FOLDS):
        outside = [example for k, example in enumerate(examples) if k % INNER_FOLDS != number]
        choose_roles(examples[number::INNER_FOLDS], judge_of(choice_bytes(role_choices(outside), strength=1.0)))
    edges = train_edges(studies)
    tenses = [
        (tense_features(example.study.analysis, case.person, case.role), case.item["tense"])
        for example in examples
        for case in example.cases
    ]
    return {
        "people-role.json": choice_bytes(role_choices(examples), strength=1.0),
        "people-edges.json": edges,
        "people-organisation.json": choice_bytes(organisation_choices(examples, judge_of(edges)), strength=0.1),
        "people-tense.json": judge_bytes(tenses, TENSES),
    }
