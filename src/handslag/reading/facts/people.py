"""Persons as facts: who they are, in which role, where, and whether they come or go.

Role phrases and organisations near a person are judged pair by pair; the likeliest of each is taken if it is likely enough.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cache
from itertools import islice

from handslag.language.base_forms import plain
from handslag.language.lexicon import classes_of
from handslag.reading.analysis import Analysis
from handslag.reading.facts.organisations import bucket
from handslag.reading.names.nearness import Relation, relation, words_between
from handslag.reading.names.organisations import Organisation
from handslag.reading.names.people import Person
from handslag.reading.names.tagger import Mention
from handslag.reading.page import Page
from handslag.reading.results import PersonFact, Scored
from handslag.reading.spans import Term
from handslag.vocabulary.load import vocabulary

LEAST_ROLE = 0.3
LEAST_ORGANISATION = 0.2
NEAR_SENTENCES = 4


def person_features(analysis: Analysis, person: Person) -> list[str]:
    """What speaks for and against the name being one person's whole name."""
    page = analysis.page
    words = person.name.split()
    best = max(mention.probability for mention in person.mentions)
    found = ["max" + bucket(best), "mentions" + str(min(3, len(person.mentions))), "words" + str(min(5, len(words)))]
    found += ["lang=" + page.language]
    found += ["first=" + c for c in classes_of(words[0])] + ["last=" + c for c in classes_of(words[-1])]
    if not classes_of(words[0]):
        found.append("first unknown")
    found += [
        "org word" for word in words if any(c.startswith(("org", "-org", "legal", "place")) for c in classes_of(word))
    ][:1]
    sentence = page.sentences[page.sentence_of[person.mentions[0].first]]
    found += ["z=" + sentence.zone, "alone" if sentence.last - sentence.first == len(words) else "within"]
    first = person.mentions[0]
    found.append("before=" + (page.tokens[first.first - 1].form.lower() if first.first > sentence.first else "^"))
    found.append("after=" + (page.tokens[first.last].form.lower() if first.last < sentence.last else "$"))
    if any(
        organisation.name in person.name or person.name in organisation.name for organisation in analysis.organisations
    ):
        found.append("organisation too")
    if any(c.isdigit() for c in person.name) or not all(
        word[0].isupper() or "particle" in classes_of(word) for word in words
    ):
        found.append("odd")
    if person.name.isupper():
        found.append("upper")
    return found


def nearest(page: Page, mentions: list[Mention], span: tuple[int, int]) -> tuple[Mention, Relation]:
    """The mention that stands nearest to `span`, and how the span stands to it."""
    pairs = [(relation(page, (m.first, m.last), span), m) for m in mentions]
    best = min(pairs, key=lambda pair: pair[0].cost)
    return best[1], best[0]


def role_features(analysis: Analysis, person: Person, term: Term, names_at: list[int]) -> list[str] | None:
    """What speaks for and against the role phrase being the person's; None if it stands too far away."""
    page = analysis.page
    mention, found = nearest(page, person.mentions, (term.first, term.last))
    if found.sentences > NEAR_SENTENCES:
        return None
    near, between = relation_features(page, mention, found, names_at, "PER")
    sentence = page.sentences[page.sentence_of[term.first]]
    head = page.tokens[term.last - 1].form.lower()
    features = ["p" + bucket(term.probability), "z=" + sentence.zone, "lang=" + page.language, *near]
    features += [near[0] + "&" + between, near[0] + "&z=" + sentence.zone, "head=" + head]
    if mention is person.mentions[0]:
        features.append("first mention")
    if page.tokens[term.first].form[0].isupper():
        features.append("capital")
    if sentence.last - sentence.first == term.last - term.first:
        features += ["role alone", near[0] + "&role alone"]
    whose = page.sentences[page.sentence_of[mention.first]]
    if whose.last - whose.first == mention.last - mention.first:
        features += ["name alone", near[0] + "&name alone"]
    return features


