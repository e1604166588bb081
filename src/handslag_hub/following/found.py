"""What linking works with: statements of commitments, and what a page says of them."""

from __future__ import annotations

from dataclasses import dataclass

from handslag.following.results import Heard


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of a commitment that a page may tell of; `about` is its entity, `cluster` who that is taken to be."""

    fact: int
    about: int
    cluster: int
    level: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a page says of a commitment, of which these statements are."""

    heard: Heard
    of: tuple[Stated, ...]
