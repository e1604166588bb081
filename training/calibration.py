"""The thresholds of "certain", "probable" and "weak", set on facts that were read by models which had not seen the page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import scoring

if TYPE_CHECKING:  # it needs the packages of the training
    from study import Study

# The measure by which a found fact of each kind counts as right.
MEASURES = {
    "organisations": "organisations", "people": "people", "events": "events", "agreements": "agreements", "figures": "figures",
    "quotes": "quotes", "commitments": "commitments", "signals": "signals",
}  # fmt: skip
CERTAIN = 0.975
PROBABLE = 0.70
# The share of the right facts that is called certain, as far as precision allows: no more than is asked for, with little room, since
# every fact called certain can be a false one.
SHARES = {"organisations": 0.52, "people": 0.53, "quotes": 0.53, "figures": 0.52, "commitments": 0.215}
OTHER_SHARE = 0.10
# facts that must stand above a threshold before it can be trusted: with 200 the 95 % lower bound of 0.975 is 0.95
ENOUGH = 200


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


def thresholds(pairs: Sequence[tuple[float, bool]], share: float) -> tuple[float, float, float]:
    """(certain, probable, keep): the least probabilities of each word.

    Certain: precision holds above it, and about `share` of the right facts that are kept stand above it. Keep: the best F1.
    """
    ordered = sorted(pairs, reverse=True)
    total = sum(right for _, right in ordered)
    precise, probable, keep = 1.01, 1.01, 0.3
    right, best, kept_right = 0, 0.0, 0
    trusted: list[tuple[int, float]] = []
    for n, (probability, is_right) in enumerate(ordered, 1):
        right += is_right
        if n < len(ordered) and ordered[n][0] == probability:
            continue
        if n >= ENOUGH and right / n >= CERTAIN:
            precise = probability
            trusted.append((right, probability))
        if right / n >= PROBABLE:
            probable = probability
        f1 = 2 * right / (n + total)
        if f1 > best:
            best, keep, kept_right = f1, probability, right
    certain = next((probability for right, probability in trusted if right >= share * kept_right), precise)
    keep = min(keep, certain)
    return round(certain, 4), round(min(max(probable, keep), certain), 4), round(keep, 4)


def threshold_bytes(studies: Sequence[Study]) -> bytes:
    kinds = sorted({kind for study in studies for kind in study.found})
    limits: dict[str, Any] = {}
    for kind in kinds:
        limits[kind] = thresholds(
            [pair for study in studies for pair in judged(study, kind)], SHARES.get(kind, OTHER_SHARE)
        )
    return json.dumps(limits).encode()


def out_of_fold_table(studies: Sequence[Study], limits: dict[str, Any]) -> list[str]:
    """Precision, recall and F1 of every kind as found by models that had not seen the page; a first look, not the benchmark."""
    rows = []
    for name, (kind, measure) in scoring.KINDS.items():
        count = scoring.Count()
        for study in studies:
            if kind in study.found:
                kept = [asdict(s.fact) for s in study.found[kind] if s.probability >= limits[kind][2]]
                count.add(measure(study.marked, kept))
        rows.append(
            f"{name:32} P {count.precision:.3f}  R {count.recall:.3f}  F1 {count.f1:.3f}  ({count.right}/{count.false}/{count.missed})"
        )
    return rows
