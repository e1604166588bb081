"""Studies: marked pages with their analysis as far as it has come; and what trains taggers and judges into files."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from crf import train_crf
from marked import MarkedPage
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from handslag.reading import analysis as steps
from handslag.reading.analysis import Analysis
from handslag.reading.models import Judge, Models, Span
from handslag.reading.names.tagger import Rows
from handslag.reading.results import Scored

# a feature that fewer examples show says nothing that holds elsewhere
SEEN = 2
CrfData = list[tuple[list[list[str]], list[str]]]


class Study:
    """A marked page with its analysis as far as it has come."""

    def __init__(self, marked: MarkedPage) -> None:
        self.marked = marked
        self.analysis: Analysis = steps.start(marked.text, Models({}))
        steps.add_languages(self.analysis)
        day = marked.gold.get("date") or ""
        self.analysis.said_on = date.fromisoformat(day) if len(day) == 10 else None
        steps.add_dates(self.analysis)
        self.name_rows: Rows | None = None
        self.spans: list[tuple[int, Span]] = []
        self.found: dict[str, list[Scored[Any]]] = {}


def crf_bytes(data: CrfData, **options: float) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "part.crf"
        train_crf(data, path, **options)
        return path.read_bytes()


def judge_bytes(examples: Sequence[tuple[Sequence[str], str]], classes: Sequence[str], strength: float = 0.3) -> bytes:
    """Trains a judge on (features, class) and gives its file; `strength` is scikit-learn's C."""
    vectorizer = DictVectorizer()
    seen = Counter(feature for features, _ in examples for feature in set(features))
    matrix = vectorizer.fit_transform([{f: 1.0 for f in features if seen[f] >= SEEN} for features, _ in examples])
    labels = np.array([classes.index(label) for _, label in examples])
    present = sorted(set(labels.tolist()))
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(matrix, labels)
    weights: dict[str, list[float]] = {}
    names = vectorizer.get_feature_names_out()
    for k, name in enumerate(names):
        row = [round(float(value), 2) for value in model.coef_[:, k]]
        if any(abs(value) >= 0.02 for value in row):
            weights[str(name)] = row
    kept = [classes[k] for k in present]
    content = {"classes": kept, "weights": weights, "bias": [round(float(b), 4) for b in model.intercept_]}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def judge_of(content: bytes) -> Judge:
    loaded = json.loads(content)
    return Judge(loaded["classes"], loaded["weights"], loaded["bias"])
