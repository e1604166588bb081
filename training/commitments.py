"""Training of the reader of commitments: where they stand, whether they are ones, how firm they are."""

from __future__ import annotations

from typing import Any

from actors import train_actors
from choices import complement_bytes
from gold import gold_spans, span_labels
from study import Study, crf_bytes, judge_bytes, judge_of

from handslag.reading.facts.commitments.judging import commitment_features, firmness_features, page_features
from handslag.reading.facts.commitments.tagger import commitment_rows, find_spans, name_kinds, sentence_contexts
from handslag.reading.facts.commitments.when import date_candidates, date_features
from handslag.reading.models import Span
from handslag.reading.page import Sentence


def train_spans(studies: list[Study]) -> dict[str, bytes]:
    data = []
    for study in studies:
        labels = span_labels(study.marked, study.analysis.page)
        contexts = sentence_contexts(study.analysis.page)
        data += [(rows, labels[s.first : s.last]) for s, rows in commitment_rows(study.analysis, contexts)]
    return {"commitments.crf": crf_bytes(data, c1=0.3, c2=0.2, iterations=80, min_count=3)}


FIRMNESS = ["done", "underway", "agreed", "promised", "assigned", "planned", "aim", "possible"]
INNER_FOLDS = 3
Examples = list[tuple[list[str], str]]


def add_spans(study: Study) -> None:
    """Finds the study's spans by the tagger it has; to be called with one that has not seen the page."""
    contexts = sentence_contexts(study.analysis.page)
    found = find_spans(study.analysis, contexts, study.analysis.models.tagger("commitments"))
    study.spans = [(sentence.number, span) for sentence, span in found]


def train_commitments(studies: list[Study]) -> dict[str, bytes]:
    """The judges of commitments, on studies whose spans are found."""
    ready = [CommitmentStudy(study) for study in studies]
    return {
        "commitments-firmness.json": train_firmness(ready),
        **train_links(ready),
        "commitments.json": train_judge(ready),
    }


class CommitmentStudy:
    """A study with what the commitments' judges need, made once: contexts, gold spans, spans that a tagger found."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.analysis = study.analysis
        self.page = study.analysis.page
        self.contexts = sentence_contexts(self.page)
        self.names = name_kinds(self.analysis)
        self.about = page_features(self.page)
        self.gold = [
            (item, span)
            for item, span in gold_spans(study.marked, self.page)
            if self.page.sentence_of[span[0]] in self.contexts
        ]
        self.spans: list[tuple[Sentence, Span]] = [(self.page.sentences[number], span) for number, span in study.spans]

    def features(self, sentence: Sentence, span: Span) -> list[str]:
        return firmness_features(self.analysis, sentence, span, self.contexts, self.names, self.about)

    def gold_of(self, span: Span) -> dict[str, Any] | None:
        """The gold commitment that overlaps the span by at least half of the shorter of both."""
        for item, (first, last) in self.gold:
            common = min(last, span.last) - max(first, span.first)
            if common > 0 and 2 * common >= min(last - first, span.last - span.first):
                return item
        return None


def train_firmness(studies: list[CommitmentStudy]) -> bytes:
    """The judge of firmness, on the gold's spans and on found spans that are right."""
    examples: Examples = []
    for study in studies:
        for item, (first, last) in study.gold:
            sentence = study.page.sentences[study.page.sentence_of[first]]
            examples.append((study.features(sentence, Span(first, last, "WHAT", 1.0)), item["firmness"]))
    return complement_bytes(examples, FIRMNESS)


def train_links(studies: list[CommitmentStudy]) -> dict[str, bytes]:
    """The judges of dates and actors, on the gold's spans with the gold's firmness."""
    dates: Examples = []
    for study in studies:
        analysis = study.analysis
        for item, (first, last) in study.gold:
            sentence = study.page.sentences[study.page.sentence_of[first]]
            span = Span(first, last, "WHAT", 1.0)
            candidates = date_candidates(analysis, sentence, item["firmness"])
            for candidate in candidates:
                right = bool(item["when"]) and item["when"].strip("/") == candidate.resolved.period
                dates.append(
                    (
                        date_features(analysis, sentence, span, item["firmness"], candidate, len(candidates)),
                        "yes" if right else "no",
                    )
                )
    return {
        "commitments-when.json": judge_bytes(dates, ["no", "yes"]),
        "commitments-who.json": train_actors(studies),
    }


def train_judge(studies: list[CommitmentStudy]) -> bytes:
    """The judge of whether a found span is a commitment; `spans` must come from a tagger that has not seen the page.

    The firmness that it sees is judged by one that has not seen the page either: else it is surer here than it will be.
    """
    examples: Examples = []
    for number in range(INNER_FOLDS):
        firmness = judge_of(train_firmness([s for i, s in enumerate(studies) if i % INNER_FOLDS != number]))
        for study in studies[number::INNER_FOLDS]:
            for sentence, span in study.spans:
                features = study.features(sentence, span)
                whole = commitment_features(sentence, span, features, firmness.best(features))
                examples.append((whole, "yes" if study.gold_of(span) else "no"))
    return judge_bytes(examples, ["no", "yes"], strength=0.1)
