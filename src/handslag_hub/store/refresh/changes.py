"""What a write changed, for those who follow: so that counts are added to and taken from, not made again of all facts of an actor."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from handslag_hub.store.refresh.entities import NameRow
    from handslag_hub.store.services.facts import FactsKept, FactsToKeep


class ValueNow(NamedTuple):
    """A value that holds, and whom it names."""

    predicate: str
    value: str
    normal: str
    named: int | None


class FactNow(NamedTuple):
    """A fact that is shown, as far as counts are made of it."""

    about: int
    kind: str
    level: int
    values: Sequence[ValueNow]


@dataclass(slots=True)
class Added:
    """New facts as they were given and kept: nothing of them need be read again."""

    given: FactsToKeep
    kept: FactsKept
    names: set[NameRow]
    entities: set[int]

    def facts(self) -> Iterator[FactNow]:
        """The new facts."""
        entities, level = self.kept.entities, self.given.level
        for claimed in self.given.claimed:
            if claimed.uid in self.kept.new:
                values = [
                    ValueNow(
                        claim.predicate,
                        claim.value,
                        claim.normal,
                        entities[claim.object.uid] if claim.object else None,
                    )
                    for claim in claimed.claims
                ]
                yield FactNow(entities[claimed.subject.uid], claimed.kind, level, values)


@dataclass(slots=True)
class Changes:
    """`before` and `after` are the facts that were folded again, where that changed something; `joined` are entities to be looked at anew as a whole."""

    before: list[FactNow] = field(default_factory=list)
    after: list[FactNow] = field(default_factory=list)
    names_new: set[NameRow] = field(default_factory=set)
    names_gone: set[NameRow] = field(default_factory=set)
    joined: set[int] = field(default_factory=set)
    added: list[Added] = field(default_factory=list)

    def note(self, before: FactNow | None, after: FactNow | None) -> None:
        """A fact that was folded again; None where it is not shown."""
        if before != after:
            self.before += [before] if before else []
            self.after += [after] if after else []

    def different(self, renamed: Collection[int]) -> set[int]:
        """The entities of which something else is said now than before, by facts folded again or by name."""
        facts = (*self.before, *self.after)
        return {*renamed, *(fact.about for fact in facts), *(value.named for fact in facts for value in fact.values if value.named)}  # fmt: skip

    def add(self, added: Iterable[Added]) -> None:
        """New facts are facts that were not there before."""
        for one in added:
            self.added.append(one)
            self.after += one.facts()
            self.names_new |= one.names
