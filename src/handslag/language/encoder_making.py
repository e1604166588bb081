"""Makes the network of the cross-encoder on this machine: the published weights, the adapters added, in whole numbers of eight bits, as ONNX.

Whole numbers make it three times as fast on a processor. A few inputs of a layer grow a hundred times as large as the others and would leave
these no digits; so each input is divided by about what it may grow to, and its weights multiplied by it (SmoothQuant: Xiao et al. 2023). What it
may grow to lies beside the adapters (`training/cross_encoder.py`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load

from handslag.language.published_encoder import TOKENIZER, published_tokenizer, published_weights

Floats = NDArray[np.float32]

_LAYERS: Final = 12
_HEADS: Final = 12
_OF_A_HEAD: Final = 64
_SMALLEST: Final = 1e-5
# The published weights count places from here.
_FIRST_PLACE: Final = 2
# Seven of the eight bits: with all, older processors add up to more than they can hold, and scores would differ between machines.
_LARGEST_WEIGHT: Final = 63
# How much of what is large in an input goes to its weights (alpha of SmoothQuant).
_TO_THE_WEIGHTS: Final = 0.8
_HARDLY_ANYTHING: Final = 1e-3


def make_network(adapters: bytes, target: Path) -> None:
    """Writes the network's file, some 130 MB, in some seconds. Its inputs: `tokens` and `places` (1, tokens) and `distances`, the number of
    the distance of each token to each (tokens, tokens); it gives what the adapters' head makes of both passages (1, outputs).

    `adapters`: a file of safetensors. What is written is there whole or not at all.
    """
    weights = {name: value.astype(np.float32) for name, value in load(published_weights()).items()}
    _adapt(weights, {name: value.astype(np.float32) for name, value in load(adapters).items()})
    network = _Graph().network(weights)
    helper.set_model_props(network, {TOKENIZER: published_tokenizer()})
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting = target.with_suffix(f".{os.getpid()}.new")
    try:
        onnx.save(network, waiting)
        waiting.replace(target)
    finally:
        waiting.unlink(missing_ok=True)


def _adapt(weights: dict[str, Floats], adapters: Mapping[str, Floats]) -> None:
    """Adds the product of `NAME.lora_b` and `NAME.lora_a` to `NAME.weight`; what is of no adapter replaces what has its name."""
    for name, value in adapters.items():
        if name.endswith(".lora_a"):
            stem = name.removesuffix(".lora_a")
            weights[stem + ".weight"] = weights[stem + ".weight"] + adapters[stem + ".lora_b"] @ value
        elif not name.endswith(".lora_b"):
            weights[name] = value


class _Graph:
    """An ONNX graph as it is written: its operators and what they hold."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._held: list[TensorProto] = []

    def network(self, weights: Mapping[str, Floats]) -> onnx.ModelProto:
        """MPNet: what each token is and where it stands, twelve layers, the mean of all tokens, a head."""
        words = self._op(
            "Gather", self._hold(weights["embeddings.word_embeddings.weight"].astype(np.float16)), "tokens"
        )
        places = self._hold(weights["embeddings.position_embeddings.weight"][_FIRST_PLACE:])
        state = self._op("Add", self._op("Cast", words, to=TensorProto.FLOAT), self._op("Gather", places, "places"))
        state = self._normal(state, weights, "embeddings.LayerNorm")
        near = self._op("Gather", self._hold(weights["encoder.relative_attention_bias.weight"]), "distances")
        near = self._op("Transpose", near, perm=[2, 0, 1])
        for number in range(_LAYERS):
            state = self._layer(state, near, weights, f"encoder.layer.{number}.")
        state = self._op("ReduceMean", state, self._hold(np.array([1])), keepdims=0)
        head = self._hold(weights["head.weight"].T), self._hold(weights["head.bias"])
        self._nodes.append(helper.make_node("Gemm", [state, *head], ["scores"]))
        shapes: dict[str, Sequence[str | int | None]] = {
            "tokens": [1, "length"],
            "places": [1, "length"],
            "distances": ["length", "length"],
        }
        graph = helper.make_graph(
            self._nodes,
            "cross-encoder",
            [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name, shape in shapes.items()],
            [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, len(weights["head.bias"])])],
            self._held,
        )
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)

    def _layer(self, state: str, near: str, weights: Mapping[str, Floats], prefix: str) -> str:
        """One layer: each token looks at all, then at itself."""
        asked = prefix + "attention.attn."
        joined = self._linear(state, weights, [asked + part for part in "qkv"], asked + "largest")
        heads = self._op("Reshape", joined, self._hold(np.array([0, 0, 3 * _HEADS, _OF_A_HEAD])))
        heads = self._op("Transpose", heads, perm=[0, 2, 1, 3])
        query, key, value = self._split(heads)
        scores = self._op("MatMul", query, self._op("Transpose", key, perm=[0, 1, 3, 2]))
        scores = self._op("Mul", scores, self._hold(np.array(_OF_A_HEAD**-0.5, np.float32)))
        seen = self._op("MatMul", self._op("Softmax", self._op("Add", scores, near), axis=-1), value)
        seen = self._op("Reshape", self._op("Transpose", seen, perm=[0, 2, 1, 3]), self._hold(np.array([0, 0, -1])))
        seen = self._linear(seen, weights, [asked + "o"], asked + "o.largest")
        state = self._normal(self._op("Add", seen, state), weights, prefix + "attention.LayerNorm")
        wide, narrow = prefix + "intermediate.dense", prefix + "output.dense"
        found = self._op("Gelu", self._linear(state, weights, [wide], wide + ".largest"))
        found = self._linear(found, weights, [narrow], narrow + ".largest")
        return self._normal(self._op("Add", found, state), weights, prefix + "output.LayerNorm")

    def _linear(self, state: str, weights: Mapping[str, Floats], names: Sequence[str], largest: str) -> str:
        """The state times one or several weights side by side, in whole numbers."""
        weight = np.concatenate([weights[name + ".weight"] for name in names]).T
        grown = np.maximum(weights[largest], _HARDLY_ANYTHING) ** _TO_THE_WEIGHTS
        smooth = grown / np.maximum(abs(weight).max(1), _HARDLY_ANYTHING) ** (1 - _TO_THE_WEIGHTS)
        state = self._op("Mul", state, self._hold((1 / smooth).astype(np.float32)))
        weight = weight * smooth[:, None]
        scale = abs(weight).max(0) / _LARGEST_WEIGHT
        whole = self._hold(np.round(weight / scale).astype(np.int8))
        told, told_scale, zero = (f"{state}_{part}" for part in ("whole", "scale", "zero"))
        self._nodes.append(helper.make_node("DynamicQuantizeLinear", [state], [told, told_scale, zero]))
        product = self._op("MatMulInteger", told, whole, zero, self._hold(np.zeros(len(scale), np.int8)))
        both = self._op("Mul", told_scale, self._hold(scale.astype(np.float32)))
        product = self._op("Mul", self._op("Cast", product, to=TensorProto.FLOAT), both)
        return self._op("Add", product, self._hold(np.concatenate([weights[name + ".bias"] for name in names])))

    def _normal(self, state: str, weights: Mapping[str, Floats], name: str) -> str:
        held = [self._hold(weights[f"{name}.{part}"]) for part in ("weight", "bias")]
        return self._op("LayerNormalization", state, *held, epsilon=_SMALLEST)

    def _split(self, heads: str) -> tuple[str, str, str]:
        query, key, value = (f"{heads}_{part}" for part in ("query", "key", "value"))
        sizes = self._hold(np.array([_HEADS] * 3))
        self._nodes.append(helper.make_node("Split", [heads, sizes], [query, key, value], axis=1))
        return query, key, value

    def _op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def _hold(self, value: NDArray[Any]) -> str:
        name = f"held_{len(self._held)}"
        self._held.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name
