"""The tokens of a text as both databases index them."""

from __future__ import annotations

import re


def tokens_of(text: str) -> str:
    """Distinct tokens, separated by spaces."""
    return " ".join(dict.fromkeys(re.findall(r"\w+", text.casefold())))
