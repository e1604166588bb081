"""The ledger's shelf of states: as who looks sees them, on the day from which they look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from django.db.models import Count, Max, Q, QuerySet

from handslag_hub.accounts.actors import Actor
from handslag_hub.commitments.projections import bring_up_to_date
from handslag_hub.commitments.standing import LETTERS, NONE, SILENT, STATES, Cluster, at_first, clusters_of, heard_by
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.bulk import day_of, plain_rows
from handslag_hub.store.models.caches import LONG_AGO
from handslag_hub.store.queries import known_documents

_BEGUN = ("done", "underway")
_COLUMNS = ("firmness", "theme", "language", "zone", "status", "states")


def newest_day(actor: Actor, known: AsKnown, today: date) -> date | None:
    """The latest day, not after today, of what the actor may see: before it, what was not heard of is silent."""
    documents = known_documents(actor, known).filter(said_on__lte=today)
    newest = documents.order_by().aggregate(day=Max("said_on"))["day"]
    return day_of(newest) if newest else None


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks and when: their level, the day, the newest day that they know.

    On a day of the past `then` has the letters (by fact) of those of which something had been heard; today the rows have them.
    """

    level: int
    today: date
    newest: date | None
    then: dict[int, str] | None = field(default=None, hash=False)

    def condition(self, states: Collection[str]) -> Q:
        """The condition on rows (or parties) to stand in one of these states."""
        wanted = {LETTERS[state] for state in states if state in LETTERS}
        if self.then is None:
            found, none = Q(states__in=self._codes(wanted)), Q(states__in=self._codes({NONE}))
        else:
            found = Q(fact__in=[fact for fact, letter in self.then.items() if letter in wanted])
            none = ~Q(fact__in=[fact for fact, letter in self.then.items() if letter != NONE])
        silent = Q(said__lt=self.newest, said__gt=LONG_AGO) if self.newest else Q(pk__in=())
        if SILENT in states:
            found |= none & silent
        firmness = Q(pk__in=())
        for state, condition in (("stated", ~Q(firmness__in=_BEGUN)), ("underway", Q(firmness="underway")), ("reported done", Q(firmness="done"))):  # fmt: skip
            firmness |= condition if state in states else Q(pk__in=())
        return found | (none & ~silent & firmness)

    def told(self, cells: Iterable[tuple], rows: QuerySet) -> list[tuple]:
        """Counts by the columns, with the state as it is seen in place of the letters; `rows` are those that were counted."""
        found: Counter[tuple] = Counter()
        for *values, letters, count in cells:
            found[*values, self._state(values[0], letters, LONG_AGO.replace(day=2))] += count
        # Of what nothing was heard all but the newest is silent.
        fresh = rows.filter(Q(states__in=self._codes({NONE})) if self.then is None else Q())
        fresh = fresh.filter(Q(said__gte=self.newest) | Q(said=LONG_AGO)) if self.newest else fresh
        for *values, letters, count in plain_rows(fresh.order_by().values_list(*_COLUMNS).annotate(n=Count("*"))):
            found[*values, self._state(values[0], letters, LONG_AGO.replace(day=2))] -= count
            found[*values, at_first(values[0])] += count
        for fact, letter in (self.then or {}).items() if self.then else ():
            if letter != NONE:
                self._move(found, rows, fact, letter)
        return [(*values, count) for values, count in found.items() if count]

    def _move(self, found: Counter[tuple], rows: QuerySet, fact: int, letter: str) -> None:
        for *values, said, count in rows.filter(fact=fact).order_by().values_list(*_COLUMNS[:-1], "said").annotate(n=Count("*")):  # fmt: skip
            found[*values, self._state(values[0], NONE * 3, said)] -= count
            found[*values, STATES[letter]] += count

    def state_of(self, cluster: Cluster | None, firmness: str, said: date) -> tuple[str, date | None]:
        """The state of a commitment's row, and the day on which it was last heard of."""
        heard = (
            cluster.state(self.level, self.today, self.today if self.then is not None else None) if cluster else None
        )
        if heard is None or not heard.last_heard:
            return self._state(firmness, NONE * 3, said), None
        return heard.state, date.fromisoformat(heard.last_heard) if len(heard.last_heard) == 10 else None

    def state_of_row(self, fact: int, firmness: str, letters: str, said: date) -> str:
        """The state of a commitment's row by its letters, without what was heard."""
        then = (self.then or {}).get(fact, NONE)
        return STATES[then] if then != NONE else self._state(firmness, letters, said)

    def _state(self, firmness: str, letters: str, said: date) -> str:
        letter = letters[self.level] if self.then is None else NONE
        if letter != NONE:
            return STATES[letter]
        return SILENT if self.newest and LONG_AGO < said < self.newest else at_first(firmness)

    def _codes(self, letters: Collection[str]) -> list[str]:
        every = (*STATES, NONE)
        places = [letters if level == self.level else every for level in range(3)]
        return ["".join(code) for code in product(*places)]


def look_of(actor: Actor, known: AsKnown, today: date, among: Collection[int] | None = None) -> Look:
    """How the actor looks at the ledger; on a day of the past all that was heard by then is gone through, or what was of `among` (commitments)."""
    newest = newest_day(actor, known, today)
    if known.day is None:
        bring_up_to_date(today)
        return Look(int(actor.level), today, newest)
    return Look(int(actor.level), today, newest, _letters_then(int(actor.level), known.day, among))


def _letters_then(level: int, day: date, among: Collection[int] | None) -> dict[int, str]:
    heard = heard_by(day)
    clusters = clusters_of(heard if among is None else heard.intersection(among))
    letters = {key: cluster.letter(level, day, day) for key, cluster in clusters.items()}
    return {one.fact: letter for key, letter in letters.items() if letter != NONE for one in clusters[key].statements}
