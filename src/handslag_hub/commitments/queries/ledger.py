"""The ledger of commitments: which are listed, how many there are of each kind, in a handful of queries however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Aggregate, Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from handslag_hub.accounts.actors import Actor
from handslag_hub.commitments.models import NO_DAY, CellCount, CommitmentRow, Party, PartyCount
from handslag_hub.commitments.queries.standing import Look, look_of
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.bulk import plain_rows
from handslag_hub.store.models import Entity
from handslag_hub.store.queries import known_facts, labels_of

SHELVES = ("firmness", "theme", "language", "zone", "status", "standing")
COLUMNS = (*SHELVES[:-1], "states")
SORTS = ("due", "-due", "-said")
PAGE = 50
SOON = timedelta(days=30)
# Of so few days rows are sooner found by their days and sorted than gone through in the order in which they are counted: sorting by five
# words takes longer than by a number.
_FEW_DAYS = {CommitmentRow: timedelta(days=60), Party: timedelta(days=366)}
PARTIES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class LedgerChoice:
    """What somebody wants to see: for each of SHELVES the values chosen (none: all), whose, and due when.

    `due` is "", "passed" (and not done), "soon", "later", "open" or "range" (`due_from` to `due_to`, both included, each may be open).
    """

    shelves: Mapping[str, frozenset[str]] = field(default_factory=dict)
    party: Entity | None = None
    due: str = ""
    due_from: date | None = None
    due_to: date | None = None
    sort: str = "due"

    def without(self, shelf: str) -> LedgerChoice:
        """The same with all values of one shelf."""
        return replace(self, shelves={name: values for name, values in self.shelves.items() if name != shelf})


@dataclass(frozen=True, slots=True)
class Facets:
    """How many there are: in all, by value of each shelf (with the other choices kept), by due day, by party."""

    total: int
    shelves: Mapping[str, Mapping[str, int]]
    due: Mapping[str, int]
    parties: list[tuple[str, str, int]]


def known_commitments(actor: Actor, known: AsKnown) -> QuerySet[CommitmentRow]:
    """The rows of the commitments that the actor may see as known on a day."""
    return known_rows(CommitmentRow.objects.all(), "commitment", actor, known)


def known_rows(rows: QuerySet, kind: str, actor: Actor, known: AsKnown) -> QuerySet:
    """Of these rows (or parties) those that the actor may see as known on a day: what `store.queries.known_facts` gives."""
    if known.day and known.held:
        held = rows.filter(fact__in=known_facts(actor, known).filter(kind=kind).order_by().values("pk"))
        # Who is only named where a commitment was said again is known to those who see that.
        return held.filter(Q(parts__gt=0) | Q(level__lte=actor.level)) if rows.model is Party else held
    rows = rows.filter(level__lte=actor.level)
    return rows.filter(known_on__lte=known.day) if known.day else rows


def parties_of_kind(kind: str, actor: Actor, known: AsKnown) -> QuerySet[Party]:
    """Every actor named in facts of this kind, once for each fact."""
    named = Party.objects.filter(kind=kind, counted=True)
    return known_rows(named, kind, actor, known)


def narrowed(rows: QuerySet, choice: LedgerChoice, look: Look, *, shelves: bool = True, due: str = "due") -> QuerySet:
    """The rows (or parties) that the choice leaves, its party apart; `due` is the column to find due days by, "" for whenever."""
    for name, values in choice.shelves.items() if shelves else ():
        if name == "standing":
            rows = rows.filter(look.condition(values)) if values else rows
        elif len(values) == 1:
            rows = rows.filter(**{name: next(iter(values))})
        elif values:
            rows = rows.filter(**{f"{name}__in": values})
    if due and choice.due:
        rows = rows.filter(due_condition(choice, look.today, due))
    return rows


def rows_shown(actor: Actor, known: AsKnown, choice: LedgerChoice, today: date, page: int, look: Look | None = None) -> list[CommitmentRow]:  # fmt: skip
    """The commitments on a page of what the choice leaves, with their sources. Sorted are bare keys, so that little is carried along."""
    keys = list(listed(actor, known, choice, look or look_of(actor, known, today))[(page - 1) * PAGE : page * PAGE])
    rows = CommitmentRow.objects.select_related("fact__document__source", "about", "fact__extractor")
    found = rows.defer("fact__document__text", "fact__document__lines", "fact__document__warnings").in_bulk(keys)
    return [found[key] for key in keys]


def listed(actor: Actor, known: AsKnown, choice: LedgerChoice, look: Look) -> QuerySet:
    """The facts that the choice leaves, in its order; what has no day comes last."""
    if choice.party is not None and choice.sort == "due":
        parties = parties_of_kind("commitment", actor, known).filter(entity=choice.party.canonical_id)
        return narrowed(parties, choice, look).order_by("due", "fact").values_list("fact", flat=True)
    rows = narrowed(known_commitments(actor, known), choice, look)
    if choice.party is not None:
        named = parties_of_kind("commitment", actor, known).filter(entity=choice.party.canonical_id)
        rows = rows.filter(pk__in=named.order_by().values("fact"))
    if choice.sort == "-due":
        rows = rows.order_by(F("due_last").desc(nulls_last=True), "-fact")
    else:
        rows = rows.order_by("-said" if choice.sort == "-said" else "due", "fact")
    return rows.values_list("pk", flat=True)


def due_condition(choice: LedgerChoice, today: date, due: str = "due") -> Q:
    """The condition on the last day on which something is due, as the column `due` has it."""
    if choice.due == "range":
        # What has no day lies at the last there is: two comparisons for each of a hundred thousand rows, not three.
        until = choice.due_to if choice.due_to and choice.due_to < NO_DAY else NO_DAY - timedelta(days=1)
        return Q((f"{due}__lte", until), *([(f"{due}__gte", choice.due_from)] if choice.due_from else ()))
    return due_conditions(today, due)[choice.due]


def due_conditions(today: date, due: str = "due") -> dict[str, Q]:
    """The named conditions, by their names."""
    return {
        "passed": Q((f"{due}__lt", today)) & ~Q(firmness="done"),
        "soon": Q((f"{due}__gte", today), (f"{due}__lte", today + SOON)),
        "later": Q((f"{due}__gt", today + SOON), (f"{due}__lt", NO_DAY)),
        "open": Q((due, NO_DAY)),
    }


def facets_of(actor: Actor, known: AsKnown, choice: LedgerChoice, today: date, look: Look | None = None) -> Facets:
    """All counts: kept ones (`CellCount`, `PartyCount`) where neither days nor a party narrow. Those of one party's commitments are made
    of the rows of parties, so no query joins.
    """
    look = look or look_of(actor, known, today)
    parties = parties_of_kind("commitment", actor, known)
    rows = known_commitments(actor, known)
    if choice.party is not None:
        rows = parties.filter(entity=choice.party.canonical_id)
    kept = known.day is None and choice.party is None
    whenever = count_cells(look.told(_kept_cells(actor), rows), choice.shelves) if kept else None
    if whenever is None or choice.due:
        total, counts = count_cells(_cells(rows, choice, look), choice.shelves)
    else:
        total, counts = whenever
    of_any_day = whenever[0] if whenever else None if choice.due else total
    due = _counts_by_due(narrowed(rows, choice, look, due=""), today, of_any_day)
    return Facets(total, counts, due, _most_named(actor, known, parties, choice, look))


def _kept_cells(actor: Actor) -> list[tuple]:
    cells = CellCount.objects.filter(level__lte=actor.level).order_by().values_list(*COLUMNS)
    return plain_rows(cells.annotate(n=Sum("count")))


def _cells(rows: QuerySet, choice: LedgerChoice, look: Look) -> list[tuple]:
    """How many of the rows there are of each combination of values, of those that due days leave."""
    left = _counted(rows, choice, look, shelves=False)
    return look.told(plain_rows(left.order_by().values_list(*COLUMNS).annotate(n=Count("*"))), left)


def _counted(rows: QuerySet, choice: LedgerChoice, look: Look, *, shelves: bool) -> QuerySet:
    """As `narrowed`, for counting by other columns: by their days only few rows are found."""
    spanned = choice.due_to - choice.due_from if choice.due == "range" and choice.due_from and choice.due_to else None
    few = choice.due == "soon" or (spanned is not None and spanned <= _FEW_DAYS[rows.model])
    unsorted = rows.alias(due_day=Coalesce("due", Value(NO_DAY)))
    return narrowed(unsorted, choice, look, shelves=shelves, due="due" if few else "due_day")


def _most_named(actor: Actor, known: AsKnown, parties: QuerySet[Party], choice: LedgerChoice, look: Look) -> list[tuple[str, str, int]]:  # fmt: skip
    if known.day is None and not choice.due and not any(choice.shelves.values()):
        return top_parties(actor, PartyCount.objects.filter(level__lte=actor.level), Sum("count"))
    return top_parties(actor, _counted(parties, choice, look, shelves=True), Count("*"))


def _counts_by_due(rows: QuerySet, today: date, total: int | None) -> dict[str, int]:
    """How many of the rows there are by each of `due_conditions`; where their `total` is known, what is due later (often most) is the rest."""
    conditions = due_conditions(today)
    past = rows.filter(due__lt=today).aggregate(n=Count("*"), passed=Count("due", filter=conditions["passed"]))
    soon, without = (rows.filter(conditions[name]).count() for name in ("soon", "open"))
    later = rows.filter(conditions["later"]).count() if total is None else total - past["n"] - soon - without
    return {"passed": past["passed"], "soon": soon, "later": later, "open": without}


def count_cells(cells: list[tuple], wanted: Mapping[str, frozenset[str]]) -> tuple[int, dict[str, Mapping[str, int]]]:
    """From counts of all combinations: how many the choice leaves, and for each shelf by value with the others' choices kept."""
    tallies: list[dict[str, int]] = [defaultdict(int) for _ in SHELVES]
    limits = [(i, wanted[name]) for i, name in enumerate(SHELVES) if wanted.get(name)]
    left = cells
    if limits:
        left = []
        for cell in cells:
            missed = [i for i, values in limits if cell[i] not in values]
            if not missed:
                left.append(cell)
            elif len(missed) == 1:
                tallies[missed[0]][cell[missed[0]]] += cell[-1]
    for i, tally in enumerate(tallies):
        for cell in left:
            tally[cell[i]] += cell[-1]
    return sum(cell[-1] for cell in left), dict(zip(SHELVES, tallies, strict=True))


def top_parties(actor: Actor, parties: QuerySet, number: Aggregate, limit: int = PARTIES_SHOWN) -> list[tuple[str, str, int]]:  # fmt: skip
    """(address, label, number) of those named in most facts, among these parties or their counts."""
    most = list(parties.order_by().values_list("entity").annotate(n=number).order_by("-n", "entity")[: limit * 2])
    labels = labels_of(actor, [entity for entity, _ in most])
    return [(*labels[entity][:2], n) for entity, n in most if entity in labels][:limit]
