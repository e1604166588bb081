"""What following gives: what was heard of each commitment, its state, and what contradicts what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from handslag.following.documents import Commitment, Document, Place

FORMAT: Final = "handslag-following/1"
SAYS: Final = ("done", "underway", "delayed", "contradicted", "cancelled", "restated")
CERTAINTIES: Final = ("certain", "probable", "weak")
STATES: Final = (
    "stated", "underway", "delayed", "reported done", "withdrawn", "contradicted", "disputed", "nothing heard since",
)  # fmt: skip


class Because(NamedTuple):
    """A reason in both languages."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What a later passage says about a commitment; `by` is owner or other, `basis` printed or inferred."""

    place: Place
    said_on: str
    says: str
    by: str
    basis: str
    certainty: str
    why: Because
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class State:
    """Where a commitment stands: the state, since when, who said the deciding word, and whether its due day has passed."""

    state: str
    since: str = ""
    last_heard: str | None = None
    by: str | None = None
    due_passed: bool | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """A commitment with what was heard of it, its state, and the states it has had."""

    commitment: Commitment
    heard: tuple[Heard, ...]
    state: State
    history: tuple[State, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two passages that cannot both be so."""

    a: Place
    b: Place
    kind: str
    what: Because


@dataclass(frozen=True, slots=True)
class Following:
    """What was heard since, for all documents together."""

    as_of: str
    documents: tuple[Document, ...]
    undated: tuple[str, ...]
    commitments: tuple[Followed, ...]
    contradictions: tuple[Contradiction, ...] = field(default=())
