"""Training of who is to act: the judge that chooses among the actors of a page and those named together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from choices import Choice, choice_bytes
from scoring import Names
from study import judge_of

from handslag.reading.analysis import Analysis
from handslag.reading.facts.commitments.who import actors_of, candidates_of, likeliest
from handslag.reading.models import Judge, Span

if TYPE_CHECKING:
    from commitments import CommitmentStudy


def train_actors(studies: list[CommitmentStudy]) -> bytes:
    """The judge of who acts. It learns to lean on the commitment before as it is found, not as it should be.

    Therefore half of the pages are read by a judge of the other half, and the last judge learns from these readings.
    """
    halves = studies[::2], studies[1::2]
    choices: list[Choice] = []
    for taught, read in (halves, halves[::-1]):
        judge = judge_of(choice_bytes([choice for study in taught for choice in choices_of(study)]))
        choices += [choice for study in read for choice in choices_of(study, judge)]
    return choice_bytes(choices)


def choices_of(study: CommitmentStudy, judge: Judge | None = None) -> list[Choice]:
    """The choices at the study's gold commitments where the right one can be chosen.

    Who acted in the commitment before is what the judge chose there, without a judge what the gold says.
    """
    analysis: Analysis = study.analysis
    bodies = Names(study.study.marked.gold)
    cast = actors_of(analysis)
    names = [bodies.of(actor.name) for actor in cast.actors]
    found: list[Choice] = []
    before: tuple[int, ...] = ()
    before_at = -1
    for item, (first, last) in sorted(study.gold, key=lambda pair: pair[1]):
        sentence = study.page.sentences[study.page.sentence_of[first]]
        wanted = {bodies.of(name) for name in item["who"].split(";") if name}
        span, context = Span(first, last, "WHAT", 1.0), study.contexts[sentence.number]
        candidates = candidates_of(analysis, sentence, span, item["firmness"], cast, context, before, before_at)
        right = [{names[k] for k in candidate.actors} == wanted for candidate in candidates]
        if any(right):
            found.append(([candidate.features for candidate in candidates], right))
        if judge is not None:
            before = likeliest(judge, candidates)[0]
        else:
            before = tuple(k for k, name in enumerate(names) if name in wanted)
            if len({names[k] for k in before}) < len(wanted):
                before = ()
        before_at = sentence.number
    return found
