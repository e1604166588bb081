"""The cross-encoder, made of the weights that `make setup` installs and the adapters that come with Handslag."""

from __future__ import annotations

import hashlib
import io
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from handslag.following.linking.meaning import ADAPTERS_FILE
from handslag.kernel.errors import HandslagError
from handslag.language import published_encoder
from handslag.language.cross_encoder import CrossEncoder, _folder_of, distances
from handslag.language.published_encoder import published_weights

PROMISED = "The region will open a children's clinic in Ljungvik before the summer."
PAIRS = [
    (PROMISED, "Since Monday the youngest patients are received in their own ward in Ljungvik."),
    (PROMISED, "The railway company has bought forty locomotives."),
]


@pytest.fixture(scope="module")
def adapters() -> bytes:
    return files("handslag.following.linking").joinpath(ADAPTERS_FILE).read_bytes()


@pytest.fixture(scope="module")
def encoder(adapters: bytes) -> CrossEncoder:
    return CrossEncoder(adapters)


def test_the_weights_are_those_that_its_authors_published() -> None:
    told = hashlib.sha256(published_weights()).hexdigest()
    assert told == "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"


def test_what_tells_of_a_promise_scores_higher_though_it_shares_few_words(encoder: CrossEncoder) -> None:
    tells, does_not = encoder.scores(PAIRS)[:, 0]
    assert tells > 0 > does_not


def test_who_promised_and_who_tells_are_not_the_same_passage(encoder: CrossEncoder) -> None:
    (told,), (turned,) = encoder.scores(PAIRS[:1]), encoder.scores([(PAIRS[0][1], PAIRS[0][0])])
    assert abs(told - turned).max() > 0.1


def test_a_pair_scores_the_same_alone_and_beside_others(encoder: CrossEncoder) -> None:
    beside = encoder.scores([*PAIRS, ("Yes.", "No."), (" ".join(["clinic"] * 60), PROMISED)])
    for pair, score in zip(PAIRS, beside, strict=False):
        assert (encoder.scores([pair])[0] == score).all()


def test_passages_of_more_tokens_than_it_takes_are_cut(encoder: CrossEncoder) -> None:
    long, longer = (" ".join(["clinic"] * count) for count in (200, 400))
    assert encoder.scores([(long, long)])[0] == pytest.approx(encoder.scores([(longer, longer)])[0], abs=1e-3)


@pytest.mark.parametrize("text", ["", " ", "\N{SNOWMAN}\N{COMBINING ACUTE ACCENT}", "åäö" * 2000, "\0"])
def test_any_texts_have_a_score(encoder: CrossEncoder, text: str) -> None:
    assert np.isfinite(encoder.scores([(text, PROMISED), (PROMISED, text), (text, text)])).all()


def test_no_pairs_have_none(encoder: CrossEncoder) -> None:
    assert len(encoder.scores([])) == 0


def test_tokens_know_the_near_ones_before_and_after_them_and_how_far_others_are() -> None:
    of_the_first, of_the_last = distances(300)[0], distances(300)[-1]
    assert of_the_first[:9].tolist() == [0, 17, 18, 19, 20, 21, 22, 23, 24]
    assert of_the_last[-9:].tolist() == [8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert of_the_first[-1] == 31
    assert of_the_last[0] == 15


def test_what_is_made_is_kept_and_what_was_made_of_other_adapters_removed(adapters: bytes, tmp_path: Path) -> None:
    other = tmp_path / "cross_encoder-0123456789abcdef.onnx"
    other.write_bytes(b"")
    made = CrossEncoder(adapters, tmp_path).scores(PAIRS)
    (path,) = tmp_path.iterdir()
    begun = path.stat().st_mtime_ns
    assert path != other
    assert (CrossEncoder(adapters, tmp_path).scores(PAIRS) == made).all()
    assert path.stat().st_mtime_ns == begun


def test_a_damaged_encoder_is_told_with_its_place(adapters: bytes, tmp_path: Path) -> None:
    name = f"cross_encoder-{hashlib.sha256(adapters).hexdigest()[:16]}.onnx"
    (tmp_path / name).write_bytes(b"cut")
    with pytest.raises(HandslagError, match="remove the file") as told:
        CrossEncoder(adapters, tmp_path)
    assert str(tmp_path / name) in str(told.value)


def test_damaged_adapters_are_told_and_leave_nothing(adapters: bytes, tmp_path: Path) -> None:
    with pytest.raises(HandslagError, match="install"):
        CrossEncoder(adapters[:1000], tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_told(adapters: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(HandslagError, match="file"):
        CrossEncoder(adapters, tmp_path / "file" / "folder")


def test_a_model_that_is_not_installed_is_told(
    adapters: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published_encoder, "PACKAGES", ("no-such-package",))
    with pytest.raises(HandslagError, match="no-such-package"):
        CrossEncoder(adapters, tmp_path)


@pytest.mark.parametrize("sizes", [(5, 3, 4), (1,), (0, 2)])
def test_parts_are_read_as_one_file(tmp_path: Path, sizes: tuple[int, ...]) -> None:
    whole = bytes(range(sum(sizes)))
    parts = []
    for number, size in enumerate(sizes):
        first = sum(sizes[:number])
        parts.append(tmp_path / str(number))
        parts[-1].write_bytes(whole[first : first + size])
    joined = io.BufferedReader(published_encoder._Joined(parts), 2)
    assert joined.read() == whole
    for first in range(len(whole)):
        joined.seek(first)
        assert joined.read(3) == whole[first : first + 3]
    assert joined.seek(-1, io.SEEK_END) == len(whole) - 1
    assert joined.read() == whole[-1:]


def test_where_the_environment_cannot_be_written_the_users_caches_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment = tmp_path / "environment"
    monkeypatch.setattr("sys.prefix", str(environment))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    assert _folder_of("network.onnx") == tmp_path / "caches" / "handslag"
    (environment / "share" / "handslag").mkdir(parents=True)
    assert _folder_of("network.onnx") == environment / "share" / "handslag"
