"""Trains judges in two ways that do better with few pages: choosing one of several candidates, and complement naive Bayes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.naive_bayes import ComplementNB

# features of one candidate each, and whether the candidate is right
Choice = tuple[list[list[str]], list[bool]]

# makes naive Bayes' far too sure scores into honest probabilities, found on pages that it had not seen
_COOLING = 0.2
# features of several words: once seen, they only fill the file
_PAIRS = ("i2:", "b2:", "bi:", "T:")


def choice_bytes(choices: Sequence[Choice], strength: float = 0.3, seen_least: int = 2) -> bytes:
    """Trains a judge whose odds tell which of the candidates is right: a conditional logit. Each choice has a right one."""
    rows = [features for candidates, _ in choices for features in candidates]
    seen = Counter(feature for features in rows for feature in set(features))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{f: 1.0 for f in features if seen[f] >= seen_least} for features in rows])
    turned = matrix.T.tocsr()
    right = np.array([is_right for _, flags in choices for is_right in flags], dtype=bool)
    sizes = [len(flags) for _, flags in choices]
    starts = np.cumsum([0, *sizes])[:-1]
    of_choice = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[of_choice])
        right_powers = np.where(right, powers, 0.0)
        totals, right_totals = np.add.reduceat(powers, starts), np.add.reduceat(right_powers, starts)
        slope = turned @ (powers / totals[of_choice] - right_powers / right_totals[of_choice])
        value = -np.sum(np.log(right_totals / totals)) + weights @ weights / (2 * strength)
        return float(value), slope + weights / strength

    best = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 120}).x
    named = zip(vectorizer.get_feature_names_out(), best, strict=True)
    weights = {str(name): [round(float(value), 2)] for name, value in named if abs(value) >= 0.02}
    return _file(["no", "yes"], weights, [0.0])


def complement_bytes(examples: Sequence[tuple[Sequence[str], str]], classes: Sequence[str]) -> bytes:
    """Trains a judge among several classes by complement naive Bayes, which many rare features mislead less."""
    seen = Counter(feature for features, _ in examples for feature in set(features))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{f: 1.0 for f in features if seen[f] > 1 or not f.startswith(_PAIRS)} for features, _ in examples]
    )
    labels = np.array([classes.index(label) for _, label in examples])
    model = ComplementNB(alpha=1.0).fit(matrix, labels)
    scores = model.feature_log_prob_ - model.feature_log_prob_.mean(axis=0)
    weights: dict[str, list[float]] = {}
    for k, name in enumerate(vectorizer.get_feature_names_out()):
        row = [round(_COOLING * float(value), 2) for value in scores[:, k]]
        if any(row):
            weights[str(name)] = row
    kept = [classes[int(k)] for k in model.classes_]
    return _file(kept, weights, [0.0] * len(kept))


def _file(classes: Sequence[str], weights: dict[str, list[float]], bias: list[float]) -> bytes:
    content = {"classes": list(classes), "weights": weights, "bias": bias}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
