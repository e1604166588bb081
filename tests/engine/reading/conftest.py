"""Documents to read, made from text as the loader would make them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from handslag.reading.loading import LoadedDocument

MakeDocument = Callable[..., LoadedDocument]


@pytest.fixture
def document() -> MakeDocument:
    """`document(text)`: a loaded text file with this text; what else is known of it by name."""

    def make(text: str, **known: Any) -> LoadedDocument:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return LoadedDocument("sidor/sida.txt", digest, "txt", text, **known)

    return make
