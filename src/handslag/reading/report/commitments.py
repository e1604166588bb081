"""Commitments in the report: from the firmest words to the loosest, those of one agreement together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handslag.kernel.markup import Html, join, tag
from handslag.kernel.passages import Passage
from handslag.reading.report.canvas import one_space
from handslag.reading.report.chapter import Chapter, dated
from handslag.reading.report.passages import cue_passage, locate_words
from handslag.reading.report.periods import period_in_words
from handslag.reading.report.wording import Pair, integer, label, same, sentence
from handslag.reading.results import CommitmentFact
from handslag.vocabulary.load import vocabulary


def firmness_scale() -> list[str]:
    """The scale of firmness, from done to possible."""
    return list(vocabulary("labels")["firmness"])


def commitment_lists(chapter: Chapter) -> Html:
    """One list for each degree of firmness that occurs."""
    by_degree: dict[str, list[CommitmentFact]] = {firmness: [] for firmness in firmness_scale()}
    for fact in chapter.reading.commitments:
        by_degree.setdefault(fact.firmness, []).append(fact)
    return join(_degree(chapter, firmness, facts) for firmness, facts in by_degree.items() if facts)


def _degree(chapter: Chapter, firmness: str, facts: Sequence[CommitmentFact]) -> Html:
    canvas = chapter.canvas
    strong = sum(fact.certainty != "weak" for fact in facts)
    known = firmness in vocabulary("report_texts")["firmness_means"]
    heading = tag(
        "h4",
        canvas.say(label("firmness", firmness).capital, class_="degree"),
        canvas.say(sentence("firmness_means", firmness), class_="means") if known else None,
        tag("span", integer(strong).sv, class_="count") if strong > 1 else None,
    )
    deeds = [_deed(chapter, group) for group in _together(facts)]
    return tag("section", heading, tag("ul", *deeds, class_="facts"), class_=f"f-{firmness}{'' if strong else ' weak'}")


def _together(facts: Sequence[CommitmentFact]) -> Iterable[list[CommitmentFact]]:
    """What the same words lay on the same actors stands together, where the first does.

    The same words: one passage that says several things, or the opening words above the list in an agreement.
    """
    groups: dict[tuple[object, ...], list[CommitmentFact]] = {}
    for fact in facts:
        words = fact.evidence if fact.agreement is None else fact.evidence[1:]
        groups.setdefault((fact.agreement, fact.who, fact.who_basis, words), []).append(fact)
    return groups.values()


def _deed(chapter: Chapter, facts: Sequence[CommitmentFact]) -> Html:
    first = facts[0]
    if len(facts) == 1:
        head = tag("p", _who(chapter, first), _when(chapter, first), class_="deed-head")
        what, proof = _what_and_words(chapter, first, first.evidence[1:])
        return chapter.fact(first, head, what, proof=proof, class_="deed", notes=_notes(chapter, first))
    name = chapter.agreements.get(first.agreement or "", "")
    under = chapter.canvas.say(sentence("fact", "under_agreement", name=name), class_="under") if name else None
    head = tag("p", _who(chapter, first), under, class_="deed-head")
    all_say_the_same = all(fact.evidence == first.evidence for fact in facts)
    shared = first.evidence if all_say_the_same else first.evidence[1:]
    inner = [_one_of_several(chapter, fact, words_are_told=all_say_the_same) for fact in facts]
    weak = " weak" if all(fact.certainty == "weak" for fact in facts) else ""
    return tag("li", head, _passages(chapter, facts, shared), tag("ul", *inner), class_=f"deed together{weak}")


def _one_of_several(chapter: Chapter, fact: CommitmentFact, *, words_are_told: bool) -> Html:
    if words_are_told:
        what, proof = chapter.words(fact.what, "p", "what"), None
    else:
        what, proof = _what_and_words(chapter, fact, ())
    line = tag("div", what, _when(chapter, fact), class_="deed-head")
    return chapter.fact(fact, line, proof=proof, notes=_notes(chapter, fact, under_agreement=False))


def _who(chapter: Chapter, fact: CommitmentFact) -> Html:
    if not fact.who:
        return chapter.canvas.say(sentence("fact", "unnamed"), class_="who nobody")
    inferred = chapter.canvas.say(label("basis", "inferred"), class_="tag") if fact.who_basis == "inferred" else None
    return tag("span", one_space(chapter.names(fact.who), inferred), class_="who")


def _when(chapter: Chapter, fact: CommitmentFact) -> Html | None:
    if fact.when:
        return chapter.canvas.say(dated(period_in_words(fact.when), "", fact.basis), class_="when")
    return chapter.words(fact.when_text, class_="when") if fact.when_text else None


def _what_and_words(chapter: Chapter, fact: CommitmentFact, further: Sequence[Passage]) -> tuple[Html, Html]:
    """What is to be done, and the words that say so; where both are nearly alike, the words stand for both."""
    if not fact.evidence:
        return chapter.words(fact.what, "p", "what"), Html("")
    first, deciding = fact.evidence[0], cue_passage(fact)
    nearly_alike = len(_letters(first.quote)) <= 1.25 * len(_letters(fact.what))
    cue_is_inside = bool(locate_words(fact.what, fact.cue)) or deciding != first
    if not nearly_alike:
        return chapter.words(fact.what, "p", "what"), _passages(chapter, (fact,), (first, *further))
    said = fact.what if cue_is_inside else first.quote
    what = tag(
        "p", chapter.quote(said, [fact.cue] if deciding == first else ()), class_="what", lang=chapter.language or None
    )
    return what, _passages(chapter, (fact,), further)


def _passages(chapter: Chapter, facts: Sequence[CommitmentFact], passages: Sequence[Passage]) -> Html:
    """The passages with the deciding words, and on paper and small screens the others too."""
    cues: dict[Passage | None, list[str]] = {}
    for fact in facts:
        cues.setdefault(cue_passage(fact), []).append(fact.cue)
    return join(
        chapter.passage(passage, "always" if passage in cues else "narrow", cues.get(passage, ()))
        for passage in passages
    )


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _notes(chapter: Chapter, fact: CommitmentFact, *, under_agreement: bool = True) -> tuple[Pair, ...]:
    """What else is known of a commitment, in words."""
    notes = []
    if fact.condition:
        notes.append(sentence("fact", "condition", words=same(fact.condition)))
    if fact.said_by:
        notes.append(sentence("fact", "said_by", name=same(fact.said_by.replace(";", ", "))))
    if fact.to_whom:
        notes.append(sentence("fact", "to_whom", name=same(fact.to_whom.replace(";", ", "))))
    name = chapter.agreements.get(fact.agreement or "", "")
    if name and under_agreement:
        notes.append(sentence("fact", "under_agreement", name=name))
    if fact.theme:
        notes.append(sentence("fact", "theme", theme=label("theme", fact.theme)))
    return tuple(notes)
