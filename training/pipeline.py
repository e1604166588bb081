"""Training of all parts of the reader, each on what the parts before it really give on pages they have not seen.

A part's training data come from earlier parts that were trained on other pages (stacked generalisation, Wolpert 1992): the
pages are dealt into folds; each fold is read by models trained on the others. In the end every part is trained on all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import names as names_data
from marked import MarkedPage
from organisations import train_organisations
from study import CrfData, Study, crf_bytes, judge_bytes, judge_of
from terms import train_terms

from handslag.reading import analysis as steps
from handslag.reading.analysis import Analysis
from handslag.reading.facts.organisations import find_organisations
from handslag.reading.features import sentence_features
from handslag.reading.models import Models, Tagger
from handslag.reading.names.tagger import Rows, name_rows
from handslag.reading.zones import page_features

__all__ = ["Study", "Training", "crf_bytes", "judge_bytes", "judge_of", "train_base"]

FOLDS = 4


def train_base() -> bytes:
    """The tagger of the published corpora; it sees no marked page."""
    data = [(sentence_features(tokens, 0, len(tokens)), labels) for tokens, labels in names_data.published()]
    return crf_bytes(data, c1=0.1, c2=0.1, iterations=80, min_count=2)


class Training:
    """Trains part after part on a list of marked pages; `parts` holds the trained files by name."""

    def __init__(self, pages: Sequence[MarkedPage], base: bytes, folds: int = FOLDS) -> None:
        self.studies = [Study(page) for page in pages]
        self.folds = folds
        self.parts: dict[str, bytes] = {"names-base.crf": base}
        self._base = Tagger(base)

    def fold(self, number: int) -> tuple[list[Study], list[Study]]:
        """The studies outside and inside fold `number`."""
        outside = [s for i, s in enumerate(self.studies) if i % self.folds != number]
        return outside, self.studies[number :: self.folds]

    def models(self, parts: dict[str, bytes]) -> Models:
        models = Models(parts)
        models.put("names-base", self._base)
        return models

    def stage(self, names: Sequence[str], train: Callable[[list[Study]], dict[str, bytes]], apply: Callable[[Analysis], Any]) -> None:
        """Trains the parts `names` fold by fold, applies each to the pages it has not seen, then trains them on all."""
        for number in range(self.folds):
            outside, inside = self.fold(number)
            models = self.models(train(outside))
            for study in inside:
                study.analysis.models = models
                apply(study.analysis)
        self.parts.update(train(self.studies))

    def run(self) -> dict[str, bytes]:
        self.stage(["zones"], train_zones, steps.add_zones)
        self.stage(["names"], self.train_names, steps.add_names)
        self.stage(["terms"], train_terms, steps.add_terms)
        self.stage(["organisations"], train_organisations, find_organisations)
        for study in self.studies:
            steps.add_standing(study.analysis)
        return self.parts

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


def train_zones(studies: list[Study]) -> dict[str, bytes]:
    data = []
    for study in studies:
        page = study.marked.page
        data.append((page_features(page.text, page.lines), [zone for zone in study.marked.gold["zones"] if zone != "blank"]))
    return {"zones.crf": crf_bytes(data, c1=0.3, c2=0.3, iterations=100, min_count=2)}
