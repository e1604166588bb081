"""Raised characters: powers keep their meaning, the marks of notes are left out of the running text."""

from __future__ import annotations

import re

_NOTE = re.compile(r"\s*[(\[]?[\d,*†‡]{1,5}[)\]]?\s*")
_AFTER_WORD = re.compile(r"[^\W\d_][.,;:!?)\]\"'”’»]*\s?\Z|[.,;:!?)\]\"'”’»]\Z")
_UNIT = re.compile(r"(?:^|[\s\d/(])[mckd]?m\Z")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(value: str, before: str) -> str:
    """How raised text reads after `before`: "m²", "10⁶", "1st"; a note's mark is "" ("Region Skåne", not "Skåne2")."""
    mark = value.strip()
    if not _NOTE.fullmatch(value):
        return value
    if not mark.isdecimal():
        return ""
    if _AFTER_WORD.search(before) and not _UNIT.search(before):
        return ""
    return mark.translate(_RAISED) if before else value
