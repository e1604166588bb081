"""Two passages read together: what the second is to the first, also where they share no word.

The network is all-MiniLM-L6-v2 of Sentence-BERT (Reimers and Gurevych 2019; MiniLM: Wang et al. 2020; Apache 2.0), a BERT of six layers
that knows English only, made a cross-encoder (Nogueira and Cho 2019) by adapters of low rank (LoRA: Hu et al. 2022), which were trained
on pairs (`training/cross_encoder.py`). It runs here in plain numpy, so that no framework for training networks has to be installed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, load_file
from tokenizers import Tokenizer

from handslag.kernel.errors import HandslagError

Floats = NDArray[np.float32]

_LAYERS: Final = 6
_HEADS: Final = 12
_SMALLEST: Final = np.float32(1e-12)
# Longer passages are cut: the rest would change little, and costs its square.
MOST_TOKENS: Final = (60, 68)
_TOGETHER: Final = 16
_NOT_THERE: Final = np.float32(-1e9)


class CrossEncoder:
    """The network whose weights (`model.safetensors`) and tokenizer (`tokenizer.json`) lie in a folder, with its adapters."""

    def __init__(self, folder: Path, adapters: bytes) -> None:
        """`adapters`: a file of safetensors; HandslagError where something is missing or damaged."""
        try:
            self._load(folder, adapters)
        except Exception as error:  # the tokenizer raises nothing more special
            raise HandslagError(f"{folder}: the encoder of sentences is damaged ({error}); install it again") from error

    def _load(self, folder: Path, adapters: bytes) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(sum(MOST_TOKENS))
        weights = load_file(folder / "model.safetensors")
        _adapt(weights, {name: value.astype(np.float32) for name, value in load(adapters).items()})
        self._words: Floats = weights["embeddings.word_embeddings.weight"]
        self._places: Floats = weights["embeddings.position_embeddings.weight"]
        self._segments: Floats = weights["embeddings.token_type_embeddings.weight"]
        self._norm = weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"]
        self._layers = [_Layer(weights, f"encoder.layer.{number}.") for number in range(_LAYERS)]
        self._head = weights["head.weight"].T, weights["head.bias"]

    def scores(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """For each pair of passages what the adapters' head makes of it: (pairs, outputs)."""
        rows = [self._joined(*pair) for pair in pairs]
        found = np.zeros((len(rows), len(self._head[1])), np.float32)
        # Pairs of like length go together: tokens look at those of their pair in a table as wide as the longest.
        order = sorted(range(len(rows)), key=lambda number: sum(map(len, rows[number])))
        for first in range(0, len(order), _TOGETHER):
            chosen = order[first : first + _TOGETHER]
            for number, state in zip(chosen, self._states([rows[number] for number in chosen]), strict=True):
                found[number] = state.mean(0) @ self._head[0] + self._head[1]
        return found

    def _joined(self, first: str, second: str) -> tuple[list[int], list[int]]:
        """The tokens of both: what marks the beginning stands before the first only."""
        of_first, of_second = MOST_TOKENS
        return (
            self._tokenizer.encode(first).ids[:of_first],
            self._tokenizer.encode(second).ids[1 : 1 + of_second],
        )

    def _states(self, rows: Sequence[tuple[Sequence[int], Sequence[int]]]) -> list[Floats]:
        """What the last layer gives for each pair: (tokens, 384)."""
        lengths = [len(first) + len(second) for first, second in rows]
        tokens = np.array([token for row in rows for part in row for token in part])
        places = np.concatenate([np.arange(length) for length in lengths])
        segments = np.array([segment for row in rows for segment, part in enumerate(row) for _ in part])
        state = _normal(self._words[tokens] + self._places[places] + self._segments[segments], *self._norm)
        there = np.arange(max(lengths)) < np.array(lengths)[:, None]
        for layer in self._layers:
            state = layer.next(state, there)
        return np.split(state, np.cumsum(lengths)[:-1])


def _adapt(weights: dict[str, Floats], adapters: dict[str, Floats]) -> None:
    """Adds the product of `NAME.lora_b` and `NAME.lora_a` to `NAME.weight`; what is of no adapter replaces what has its name."""
    for name, value in adapters.items():
        if name.endswith(".lora_a"):
            stem = name.removesuffix(".lora_a")
            weights[stem + ".weight"] = weights[stem + ".weight"] + adapters[stem + ".lora_b"] @ value
        elif not name.endswith(".lora_b"):
            weights[name] = value


class _Layer:
    """One layer of the encoder: each token looks at all others, then at itself."""

    def __init__(self, weights: dict[str, Floats], prefix: str) -> None:
        asked = [prefix + f"attention.self.{part}." for part in ("query", "key", "value")]
        self._asked = (
            np.concatenate([weights[name + "weight"] for name in asked]).T.copy(),
            np.concatenate([weights[name + "bias"] for name in asked]),
        )
        self._attended = _of(weights, prefix + "attention.output.dense")
        self._wide = _of(weights, prefix + "intermediate.dense")
        self._narrow = _of(weights, prefix + "output.dense")
        self._norms = [
            (weights[prefix + name + ".weight"], weights[prefix + name + ".bias"])
            for name in ("attention.output.LayerNorm", "output.LayerNorm")
        ]

    def next(self, state: Floats, there: NDArray[np.bool_]) -> Floats:
        """The state after this layer. Both states are (tokens of all texts, 384); `there` tells where tokens stand in a table with a
        row for each text, (texts, most tokens).
        """
        texts, length = there.shape
        asked = np.zeros((texts, length, 3 * state.shape[1]), np.float32)
        asked[there] = _linear(state, *self._asked)
        query, key, value = asked.reshape(texts, length, 3, _HEADS, -1).transpose(2, 0, 3, 1, 4)
        scores = query @ key.transpose(0, 1, 3, 2)
        scores /= np.sqrt(np.float32(query.shape[-1]))
        scores += np.where(there, np.float32(0), _NOT_THERE)[:, None, None, :]
        scores -= scores.max(-1, keepdims=True)
        powers = np.exp(scores, out=scores)
        powers /= powers.sum(-1, keepdims=True)
        seen = (powers @ value).transpose(0, 2, 1, 3).reshape(texts, length, -1)[there]
        seen = _linear(seen, *self._attended)
        seen += state
        state = _normal(seen, *self._norms[0])
        narrow = _linear(_gelu(_linear(state, *self._wide)), *self._narrow)
        narrow += state
        return _normal(narrow, *self._norms[1])


def _of(weights: dict[str, Floats], name: str) -> tuple[Floats, Floats]:
    return weights[name + ".weight"].T.copy(), weights[name + ".bias"]


# What follows works in place where it can: for tables that are written anew memory is fetched anew each time.


def _linear(state: Floats, weight: Floats, bias: Floats) -> Floats:
    found: Floats = state @ weight
    found += bias
    return found


def _normal(state: Floats, weight: Floats, bias: Floats) -> Floats:
    moved: Floats = state - state.mean(-1, keepdims=True)
    spread = np.sqrt((moved * moved).mean(-1, keepdims=True) + _SMALLEST)
    moved /= spread
    moved *= weight
    moved += bias
    return moved


def _gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit by its hyperbolic tangent (Hendrycks and Gimpel 2016), within 0.001 of the exact one."""
    powers = np.float32(0.044715) * values
    powers *= values
    powers *= values
    powers += values
    powers *= np.float32(0.7978845608)
    np.tanh(powers, out=powers)
    powers += 1
    values *= np.float32(0.5)
    values *= powers
    return values
