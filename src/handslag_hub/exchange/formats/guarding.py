"""Cells that a spreadsheet would take for a formula (OWASP, CSV Injection)."""

from __future__ import annotations

_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def begins_formula(words: str) -> bool:
    """True for words that a spreadsheet may take for a formula, or that let one begin in the next cell."""
    return words.startswith(_BEGIN_FORMULAS)


def guarded(words: str) -> str:
    """The words, behind an apostrophe where a spreadsheet would take them for a formula."""
    return f"'{words}" if begins_formula(words) else words
