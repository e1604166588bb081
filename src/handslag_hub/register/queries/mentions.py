"""The mentions of an entry: counted, the newest of each sort, all of a sort in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, TypeVar

from django.db import connection
from django.db.models import F, QuerySet

from handslag_hub.accounts.actors import Actor
from handslag_hub.register.models import As, Mention
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.bulk import plain_rows, query
from handslag_hub.store.models import Fact
from handslag_hub.store.queries import known_facts

_ANY = As(0)
# What a line shows of a fact, its document, whoever typed it and what it is about.
_SHOWN = ("uid", "kind", "zone", "said_on", "level", "status", "document__uid", "document__title", "document__address", "document__said_on",
    "extractor__name", "about__uid", "about__label", "about__kind")  # fmt: skip


class Sort(NamedTuple):
    """Mentions by facts of a kind, as one of `parts` (as whatever it is, where none is given); all, where no kind is given either."""

    kind: str = ""
    parts: As = _ANY

    def among(self, rows: Iterable[_Of]) -> Iterable[_Of]:
        """Those of the rows that are of this sort."""
        kind, parts = self.kind, int(self.parts)
        return (row for row in rows if (not kind or row.kind == kind) and (not parts or row.parts & parts))


class Cell(NamedTuple):
    """How many mentions there are by facts of a kind, as the same parts, in a zone."""

    kind: str
    parts: int
    zone: str
    n: int


class _Row(NamedTuple):
    said: object
    fact: int
    kind: str
    parts: int
    zone: str


_Of = TypeVar("_Of", Cell, _Row)


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions of an entry (its canonical key) that `known_facts` gives, read off one index.

    Of the hub's own past: those of facts that it has held since they came in, and beside them `folded`, the newest first.
    """

    entry: int
    level: int
    known: AsKnown
    folded: Sequence[_Row] = ()

    def cells(self) -> list[Cell]:
        """How many there are of all."""
        where, parameters = self._where(Sort())
        rows = query(f"SELECT kind, parts, zone, COUNT(*) FROM register_mention WHERE {where} GROUP BY kind, parts, zone", parameters)  # noqa: S608  places  # fmt: skip
        counts = Counter((row.kind, row.parts, row.zone) for row in self.folded)
        for kind, parts, zone, n in rows:
            counts[kind, parts, zone] += n
        return [Cell(*cell, n) for cell, n in counts.items()]

    def facts(self, sort: Sort = Sort()) -> Sequence[int] | QuerySet:  # noqa: B008  never changed
        """The facts of all mentions of a sort, the newest first: to be sliced and counted."""
        rows = Mention.objects.filter(entity=self.entry, level__lte=self.level).order_by("-said", "-fact")
        if sort.kind:
            rows = rows.filter(kind=sort.kind)
        if sort.parts:
            rows = rows.annotate(part=F("parts").bitand(int(sort.parts))).filter(part__gt=0)
        if not self.known.day:
            return rows.values_list("fact", flat=True)
        if not self.known.held:
            return rows.filter(known_on__lte=self.known.day).values_list("fact", flat=True)
        steady = rows.filter(held_since__lte=self.known.day).order_by().values_list("said", "fact")
        return [fact for _said, fact in _merged(plain_rows(steady), sort.among(self.folded))]

    def first(self, sort: Sort, most: int) -> list[int]:
        """The facts of the newest mentions of a sort."""
        return [fact for _said, fact in self.newest([(sort, most)])[0]]

    def newest(self, wanted: Iterable[tuple[Sort, int]]) -> list[list[tuple[object, int]]]:
        """(day, fact) of so many of each sort, the newest first. One query, written here: a card asks for a dozen sorts."""
        wanted = list(wanted)
        commands: list[str] = []
        parameters: list[object] = []
        for number, (sort, most) in enumerate(wanted):
            where, its = self._where(sort)
            newest = f"SELECT said, fact_id FROM register_mention WHERE {where} ORDER BY said DESC, fact_id DESC LIMIT {int(most)}"  # noqa: S608  places
            commands.append(f"SELECT {number} AS sort, rows{number}.* FROM ({newest}) AS rows{number}")  # noqa: S608  as above
            parameters += its
        found: list[list[tuple[object, int]]] = [[] for _ in commands]
        for number, said, fact in query(" UNION ALL ".join(commands), parameters) if commands else ():
            found[number].append((said, fact))
        if not self.folded:
            return found
        return [_merged(rows, islice(sort.among(self.folded), most))[:most] for rows, (sort, most) in zip(found, wanted, strict=True)]  # fmt: skip

    def _where(self, sort: Sort) -> tuple[str, list[object]]:
        where, parameters = ["entity_id = %s", "level <= %s"], [self.entry, self.level]
        if self.known.day is not None:
            where.append("held_since <= %s" if self.known.held else "known_on <= %s")
            parameters.append(connection.ops.adapt_datefield_value(self.known.day))
        if sort.kind:
            where.append("kind = %s")
            parameters.append(sort.kind)
        if sort.parts:
            where.append("(parts & %s) > 0")
            parameters.append(int(sort.parts))
        return " AND ".join(where), parameters


def _merged(rows: Iterable[tuple[object, int]], folded: Iterable[_Row]) -> list[tuple[object, int]]:
    return sorted([*rows, *(row[:2] for row in folded)], reverse=True)


def mentions_of(actor: Actor, known: AsKnown, entry: int) -> Mentions:
    """The mentions of an entry that the actor may see as known on a day."""
    if not (known.day and known.held):
        return Mentions(entry, actor.level, known)
    unsteady = Mention.objects.filter(entity=entry, held_since=None)
    held = set(
        plain_rows(known_facts(actor, known).filter(pk__in=unsteady.values("fact")).order_by().values_list("pk"))
    )
    rows = plain_rows(unsteady.order_by("-said", "-fact").values_list(*_Row._fields))
    return Mentions(entry, actor.level, known, [row for row in map(_Row._make, rows) if (row.fact,) in held])


def facts_of(actor: Actor, keys: Collection[int]) -> list[Fact]:
    """The facts that mentions are of, in their order, with what a line shows of them and of their documents."""
    if not keys:
        return []
    facts = Fact.objects.filter(level__lte=actor.level).select_related("document", "extractor", "about")
    found = facts.only(*_SHOWN).in_bulk(list(keys))
    return [found[key] for key in keys if key in found]
