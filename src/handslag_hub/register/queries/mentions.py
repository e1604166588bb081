"""The mentions of an entry: counted, the newest of each sort, all of a sort in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, F, QuerySet

from handslag_hub.accounts.actors import Actor
from handslag_hub.register.models import As, Mention
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.bulk import query
from handslag_hub.store.models import Fact
from handslag_hub.store.queries import known_facts

_ANY = As(0)


class Sort(NamedTuple):
    """Mentions by facts of a kind, as one of `parts` (as whatever it is, where none is given); all, where no kind is given either."""

    kind: str = ""
    parts: As = _ANY

    def holds(self, kind: str, parts: int) -> bool:
        """True for a mention of this sort."""
        return self.kind in {"", kind} and (not self.parts or bool(parts & self.parts))


class _Row(NamedTuple):
    fact: int
    kind: str
    parts: int
    zone: str
    said: object


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions of an entry (its canonical key) by what `known_facts` gives: read off one index, or, of the hub's own past, folded once."""

    entry: int
    level: int
    day: date | None
    held: list[_Row] | None

    def cells(self) -> list[tuple[str, int, str, int]]:
        """(kind of fact, parts, zone, number) of all."""
        if self.held is not None:
            return [(*cell, n) for cell, n in Counter((row.kind, row.parts, row.zone) for row in self.held).items()]
        return list(self._rows().order_by().values_list("kind", "parts", "zone").annotate(n=Count("*")))

    def facts(self, sort: Sort = Sort()) -> Sequence[int] | QuerySet:  # noqa: B008  never changed
        """The facts of all mentions of a sort, the newest first: to be sliced and counted."""
        if self.held is not None:
            return [row.fact for row in self.held if sort.holds(row.kind, row.parts)]
        return self._of_sort(sort).values_list("fact", flat=True)

    def newest(self, wanted: Iterable[tuple[Sort, int]]) -> list[list[tuple[object, int]]]:
        """(day, fact) of so many of each sort, the newest first. One query, written here: a card asks for a dozen sorts."""
        if self.held is not None:
            return [list(islice(((row.said, row.fact) for row in self.held if sort.holds(row.kind, row.parts)), most)) for sort, most in wanted]  # fmt: skip
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
        return found

    def _where(self, sort: Sort) -> tuple[str, list[object]]:
        where, parameters = ["entity_id = %s", "level <= %s"], [self.entry, self.level]
        if self.day is not None:
            where.append("known_on <= %s")
            parameters.append(connection.ops.adapt_datefield_value(self.day))
        if sort.kind:
            where.append("kind = %s")
            parameters.append(sort.kind)
        if sort.parts:
            where.append("(parts & %s) > 0")
            parameters.append(int(sort.parts))
        return " AND ".join(where), parameters

    def _of_sort(self, sort: Sort) -> QuerySet[Mention]:
        rows = self._rows().filter(kind=sort.kind) if sort.kind else self._rows()
        return rows.annotate(part=F("parts").bitand(int(sort.parts))).filter(part__gt=0) if sort.parts else rows

    def _rows(self) -> QuerySet[Mention]:
        rows = Mention.objects.filter(entity=self.entry, level__lte=self.level).order_by("-said", "-fact")
        return rows.filter(known_on__lte=self.day) if self.day else rows


def mentions_of(actor: Actor, known: AsKnown, entry: int) -> Mentions:
    """The mentions of an entry that the actor may see as known on a day."""
    if not (known.day and known.held):
        return Mentions(entry, actor.level, known.day, None)
    rows = Mention.objects.filter(entity=entry).order_by("-said", "-fact")
    facts = known_facts(actor, known).filter(pk__in=rows.order_by().values("fact"))
    seen = set(facts.values_list("pk", flat=True))
    held = [row for row in map(_Row._make, rows.values_list(*_Row._fields)) if row.fact in seen]
    return Mentions(entry, actor.level, known.day, held)


def facts_of(actor: Actor, keys: Collection[int]) -> list[Fact]:
    """The facts that mentions are of, in their order, with what a line shows: their documents without the text."""
    if not keys:
        return []
    facts = Fact.objects.filter(level__lte=actor.level).select_related("document", "extractor", "about")
    found = facts.defer("document__text", "document__lines", "document__warnings").in_bulk(list(keys))
    return [found[key] for key in keys if key in found]
