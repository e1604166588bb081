"""Raised characters: powers keep their meaning, the marks of notes are left out of the running text."""

from __future__ import annotations

import re

_NOTE = re.compile(r"\s*\(?\[?[\d,*†‡]{1,5}\]?\)?\s*")
_UNIT_BEFORE = re.compile(r"(?:(?:^|[\s\d/(])[mckd]?m|\d)\Z")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(value: str, before: str) -> str:
    """How raised text reads after `before`: "m²", "10⁶", "1st"; a note's mark is "" ("Region Skåne", not "Skåne2")."""
    if not _NOTE.fullmatch(value):
        return value
    digits = value.strip()
    if digits.isdigit() and digits.isascii() and _UNIT_BEFORE.search(before):
        return digits.translate(_RAISED)
    return ""
