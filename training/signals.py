"""Training of the judges of signals: what a sentence tells, and which happenings of a page count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marked import MarkedPage, places_in
from study import Study, judge_bytes, judge_of

from handslag.language.base_forms import folded
from handslag.reading import analysis as steps
from handslag.reading.analysis import Analysis
from handslag.reading.facts.signals.features import features_of
from handslag.reading.facts.signals.happenings import Happening, happening_features, happenings_of, is_same_happening
from handslag.reading.facts.signals.survey import OF_PERSONS, Candidate, Survey, candidates_of, survey_of
from handslag.reading.models import Models
from handslag.reading.names.tagger import Mention

SENTENCES = Path(__file__).with_name("signal_sentences.txt")
FOLDS = 5
Example = tuple[list[str], str]
YES, NO = "yes", "no"
_NAME = re.compile(r"<([+-]?)([^<>]+)>|\{([^{}]+)\}")
# what a sentence without a page cannot show
_OF_A_PAGE = re.compile(
    r"z:|pos\d|len\d|page:|seen|times|h:|below|named|first headline|(?:tells|may)\d\|[a-z]|[a-z_]+\|h\d|[a-z_]+\|label"
)


@dataclass
class Trial:
    """A page with its candidates, their features and what the gold says of them: yes, no, or "" for better not asked."""

    survey: Survey
    candidates: list[Candidate]
    rows: list[list[str]]
    labels: list[str]
    gold: list[set[int]]

    @property
    def examples(self) -> list[Example]:
        return [(row, label) for row, label in zip(self.rows, self.labels, strict=True) if label]


def train_signals(studies: Sequence[Study]) -> dict[str, bytes]:
    """The judge of tellings, and the judge of a page's happenings, which learns from pages the first has not seen."""
    trials = [trial_of(study.analysis, study.marked) for study in studies]
    sentences = sentence_examples()
    last: list[Example] = []
    for fold in range(FOLDS):
        others = [example for i, trial in enumerate(trials) if i % FOLDS != fold for example in trial.examples]
        judge = judge_of(_judge(others + sentences, 0.1))
        for trial in trials[fold::FOLDS]:
            probabilities = [judge.probability(row) for row in trial.rows]
            happenings = happenings_of(trial.survey, trial.candidates, probabilities)
            rows = happening_features(trial.survey, trial.candidates, happenings)
            last += zip(rows, happening_labels(trial, happenings), strict=True)
    every = [example for trial in trials for example in trial.examples]
    return {"signals.json": _judge(every + sentences, 0.1), "signals-page.json": _judge(last, 0.1)}


def _judge(examples: Sequence[Example], strength: float) -> bytes:
    return judge_bytes(examples, [NO, YES], strength)


def trial_of(analysis: Analysis, marked: MarkedPage) -> Trial:
    """The page's candidates, labelled by where the gold's subjects stand."""
    survey = survey_of(analysis)
    candidates = candidates_of(survey)
    rows = features_of(survey, candidates)
    gold: list[set[int]] = [set() for _ in candidates]
    labels = [NO] * len(candidates)
    wanted = {signal["kind"] for signal in marked.gold["signals"]}
    for number, (kind, tokens) in enumerate(gold_places(analysis, marked)):
        fitting = [
            n for n, candidate in enumerate(candidates) if candidate.kind == kind and _holds(survey, candidate, tokens)
        ]
        for n in fitting:
            gold[n].add(number)
        strengths = {n: _strength(survey, candidates[n]) for n in fitting}
        for n in fitting:
            if strengths[n] or not any(strengths.values()):
                labels[n] = YES
    for n, candidate in enumerate(candidates):
        if (
            labels[n] == NO
            and candidate.kind in wanted
            and not (candidate.kind in OF_PERSONS and candidate.person >= 0)
        ):
            # Another telling of a marked happening is neither right nor false.
            marked_ones = [m for m, other in enumerate(candidates) if labels[m] == YES and other.kind == candidate.kind]
            if not marked_ones or any(
                is_same_happening(survey, candidate.telling, candidates[m].telling) for m in marked_ones
            ):
                labels[n] = ""
    return Trial(survey, candidates, rows, labels, gold)


