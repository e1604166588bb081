"""A brief: what is known of somebody or something before a meeting, as values. Keys and words as printed, in no language of the reader's:
what it is in Swedish and in English is made of the same lines (`telling`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from handslag.vocabulary.load import vocabulary

# Sections in the order in which they stand.
SECTIONS: Final = ("between", "open", "agreements", "contradictions", "signals", "roles", "closed")
# So many lines of each section are taken in every round, until the page is full: a head of office is to see something of all, and most of
# what is open.
ROUND: Final[Mapping[str, int]] = {
    "between": 4,
    "open": 4,
    "agreements": 1,
    "contradictions": 2,
    "signals": 2,
    "roles": 2,
    "closed": 1,
}
# What was not looked through is counted so far: counting on would cost more than it tells.
COUNTED: Final = 10_000
# A state in which nothing is left to be asked for.
CLOSED: Final = frozenset({"reported done", "withdrawn"})
FIRMNESS: Final = {key: rank for rank, key in enumerate(("agreed", "promised", "assigned", "planned", "underway", "aim", "possible", "done"))}  # fmt: skip
_LATER: Final = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is said: a passage of a document, or who typed it. `quote` is exact; `href` is a path within the hub."""

    title: str
    href: str
    publisher: str = ""
    said_on: date | None = None
    quote: str = ""
    address: str = ""
    typed_by: str = ""
    typed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """One word about a commitment: what it says, who says it, how sure it is that it is about this one."""

    says: str
    by: str
    # A day, month or year; "" where unknown.
    day: str
    status: str
    level: int
    source: Source


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a commitment stands, by what was heard up to the day."""

    state: str = "stated"
    due_passed: bool | None = None
    last_heard: date | None = None
    silent_days: int | None = None
    by: str | None = None
    heard: tuple[Heard, ...] = ()
    # True where its page is dated after the day.
    ahead: bool = False
    # The facts of all statements of it that are known.
    sightings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What all lines have: its address here, the sources of its words and their language, who may see it, and its place within its section."""

    key: str
    level: int
    href: str
    sources: tuple[Source, ...]
    rank: tuple[object, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Promise(Line):
    """A commitment. `who` are names; `sightings` counts the passages that say it."""

    who: tuple[str, ...] = ()
    what: str = ""
    to_whom: tuple[str, ...] = ()
    firmness: str = ""
    cue: str = ""
    when: str = ""
    when_basis: str = ""
    standing: Standing = Standing()
    sightings: int = 1
    status: str = ""

    @property
    def is_open(self) -> bool:
        """Whether there is something left to ask for."""
        return not is_closed(self.standing.state, self.firmness)


@dataclass(frozen=True, slots=True)
class Bond(Line):
    """An agreement; `parties` are those that its title does not name."""

    title: str = ""
    status: str = ""
    parties: tuple[str, ...] = ()
    day: date | None = None
    day_text: str = ""


@dataclass(frozen=True, slots=True)
class Clash(Line):
    """Values or passages that cannot both be so, in their order; nobody has decided for one of them."""

    about: str = ""
    what: str = ""
    values: tuple[str, ...] = ()
    left_standing: bool = False
    # Of texts: what differs, by language.
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Happening(Line):
    """A signal: what happened at whose, on which day; `theme` where it is told for being in the theme of open commitments."""

    kind: str = ""
    headline: str = ""
    subjects: tuple[str, ...] = ()
    day: date | None = None
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Post(Line):
    """A role that somebody holds on the day."""

    person: str = ""
    role: str = ""
    organisation: str = ""
    state: str = ""
    begins: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """What was not looked through, and may tell of more lines: `what` is "commitments", "people", "roles", "signals" or "owners"; it is
    counted up to `COUNTED`, a larger `count` stands for more than that.
    """

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one sort. `total` counts those found, also beyond those taken; `unread` is where more may be."""

    key: str
    lines: tuple[Line, ...]
    total: int
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a brief is of: "organisation", "person", "agreement", "theme" or "pair"; `names` has one, or the two who will meet."""

    kind: str
    names: tuple[str, ...]
    uids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """All of it, as known on `day` (`held`: as this hub held it then), as somebody sees it who sees `reader_level`."""

    subject: Subject
    day: date
    held: bool
    made_on: date
    sections: tuple[Section, ...]

    @property
    def level(self) -> int:
        """The strictest level of what it contains."""
        return max((line.level for section in self.sections for line in section.lines), default=0)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return sum(len(section.lines) for section in self.sections)


def is_closed(state: str, firmness: str) -> bool:
    """Whether nothing is left to be asked for; what was told as done when it was first told is so, though nothing was heard since."""
    return state in CLOSED or (firmness == "done" and state == "nothing heard since")


def promise_rank(due: date | None, firmness: str, said_on: date | None, key: str) -> tuple[object, ...]:
    """The place of a commitment among those of its section: due first, then firm before loose, then the newest."""
    newest = -(said_on or date.min).toordinal()
    return (due or _LATER, FIRMNESS.get(firmness, len(FIRMNESS)), newest, key)


def in_order(brief: Brief) -> list[tuple[int, int]]:
    """The lines as (section, line), the one that is kept longest first: round by round, of each section as many as `ROUND` says."""
    found = []
    for at, section in enumerate(brief.sections):
        each = ROUND[section.key]
        found += [(number // each, at, number) for number in range(len(section.lines))]
    return [(at, number) for _round, at, number in sorted(found)]


def themes() -> list[str]:
    """The keys of all themes."""
    return list(vocabulary("labels")["theme"])
