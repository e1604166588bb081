"""Days as metadata writes them, and the day that a person gives in a document's first line."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from handslag.reading.loading.document import Content, Region, Warnings

_ISO = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)", re.ASCII)
_PDF = re.compile(r"\s*(?:D:)?(\d{4})(\d{2})(\d{2})", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_GIVEN = re.compile(r"[ \t]*said-on:[ \t]*([^\n]*)(?:\n|\Z)", re.IGNORECASE)

_OLDEST = date(1990, 1, 1)
"""No web page is older, and the empty values of programs (1601, 1970, 1980) lie before."""

SAME_WORK = timedelta(days=31)
"""A file finished longer than this after it was begun was begun as something else: a template, last year's report."""


def iso_day(value: str) -> str:
    """The ISO day that a machine-readable date starts with ("2024-05-03T10:00:00Z"), or ""."""
    return _day_of(_ISO.match(value))


def pdf_day(value: str) -> str:
    """The ISO day of a PDF date ("D:20240503100000+02'00'"), or ""."""
    return _day_of(_PDF.match(value))


def _day_of(found: re.Match[str] | None) -> str:
    if not found:
        return ""
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return ""
    return day.isoformat() if day >= _OLDEST else ""


def day_of_file(created: str, changed: str, what: str) -> tuple[str, Warnings]:
    """The day a file's own properties stand for: that of its creation, unless it was changed much later.

    `created` and `changed` are ISO days or ""; `what` names the kind of file in the warning.
    """
    if not created or not changed:
        return created, ()
    if abs(date.fromisoformat(changed) - date.fromisoformat(created)) <= SAME_WORK:
        return created, ()
    message = f"this {what} was created on {created} and changed on {changed}; neither is taken as the day it was said"
    return "", (("metadata-days-differ", message),)


def with_given_day(content: Content) -> Content:
    """The content without a first line `said-on: YYYY-MM-DD`, that day in its place; a line that names no day stays."""
    found = _GIVEN.match(content.text)
    if not found:
        return content
    value = found[1].strip()
    try:
        day = date.fromisoformat(value).isoformat() if _DAY.fullmatch(value) else ""
    except ValueError:
        day = ""
    if not day:
        message = f'the first line says "said-on: {value[:40]}", which is no day; write it as said-on: 2026-03-31'
        return replace(content, warnings=(*content.warnings, ("said-on-unreadable", message)))
    cut = found.end()
    kept = (Region(max(part.start - cut, 0), part.end - cut, part.tag) for part in content.regions if part.end > cut)
    return replace(content, text=content.text[cut:], regions=tuple(kept), given_day=day)
