"""Two passages read together: what the second is to the first, also where they share no word.

The network is all-mpnet-base-v2 (`language.published_encoder`), which knows English only, made a cross-encoder (Nogueira and Cho 2019) by
adapters of low rank (LoRA: Hu et al. 2022), which were trained on pairs (`training/cross_encoder.py`). It runs on the processor by ONNX Runtime.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from handslag.kernel.errors import HandslagError
from handslag.language.published_encoder import TOKENIZER

Floats = NDArray[np.float32]

# Longer passages are cut: the rest would change little, and costs its square.
MOST_TOKENS: Final = (66, 75)
# What stands between both passages beside the end of the first.
SEPARATOR: Final = 2
# Distances between tokens have numbers: each near one its own, far ones together.
_DISTANCES: Final = 32
_FARTHEST: Final = 128


class CrossEncoder:
    """The published network with adapters; made on this machine when first asked for."""

    def __init__(self, adapters: bytes, folder: Path | None = None) -> None:
        """`adapters`: a file of safetensors; `folder`: where the network's file is kept, by default in the Python environment or, where that
        cannot be written, among the user's caches. HandslagError where something is missing or damaged, or cannot be written.
        """
        name = f"cross_encoder-{hashlib.sha256(adapters).hexdigest()[:16]}.onnx"
        path = (folder or _folder_of(name)) / name
        try:
            if not path.exists():
                _make(adapters, path)
            self._load(path)
        except Exception as error:  # what is damaged raises much, and the runtime nothing more special
            raise HandslagError(
                f"{path}: the encoder of sentences cannot be used ({error}); remove the file if it is there, and install requirements/encoder.txt again"
            ) from error

    def _load(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        # More threads wait for each other in networks this small, and the hub has a process for each processor.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # That fused operator takes a sixth of the time, unfused next to nothing.
        slower = ["SkipLayerNormFusion"]
        self._session = onnxruntime.InferenceSession(
            path, options, ["CPUExecutionProvider"], disabled_optimizers=slower
        )
        told = self._session.get_modelmeta().custom_metadata_map
        self._tokenizer = Tokenizer.from_str(told[TOKENIZER])
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(sum(MOST_TOKENS))
        self._outputs: int = self._session.get_outputs()[0].shape[1]

    def scores(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """For each pair of passages what the adapters' head makes of it: (pairs, outputs).

        One pair at a time: whole numbers are scaled by the largest of a run, and a pair's score is not to depend on others.
        """
        found = np.zeros((len(pairs), self._outputs), np.float32)
        for row, (first, second) in enumerate(pairs):
            tokens = [token for part in joined_tokens(self._tokenizer, first, second) for token in part]
            places = np.arange(len(tokens))
            asked = {"tokens": np.array([tokens]), "places": places[None], "distances": distances(len(tokens))}
            (found[row],) = self._session.run(None, asked)[0]
        return found


def joined_tokens(tokenizer: Tokenizer, first: str, second: str) -> tuple[list[int], list[int]]:
    """The tokens of both passages: what marks the beginning stands before the first only."""
    of_first, of_second = MOST_TOKENS
    return tokenizer.encode(first).ids[:of_first], [SEPARATOR, *tokenizer.encode(second).ids[1 : 1 + of_second]]


def distances(length: int) -> NDArray[np.int64]:
    """The number of the distance of each of `length` tokens to each, (length, length), by which MPNet knows it: half of the numbers for
    either side, half of these for near ones, farther ones by the logarithm of how far (T5: Raffel et al. 2020).
    """
    places = np.arange(length)
    offset = places[:, None] - places[None, :]
    side = _DISTANCES // 2
    near = side // 2
    far = np.abs(offset)
    farther = near + np.log(np.maximum(far, near) / near) / np.log(_FARTHEST / near) * (side - near)
    found: NDArray[np.int64] = np.where(far < near, far, np.minimum(farther.astype(np.int64), side - 1))
    found += side * (offset < 0)
    return found


def _folder_of(name: str) -> Path:
    """Where this file is, or else where it may be written."""
    environment = Path(sys.prefix)
    shared = environment / "share" / "handslag"
    if (shared / name).exists() or os.access(environment, os.W_OK):
        return shared
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "handslag"


def _make(adapters: bytes, path: Path) -> None:
    """Makes the network's file, and removes those of other adapters."""
    from handslag.language.encoder_making import make_network  # noqa: PLC0415  # what it needs is slow to load

    make_network(adapters, path)
    for other in path.parent.glob("cross_encoder-*.onnx"):
        if other != path:
            other.unlink(missing_ok=True)
