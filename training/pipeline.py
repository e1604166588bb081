"""Training of all parts of the reader, each on what the parts before it really give on pages they have not seen.

A part's training data come from earlier parts that were trained on other pages (stacked generalisation, Wolpert 1992): the
pages are dealt into folds; each fold is read by models trained on the others. In the end every part is trained on all.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import names as names_data
from crf import train_crf
from marked import MarkedPage

from handslag.reading import analysis as steps
from handslag.reading.analysis import Analysis
from handslag.reading.features import sentence_features
from handslag.reading.models import Judge, Models, Tagger
from handslag.reading.names.tagger import name_rows
from handslag.reading.zones import page_features

FOLDS = 4
CrfData = list[tuple[list[list[str]], list[str]]]


def crf_bytes(data: CrfData, **options: float) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "part.crf"
        train_crf(data, path, **options)
        return path.read_bytes()


def train_base() -> bytes:
    """The tagger of the published corpora; it sees no marked page."""
    data = [(sentence_features(tokens, 0, len(tokens)), labels) for tokens, labels in names_data.published()]
    return crf_bytes(data, c1=0.1, c2=0.1, iterations=80, min_count=2)


class Study:
    """A marked page with its analysis as far as it has come."""

    def __init__(self, marked: MarkedPage) -> None:
        self.marked = marked
        self.analysis: Analysis = steps.start(marked.text, Models({}))
        steps.add_languages(self.analysis)


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

    def stage(self, names: Sequence[str], train: Callable[[list[Study]], dict[str, bytes]], apply: Callable[[Analysis], None]) -> None:
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
        return self.parts

    def train_names(self, studies: list[Study]) -> dict[str, bytes]:
        data: CrfData = []
        for study in studies:
            labels = names_data.gold_labels(study.marked)
            for sentence, rows in name_rows(study.analysis.page, self.models({})):
                data.append((rows, labels[sentence.first : sentence.last]))
        return {"names.crf": crf_bytes(data, c1=0.1, c2=0.1, iterations=80, min_count=2)}


def train_zones(studies: list[Study]) -> dict[str, bytes]:
    data = []
    for study in studies:
        page = study.marked.page
        data.append((page_features(page.text, page.lines), [zone for zone in study.marked.gold["zones"] if zone != "blank"]))
    return {"zones.crf": crf_bytes(data, c1=0.3, c2=0.3, iterations=100, min_count=2)}


def judge_bytes(examples: Sequence[tuple[Sequence[str], str]], classes: Sequence[str], strength: float = 0.3) -> bytes:
    """Trains a judge on (features, class) and gives its file; `strength` is scikit-learn's C."""
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(features, 1.0) for features, _ in examples])
    labels = np.array([classes.index(label) for _, label in examples])
    present = sorted(set(labels.tolist()))
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(matrix, labels)
    weights: dict[str, list[float]] = {}
    names = vectorizer.get_feature_names_out()
    for k, name in enumerate(names):
        row = [round(float(value), 3) for value in model.coef_[:, k]]
        if any(abs(value) >= 0.01 for value in row):
            weights[str(name)] = row
    kept = [classes[k] for k in present]
    content = {"classes": kept, "weights": weights, "bias": [round(float(b), 4) for b in model.intercept_]}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def judge_of(content: bytes) -> Judge:
    loaded = json.loads(content)
    return Judge(loaded["classes"], loaded["weights"], loaded["bias"])
