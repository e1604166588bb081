"""Sentences as vectors: two that mean alike lie near one another, also where they share no word.

The encoder is all-MiniLM-L6-v2 of Sentence-BERT (Reimers and Gurevych 2019; MiniLM: Wang et al. 2020; Apache 2.0): a BERT of six
layers whose outputs are averaged. It runs here in plain numpy, so that no framework for training networks has to be installed. It
knows English only.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from handslag.kernel.errors import HandslagError

Floats = NDArray[np.float32]

_LAYERS: Final = 6
_HEADS: Final = 12
_SMALLEST: Final = np.float32(1e-12)
# Longer passages are cut: the rest would change little, and costs its square.
_MOST_TOKENS: Final = 128
_TOGETHER: Final = 16
_NOT_THERE: Final = np.float32(-1e9)


class Encoded(NamedTuple):
    """A text as vectors of length 1: one for the whole, (384,), and one for each of its tokens, (tokens, 384), in half precision."""

    whole: Floats
    tokens: NDArray[np.float16]


class SentenceEncoder:
    """The encoder whose weights (`model.safetensors`) and tokenizer (`tokenizer.json`) lie in a folder."""

    def __init__(self, folder: Path) -> None:
        """HandslagError where a file is missing or damaged."""
        try:
            self._load(folder)
        except Exception as error:  # the tokenizer raises nothing more special
            raise HandslagError(f"{folder}: the encoder of sentences is damaged ({error}); install it again") from error

    def _load(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        weights = load_file(folder / "model.safetensors")
        self._words: Floats = weights["embeddings.word_embeddings.weight"]
        # Every token is of the first of BERT's two segments.
        self._places: Floats = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self._norm = weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"]
        self._layers = [_Layer(weights, f"encoder.layer.{number}.") for number in range(_LAYERS)]

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """The vectors of texts."""
        tokens: list[list[int]] = [self._tokenizer.encode(text).ids for text in texts]
        found: dict[int, Encoded] = {}
        # Texts of like length go together: tokens look at those of their text in a table as wide as the longest.
        order = sorted(range(len(texts)), key=lambda number: len(tokens[number]))
        for first in range(0, len(order), _TOGETHER):
            chosen = order[first : first + _TOGETHER]
            states = self._states([tokens[number] for number in chosen])
            found.update((number, _encoded(state)) for number, state in zip(chosen, states, strict=True))
        return [found[number] for number in range(len(texts))]

    def _states(self, tokens: Sequence[Sequence[int]]) -> list[Floats]:
        """What the last layer gives for each text: (tokens, 384)."""
        lengths = [len(row) for row in tokens]
        places = np.concatenate([np.arange(length) for length in lengths])
        state = _normal(
            self._words[np.concatenate([np.array(row) for row in tokens])] + self._places[places], *self._norm
        )
        there = np.arange(max(lengths)) < np.array(lengths)[:, None]
        for layer in self._layers:
            state = layer.next(state, there)
        return np.split(state, np.cumsum(lengths)[:-1])


def _encoded(states: Floats) -> Encoded:
    """The first and the last token only mark where a text begins and ends: they belong to the whole and are no words of it."""
    whole = states.mean(0)
    words = states[1:-1]
    return Encoded(
        whole / np.linalg.norm(whole), (words / np.linalg.norm(words, axis=1, keepdims=True)).astype(np.float16)
    )


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