def gold_places(analysis: Analysis, marked: MarkedPage) -> Iterator[tuple[str, set[int]]]:
    """Each signal of the gold: its kind and the tokens where its subject stands."""
    tokens = analysis.page.tokens
    for signal in marked.gold["signals"]:
        found: set[int] = set()
        for subject in signal["subject"].split(";"):
            forms = [subject, *(a for a, b in marked.gold["aliases"].items() if folded(b) == folded(subject))]
            for start, end in (place for form in forms for place in places_in(marked.text, form)):
                found.update(i for i, token in enumerate(tokens) if token.start < end and token.end > start)
        yield signal["kind"], found


def _holds(survey: Survey, candidate: Candidate, tokens: set[int]) -> bool:
    if candidate.person >= 0 and candidate.kind in OF_PERSONS:
        person = survey.analysis.people[candidate.person]
        return any(mention.first in tokens for mention in person.mentions)
    telling = survey.told[candidate.telling].telling
    return any(i in tokens for i in range(telling.first, telling.last))


def _strength(survey: Survey, candidate: Candidate) -> int:
    return max(survey.told[candidate.telling].kinds.get(candidate.kind, 0), 0)


def happening_labels(trial: Trial, happenings: Sequence[Happening]) -> list[str]:
    """For each happening whether one of its tellings holds the subject of a marked signal."""
    return [YES if any(trial.gold[n] for n in happening.members) else NO for happening in happenings]


@cache
def _sentences() -> list[str]:
    lines = SENTENCES.read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def sentence_examples() -> list[Example]:
    """Examples from single sentences written for training."""
    examples: list[Example] = []
    for line in _sentences():
        kinds, marked_text = line.split(" | ", 1)
        analysis, signs = sentence_analysis(marked_text)
        survey = survey_of(analysis)
        candidates = candidates_of(survey)
        for candidate, row in zip(candidates, features_of(survey, candidates), strict=True):
            told = candidate.kind in kinds.split(", ")
            if candidate.kind in OF_PERSONS and signs:
                wanted = "+" if candidate.kind == "appointment" else "-"
                told = candidate.person >= 0 and signs.get(candidate.person) == wanted
            examples.append(([*(f for f in row if not _OF_A_PAGE.match(f)), "sentence"], YES if told else NO))
    return examples


def sentence_analysis(marked_text: str) -> tuple[Analysis, dict[int, str]]:
    """The analysis of a sentence whose names are marked, and the sign of each person: + comes, - leaves."""
    text, spans, position = "", [], 0
    for match in _NAME.finditer(marked_text):
        text += marked_text[position : match.start()]
        name = match.group(2) or match.group(3)
        spans.append((len(text), len(text) + len(name), "PER" if match.group(2) else "ORG", match.group(1) or ""))
        text += name
        position = match.end()
    text += marked_text[position:]
    analysis = steps.start(text, Models({}))
    steps.add_languages(analysis)
    page = analysis.page
    page.zones = ["body" if text[-1] in '.!?"' else "headline"]
    steps.pass_on_zones(page)
    signs: dict[int, str] = {}
    for start, end, kind, sign in spans:
        inside = [i for i, token in enumerate(page.tokens) if token.start < end and token.end > start]
        analysis.mentions.append(Mention(inside[0], inside[-1] + 1, kind, 1.0))
        if sign:
            signs[inside[0]] = sign
    steps.add_bearers(analysis)
    numbers = {number: signs.get(person.mentions[0].first, "") for number, person in enumerate(analysis.people)}
    return analysis, {number: sign for number, sign in numbers.items() if sign} if signs else {}
