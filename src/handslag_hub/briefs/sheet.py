"""A brief told in one language: plain words, ready to be set as a page, as PDF or as Markdown. All three are made of the same sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar

Told = TypeVar("Told")
# What leads somewhere is no word.
_ADDRESSES = ("href", "url")


@dataclass(frozen=True, slots=True)
class Ref:
    """A source in the list at the end: its number, what it is, and an address (http or https, or none)."""

    number: int
    title: str
    told: str
    url: str


@dataclass(frozen=True, slots=True)
class Note:
    """A line below an item: words, an exact quotation, the numbers of its sources."""

    words: str
    quote: str = ""
    refs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the brief."""

    lead: str
    words: str
    marks: tuple[str, ...]
    notes: tuple[Note, ...]
    refs: tuple[int, ...]
    href: str
    quote: str = ""
    # Of the words and the quotation: as printed, which may not be the reader's.
    language: str = ""
    # A mark that is to be seen at once: the due day has passed, it is disputed.
    alarm: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its title, how many there are, its items, and what was left out of it ("" for nothing)."""

    key: str
    title: str
    count: str
    items: tuple[Item, ...]
    left_out: str
    empty: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole."""

    language: str
    title: str
    about: str
    known: str
    level: str
    parts: tuple[Part, ...]
    refs: tuple[Ref, ...]
    # Which lines were kept, and how many were not; "" where all are there.
    left_out: str
    order: str
    neutral: str
    # Words around numbers of pages and of sources.
    words: dict[str, str]


def with_words(told: Told, change: Callable[[str], str]) -> Told:
    """The same with all its words changed, whatever it is made of; addresses stay."""
    changed: Any = told
    if isinstance(told, str):
        changed = change(told)
    elif isinstance(told, tuple):
        changed = tuple(with_words(one, change) for one in told)
    elif isinstance(told, dict):
        changed = {key: with_words(one, change) for key, one in told.items()}
    elif is_dataclass(told) and not isinstance(told, type):
        values = {field.name: getattr(told, field.name) for field in fields(told)}
        changed = type(told)(**{name: one if name in _ADDRESSES else with_words(one, change) for name, one in values.items()})  # fmt: skip
    return changed
