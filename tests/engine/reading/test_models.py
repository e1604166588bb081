"""Models: taggers and judges out of one file, and a plain message where it is missing or damaged."""

from __future__ import annotations

import json
import math
import zipfile
from pathlib import Path

import pycrfsuite
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.kernel.errors import HandslagError
from handslag.reading.models import Judge, Models, Span, Tagger, installed_models, models_in


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    """A tagger that has learnt that "x" begins an X, that "i" goes on with it and that "y" is a Y."""
    trainer = pycrfsuite.Trainer(verbose=False)
    labels = {"x": "B-X", "i": "I-X", "y": "B-Y", "o": "O"}
    for words in ("oxio", "xiio", "oxxo", "oyo", "yxi", "oo", "xyo", "xo", "yo", "oxi"):
        trainer.append([[word] for word in words], [labels[word] for word in words])
    file = tmp_path_factory.mktemp("model") / "small.crf"
    trainer.set_params({"max_iterations": 60, "c2": 0.01})
    trainer.train(str(file))
    return Tagger(file.read_bytes())


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ("oxiio", [(1, 4, "X")]),
        ("xx", [(0, 1, "X"), (1, 2, "X")]),
        ("yxi", [(0, 1, "Y"), (1, 3, "X")]),
        ("oo", []),
        ("", []),
    ],
)
def test_a_tagger_gives_spans_to_their_very_end(tagger: Tagger, words: str, spans: list[tuple[int, int, str]]) -> None:
    found = tagger.spans([[word] for word in words])
    assert [(span.first, span.last, span.label) for span in found] == spans
    assert all(0 < span.probability <= 1 for span in found)


def test_a_lone_surrogate_is_a_feature_like_any_other_unknown_one(tagger: Tagger) -> None:
    assert tagger.labels([["o", "\ud800"], ["x"], ["i"]]) == ["O", "B-X", "I-X"]


def test_a_span_is_as_probable_as_its_least_sure_token(tagger: Tagger) -> None:
    (span,) = tagger.spans([["o"], ["x"], ["i"], ["o"]])
    assert span.probability == min(tagger.marginal("B-X", 1), tagger.marginal("I-X", 2))


def test_runners_up_are_those_that_might_be_and_are_not_taken(tagger: Tagger) -> None:
    rows = [["o"], ["x"], ["o"], ["unseen"]]
    spans = tagger.spans(rows)
    taken = {i for span in spans for i in range(span.first, span.last)}
    assert 1 in taken
    everywhere = tagger.runners_up(spans, range(4), "X", 0.0)
    assert {i for span in everywhere for i in range(span.first, span.last)} == set(range(4)) - taken
    assert tagger.runners_up(spans, range(4), "X", 1.1) == []
    assert all(isinstance(span, Span) and span.label == "X" for span in everywhere)


def test_a_judge_of_yes_and_no_is_a_sigmoid_over_the_features_it_knows() -> None:
    judge = Judge(["no", "yes"], {"good": [2.0], "bad": [-3.0]}, [0.5])
    assert judge.probability(["good", "unheard of"]) == pytest.approx(1 / (1 + math.exp(-2.5)))
    assert judge.probability(["good", "bad"]) == pytest.approx(1 / (1 + math.exp(0.5)))
    assert judge.best(["bad"])[0] == "no"


def test_a_judge_among_several_is_a_softmax() -> None:
    judge = Judge(["a", "b", "c"], {"f": [1.0, 0.0, -1.0]}, [0.0, 0.0, 0.0])
    powers = [math.exp(1), 1, math.exp(-1)]
    assert judge.probabilities(["f"]) == pytest.approx([power / sum(powers) for power in powers])
    assert judge.best(["f"])[0] == "a"


@given(st.lists(st.sampled_from(["f", "g", "h"]), max_size=2000))
def test_probabilities_sum_to_one_however_strong_the_features(features: list[str]) -> None:
    weights = {"f": [900.0, -900.0, 3.0], "g": [-1e5, 2.0, 0.0]}
    assert sum(Judge(["a", "b", "c"], weights, [0.0] * 3).probabilities(features)) == pytest.approx(1)
    assert sum(Judge(["a", "b"], {"f": [900.0], "g": [-1e5]}, [0.0]).probabilities(features)) == pytest.approx(1)


def test_a_missing_part_is_named_with_what_to_do() -> None:
    for ask in (Models({}).tagger, Models({}).judge, Models({}).table):
        with pytest.raises(HandslagError, match=r"names.*make model"):
            ask("names")


def test_a_part_is_made_once() -> None:
    models = Models({"links.json": json.dumps({"classes": ["no", "yes"], "weights": {}, "bias": [0.0]}).encode()})
    assert models.has("links")
    assert not models.has("names")
    assert models.judge("links") is models.judge("links")


def test_a_model_file_gives_its_parts(tmp_path: Path) -> None:
    file = tmp_path / "small.model"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("thresholds.json", '{"people": [1, 1, 1]}')
    assert models_in(file).table("thresholds") == {"people": [1, 1, 1]}


@pytest.mark.parametrize("content", [None, b"", b"no zip at all", b"PK\x03\x04" + b"\x00" * 100])
def test_a_missing_or_damaged_model_file_is_named_with_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "broken.model"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(HandslagError, match=r"broken\.model.*make model"):
        models_in(file)


def test_a_model_file_with_a_damaged_part_is_named(tmp_path: Path) -> None:
    file = tmp_path / "broken.model"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("thresholds.json", json.dumps(list(range(5000))))
    content = bytearray(file.read_bytes())
    content[2000:2200] = bytes(200)
    file.write_bytes(content)
    with pytest.raises(HandslagError, match=r"broken\.model"):
        models_in(file)


def test_the_installed_models_are_read_once_and_small() -> None:
    assert installed_models() is installed_models()
    file = Path(models_in.__code__.co_filename).with_name("reader.model")
    assert file.stat().st_size < 3_000_000