def relation_features(
    page: Page, mention: Mention, found: Relation, names_at: list[int], kind: str
) -> tuple[list[str], str]:
    """Features of a relation: the first is where, the second value the words between."""
    where = found.side + ("=" if found.sentences == 0 else str(min(4, found.sentences)))
    between = words_between(page, found)
    between_them = names_at[bisect_left(names_at, found.first) : bisect_left(names_at, found.last)][:3]
    others = sum(1 for i in between_them if i != mention.first)
    distance = sum(found.tokens >= step for step in (1, 2, 3, 4, 6, 9, 14, 22))
    features = [where, where + "&d" + str(distance), where + "&others" + str(min(2, others)), "between=" + between]
    if found.tokens:
        features.append(where + "&next=" + page.tokens[found.first].form.lower())
        features.append(where + "&last=" + page.tokens[found.last - 1].form.lower())
        marks = "".join(
            islice(
                (page.tokens[i].form for i in range(found.first, found.last) if not page.tokens[i].form[0].isalnum()), 6
            )
        )[:6]
        features.append(where + "&marks=" + marks)
    a, b = (
        page.sentences[page.sentence_of[mention.first]],
        page.sentences[page.sentence_of[min(found.last, len(page.sentence_of) - 1)]],
    )
    if found.sentences and a.block == b.block and a.is_row:
        features.append(where + "&same row")
    if found.sentences and a.zone != b.zone:
        features.append(where + "&other zone")
    return features, between


def organisation_link_features(
    analysis: Analysis, person: Person, role: Term | None, organisation: Organisation, names_at: list[int]
) -> list[str] | None:
    """What speaks for and against the person belonging to the organisation; None if they stand too far apart."""
    page = analysis.page
    spans = analysis.spans_of(organisation)
    pairs = [
        (relation(page, (m.first, m.last), span), m) for m in person.mentions[:4] for span in _around(spans, m.first)
    ]
    found, mention = min(pairs, key=lambda pair: pair[0].cost)
    standing = analysis.standing[id(organisation)]
    if found.sentences > NEAR_SENTENCES and standing == ["rank3"]:
        return None
    near, between = relation_features(page, mention, found, names_at, "ORG")
    where = near[0]
    features = ["p:" + item for item in near] + ["p:" + where + "&" + between]
    features += ["lang=" + page.language, "kind=" + organisation.kind, "org" + bucket(organisation.certainty)]
    features += standing
    features += [where + "&" + item for item in standing]
    zone = page.sentences[page.sentence_of[mention.first]].zone
    features += ["z=" + zone + "&" + where, *("z=" + zone + "&" + item for item in standing)]
    recency = _recency(analysis, organisation, mention.first)
    features += ["recent" + str(min(4, recency)), "recent" + str(min(4, recency)) + "&" + where]
    if recency == 0:
        features += ["last named&" + item for item in standing] + ["last named&z=" + zone]
    if len(analysis.organisations) == 1:
        features.append("the only one")
    if role is not None:
        to_role = [(relation(page, (role.first, role.last), span)) for span in _around(spans, role.first)]
        best = min(to_role, key=lambda r: r.cost)
        features += _role_to_organisation(page, role, best, organisation)
    else:
        features.append("no role")
    return features


def _recency(analysis: Analysis, organisation: Organisation, place: int) -> int:
    """How many other organisations were named (or stood for) between its last mention before `place` and that place; 9: none."""
    last_of, in_order = analysis.last_named_before(place)
    own = last_of.get(id(organisation), -1)
    if own < 0:
        return 9
    return len(in_order) - bisect_right(in_order, own)


def _around(spans: list[tuple[int, int]], place: int) -> list[tuple[int, int]]:
    """Those of the spans, in reading order, among which the nearest to a place must be."""
    i = bisect_left(spans, (place, 0))
    return spans[max(0, i - 2) : i + 2]


def _role_to_organisation(page: Page, role: Term, found: Relation, organisation: Organisation) -> list[str]:
    where = found.side + ("=" if found.sentences == 0 else str(min(3, found.sentences)))
    between = words_between(page, found, 3)
    head = page.tokens[role.last - 1].form.lower()
    features = [
        "r:" + where,
        "r:" + where + "&" + between,
        "r:d" + str(min(8, found.tokens)) + where[:3],
        "r:head=" + head + "&kind=" + organisation.kind,
    ]
    features.append("r:head4=" + head[-5:] + "&kind=" + organisation.kind)
    if found.side == "within":
        features.append("r:inside")
    return features


