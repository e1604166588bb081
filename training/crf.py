"""Training of conditional random fields (python-crfsuite, L-BFGS with elastic net)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pycrfsuite


def train_crf(
    data: Iterable[tuple[Sequence[Sequence[str]], Sequence[str]]],
    path: Path,
    c1: float = 0.1,
    c2: float = 0.1,
    iterations: int = 120,
    min_count: int = 1,
    repeat: int = 1,
) -> None:
    """Trains on sequences of (features of each item, label of each item) and writes the model file."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for features, labels in data:
        for _ in range(repeat):
            trainer.append(features, labels)
    trainer.set_params(
        {
            "c1": c1,
            "c2": c2,
            "max_iterations": iterations,
            "feature.minfreq": min_count,
            "feature.possible_transitions": True,
        }
    )
    trainer.train(str(path))
