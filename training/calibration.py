"""The thresholds of "certain", "probable" and "weak", set on facts that were read by models which had not seen the page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import scoring
from study import Study

# The measure by which a found fact of each kind counts as right.
MEASURES = {
    "organisations": "organisations", "people": "people", "events": "events", "agreements": "agreements", "figures": "figures",
    "quotes": "quotes", "commitments": "commitments", "signals": "signals",
}  # fmt: skip
CERTAIN = 0.975
PROBABLE = 0.70
# facts that must stand above a threshold before it can be trusted
ENOUGH = 60


def judged(study: Study, kind: str) -> list[tuple[float, bool]]:
    """Every found fact's probability and whether it is right; those that the gold calls optional are left out."""
    scored = study.found[kind]
    items = [{**asdict(s.fact), "number": k} for k, s in enumerate(scored)]
    if kind == "people":
        seen: set[str] = set()
        result = []
        gold = {scoring.folded(p["name"]) for p in study.marked.gold["people"]}
        for s in scored:
            name = scoring.folded(s.fact.name)
            if name not in seen:
                seen.add(name)
                result.append((s.probability, name in gold))
        return result
    order = sorted(range(len(items)), key=lambda k: -scored[k].probability)
    count = scoring.KINDS[MEASURES[kind]][1](study.marked, [items[k] for k in order])
    right = {f["number"] for _, f in count.pairs}
    skipped: set[int] = set()
    if kind == "organisations":
        names = scoring.Names(study.marked.gold)
        skipped = {f["number"] for f in items if names.of(f["name"]) in names.optional}
    return [(s.probability, k in right) for k, s in enumerate(scored) if k not in skipped]


def thresholds(pairs: Sequence[tuple[float, bool]]) -> tuple[float, float, float]:
    """(certain, probable, keep): the least probabilities above which precision holds, and with the best F1."""
    ordered = sorted(pairs, reverse=True)
    total = sum(right for _, right in ordered)
    certain, probable, keep = 1.01, 1.01, 0.3
    right, best = 0, 0.0
    for n, (probability, is_right) in enumerate(ordered, 1):
        right += is_right
        if n < len(ordered) and ordered[n][0] == probability:
            continue
        if n >= ENOUGH and right / n >= CERTAIN:
            certain = probability
        if right / n >= PROBABLE:
            probable = probability
        f1 = 2 * right / (n + total)
        if f1 > best:
            best, keep = f1, probability
    probable = min(probable, certain)
    return round(certain, 4), round(max(probable, keep) if probable > keep else probable, 4), round(min(keep, probable), 4)


def threshold_bytes(studies: Sequence[Study]) -> bytes:
    kinds = sorted({kind for study in studies for kind in study.found})
    limits: dict[str, Any] = {}
    for kind in kinds:
        limits[kind] = thresholds([pair for study in studies for pair in judged(study, kind)])
    return json.dumps(limits).encode()