def names_at(mentions: list[Mention], kind: str) -> list[int]:
    """Where the names of one kind begin."""
    """Where names of a kind begin, in reading order."""
    return sorted(mention.first for mention in mentions if mention.kind == kind)


def role_of(analysis: Analysis, person: Person, people_at: list[int]) -> tuple[Term | None, float]:
    """The likeliest role phrase of the person and how likely it is; None if none is likely enough."""
    judge = analysis.models.judge("people-role")
    best: tuple[Term | None, float] = (None, 0.0)
    for term in analysis.terms:
        if term.kind == "ROLE":
            features = role_features(analysis, person, term, people_at)
            if features is not None:
                probability = judge.probability(features)
                if probability > best[1]:
                    best = (term, probability)
    return best if best[1] >= LEAST_ROLE else (None, 1 - best[1])


def organisation_of(
    analysis: Analysis, person: Person, role: Term | None, organisations_at: list[int]
) -> tuple[Organisation | None, float]:
    """The likeliest organisation of the person in that role."""
    judge = analysis.models.judge("people-organisation")
    best: tuple[Organisation | None, float] = (None, 0.0)
    for organisation in analysis.organisations:
        if organisation.certainty < 0.25:
            continue
        features = organisation_link_features(analysis, person, role, organisation, organisations_at)
        if features is not None:
            probability = judge.probability(features)
            if probability > best[1]:
                best = (organisation, probability)
    return best if best[1] >= LEAST_ORGANISATION else (None, 1 - best[1])


@cache
def _tense_words() -> dict[str, str]:
    return {word: tense for tense, words in vocabulary("tenses").items() for word in words}


def tense_features(analysis: Analysis, person: Person, role: Term | None) -> list[str]:
    """The words of coming and going around the person and the role."""
    page = analysis.page
    words = _tense_words()
    found = ["lang=" + page.language]
    numbers = {page.sentence_of[m.first] for m in person.mentions[:3]}
    if role is not None:
        numbers.add(page.sentence_of[role.first])
        found += [
            "role:" + words[w]
            for w in (page.tokens[i].form.lower() for i in range(max(0, role.first - 3), role.last))
            if w in words
        ]
    counts: Counter[str] = Counter()
    for number in numbers:
        sentence = page.sentences[number]
        for i in range(sentence.first, sentence.last):
            tense = words.get(page.tokens[i].form.lower())
            if tense:
                counts[tense] += 1
    found += ["some " + tense for tense in counts] or ["no sign"]
    for mention in person.mentions[:2]:
        sentence = page.sentences[page.sentence_of[mention.first]]
        for name, low, high in (
            ("b:", max(sentence.first, mention.first - 4), mention.first),
            ("a:", mention.last, min(sentence.last, mention.last + 4)),
        ):
            found += [name + words[w] for w in (page.tokens[i].form.lower() for i in range(low, high)) if w in words]
            found += [name + page.tokens[i].form.lower() for i in range(low, high)]
    return found


def find_people(analysis: Analysis) -> list[Scored[PersonFact]]:
    """The persons of the page, each with role, organisation and tense as far as they are told."""
    judge, tense_judge = analysis.models.judge("people"), analysis.models.judge("people-tense")
    people_at, organisations_at = names_at(analysis.mentions, "PER"), names_at(analysis.mentions, "ORG")
    found = []
    for person in analysis.people:
        probability = judge.probability(person_features(analysis, person))
        role, _ = role_of(analysis, person, people_at)
        organisation, _ = organisation_of(analysis, person, role, organisations_at)
        tense, _ = tense_judge.best(tense_features(analysis, person, role))
        evidence = [p for m in person.mentions for p in analysis.page.passages(m.first, m.last)[:1]]
        if role is not None:
            evidence += analysis.page.passages(role.first, role.last)
        fact = PersonFact(
            person=person.name, name=person.name, aliases=tuple(dict.fromkeys(person.aliases)),
            role=plain(analysis.page.words(role.first, role.last)) if role else "",
            organisation=organisation.name if organisation else "", tense=tense, evidence=tuple(evidence),
        )  # fmt: skip
        found.append(Scored(fact, probability))
    return found
