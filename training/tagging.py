"""Training of the name tagger, and of the teacher that shows it places."""

from __future__ import annotations

from collections.abc import Sequence

import names as names_data
from invented import with_invented_names
from study import CrfData, Study, crf_bytes

from handslag.reading.features import sentence_features
from handslag.reading.models import Tagger
from handslag.reading.names.tagger import name_chunks, name_rows
from handslag.reading.page import Page

# how often each page is read with invented names beside its own
COPIES = 1


def train_base() -> bytes:
    """The tagger of the published corpora, which names places as the marked pages do not; it sees no marked page."""
    data = [(sentence_features(tokens, 0, len(tokens)), labels) for tokens, labels in names_data.published()]
    return crf_bytes(data, c1=0.1, c2=0.1, iterations=80, min_count=2)


class NameData:
    """The name tagger's training data, made once for each page: with its own names and with invented ones."""

    def __init__(self, studies: Sequence[Study], teacher: Tagger, copies: int = COPIES) -> None:
        self._teacher = teacher
        self._copies = copies
        self._small = frozenset(t.form for study in studies for t in study.analysis.page.tokens if t.form.islower())
        self._of: dict[str, CrfData] = {}

    def prepare(self, studies: list[Study]) -> None:
        """Makes the data of all pages, so that those who train beside each other need not."""
        for study in studies:
            self._data_of(study)

    def train(self, studies: list[Study]) -> dict[str, bytes]:
        data = [pair for study in studies for pair in self._data_of(study)]
        return {"names.crf": crf_bytes(data, c1=0.1, c2=0.1, iterations=80, min_count=2)}

    def _data_of(self, study: Study) -> CrfData:
        name = study.marked.name
        if name not in self._of:
            page = study.analysis.page
            gold = names_data.gold_labels(study.marked)
            labels = names_data.with_places(page, gold, self._teacher)
            found = _labelled(page, labels)
            for copy in range(self._copies):
                other = with_invented_names(page, gold, self._small, f"{name} {copy}")
                found += _labelled(other, labels)
            self._of[name] = found
        return self._of[name]


def _labelled(page: Page, labels: Sequence[str]) -> CrfData:
    return [
        (chunk.rows, list(labels[chunk.first : chunk.first + len(chunk.rows)]))
        for chunk in name_chunks(page, name_rows(page))
    ]
