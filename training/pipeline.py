"""Training of all parts of the reader, each on what the parts before it really give on pages they have not seen.

A part's training data come from earlier parts that were trained on other pages (stacked generalisation, Wolpert 1992): the
pages are dealt into folds; each fold is read by models trained on the others. In the end every part is trained on all.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

import names as names_data
from agreements import train_agreements
from calibration import threshold_bytes
from commitments import add_spans, train_commitments, train_spans
from events import train_events
from figures import train_figures
from marked import MarkedPage
from organisations import train_organisations
from people import train_people
from quotes import train_quotes
from signals import train_signals
from study import CrfData, Study, crf_bytes
from terms import train_terms

from handslag.reading import analysis as steps
from handslag.reading.facts.commitments.context import sentence_contexts
from handslag.reading.facts.commitments.find import commitments_of
from handslag.reading.facts.kinds import FINDERS
from handslag.reading.features import sentence_features
from handslag.reading.line_features import page_features
from handslag.reading.models import Models, Tagger
from handslag.reading.names.tagger import Rows, name_rows

FOLDS = 4
Train = Callable[[list[Study]], dict[str, bytes]]


def train_base() -> bytes:
    """The tagger of the published corpora; it sees no marked page."""
    data = [(sentence_features(tokens, 0, len(tokens)), labels) for tokens, labels in names_data.published()]
    return crf_bytes(data, c1=0.1, c2=0.1, iterations=80, min_count=2)


def train_zones(studies: list[Study]) -> dict[str, bytes]:
    data = []
    for study in studies:
        page = study.marked.page
        data.append(
            (page_features(page.text, page.lines), [zone for zone in study.marked.gold["zones"] if zone != "blank"])
        )
    return {"zones.crf": crf_bytes(data, c1=0.4, c2=0.7, iterations=100, min_count=2)}


class Training:
    """Trains part after part on a list of marked pages; `parts` holds the trained files by name.

    After `run`, every study's `found` holds its facts, read by models that have not seen the page.
    """

    def __init__(self, pages: Sequence[MarkedPage], base: bytes, folds: int = FOLDS, tell: bool = False) -> None:
        self.studies = [Study(page) for page in pages]
        self.folds = folds
        self.parts: dict[str, bytes] = {"names-base.crf": base}
        self._base = Tagger(base)
        self._tell = tell

    def run(self, kinds: Sequence[str] = tuple(FINDERS)) -> dict[str, bytes]:
        """Trains everything, then sets the thresholds by what was found on pages not seen."""
        self.stage("zones", train_zones, lambda study: steps.add_zones(study.analysis))
        self.stage("names", self.train_names, lambda study: steps.add_names(study.analysis))
        self.stage("terms", train_terms, lambda study: steps.add_terms(study.analysis))
        trainers: dict[str, Train] = {
            "organisations": train_organisations, "people": train_people, "quotes": train_quotes,
            "events": train_events, "figures": train_figures, "agreements": train_agreements, "commitments": train_commitments, "signals": train_signals,
        }  # fmt: skip
        for kind in kinds:
            if kind == "commitments":
                self.stage("commitments' spans", train_spans, add_spans)
            self.stage(kind, trainers[kind], self.finder(kind))
        self.parts["thresholds.json"] = threshold_bytes(self.studies)
        return self.parts

    def finder(self, kind: str) -> Callable[[Study], None]:
        """What reads one kind of fact off a study and keeps it."""

        def find(study: Study) -> None:
            if kind == "commitments":
                contexts = sentence_contexts(study.analysis.page)
                spans = [(study.analysis.page.sentences[number], span) for number, span in study.spans]
                study.found[kind] = list(commitments_of(study.analysis, contexts, spans))
            else:
                study.found[kind] = list(FINDERS[kind](study.analysis))

        return find

    def stage(self, name: str, train: Train, apply: Callable[[Study], object]) -> None:
        """Trains a part fold by fold, applies each to the pages it has not seen, then trains it on all."""
        begun = time.monotonic()
        for number in range(self.folds):
            models = self.models(train([s for i, s in enumerate(self.studies) if i % self.folds != number]))
            for study in self.studies[number :: self.folds]:
                study.analysis.models = models
                apply(study)
        self.parts.update(train(self.studies))
        if self._tell:
            print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)

    def models(self, parts: dict[str, bytes]) -> Models:
        models = Models(parts)
        models.put("names-base", self._base)
        return models

    def rows_of(self, study: Study) -> Rows:
        """The study's features for the name tagger: they rest on the base tagger and the zones alone, so they are made once."""
        if study.name_rows is None:
            study.name_rows = name_rows(study.analysis.page, self.models({}))
        return study.name_rows

    def train_names(self, studies: list[Study]) -> dict[str, bytes]:
        data: CrfData = []
        for study in studies:
            labels = names_data.gold_labels(study.marked)
            for sentence, rows in self.rows_of(study):
                data.append((rows, labels[sentence.first : sentence.last]))
        return {"names.crf": crf_bytes(data, c1=0.1, c2=0.1, iterations=80, min_count=2)}
