"""Facts folded again from their logs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from django.db.models import Max, Min, QuerySet

from handslag_hub.store.bulk import update_rows
from handslag_hub.store.fold import (
    STRICTEST,
    Heard,
    Judged,
    PageState,
    Said,
    State,
    fold_contradiction,
    fold_fact,
    fold_values,
)
from handslag_hub.store.models import Assertion, Document, Entity, Fact, FactPassage, Move, Review, Statement
from handslag_hub.store.refresh.changes import Changes, FactNow, ValueNow

# SQLite takes a bounded number of parameters in one query.
BATCH = 2000
# By this predicate evidence names the commitments that it is of.
OF = "of"
# Facts that are found by comparing pages with commitments, not by reading.
HEARD = ("evidence", "contradiction")
# Facts that people type of an agreement name it by this predicate, reports their milestone by OF.
OF_AGREEMENT, TYPED_OF_AGREEMENT, REPORT = "agreement", ("milestone", "commitment"), "assessment"
# What of a fact is folded from its logs.
_FOLDED = ("about_id", "document_id", "position", "zone", "language", "said_on", "level", "status", "counts", "shown", "printed")  # fmt: skip


def batches(keys: Iterable[int]) -> Iterator[list[int]]:
    """The keys in bounded lists, in order."""
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def refresh_facts(keys: Collection[int], changes: Changes | None = None) -> set[int]:
    """Folds the facts again; gives the entities that they are or were about, or name, and notes in `changes` what of them changed."""
    touched: set[int] = set()
    resting = _evidence_among(keys)
    typed = _typed_of_agreements_among(set(keys) - resting)
    # What was heard is as strict as what it is of, and what was typed of an agreement as the agreement: those are folded before it.
    for some in (set(keys) - resting - typed, typed, resting):
        for batch in batches(some):
            touched |= _refresh_batch(batch, changes)
    return touched


def with_resting(keys: Collection[int], entities: Collection[int] = ()) -> set[int]:
    """The facts, and those that are never less strict than they are: what was typed of agreements among them (or among these entities), what
    was heard of commitments, and what was reported of milestones.
    """
    found = set(keys) | typed_of_agreements(keys, entities)
    for batch in batches(found):
        rows = Fact.objects.filter(pk__in=batch, kind__in=("commitment", "milestone")).values_list("entity", "about")
        if named := {key for row in rows for key in row}:
            of = Statement.objects.filter(predicate=OF, object_now__in=named)
            found |= set(of.values_list("fact", flat=True))
    return found


def typed_of_agreements(keys: Collection[int], entities: Collection[int] = ()) -> set[int]:
    """What was typed of the agreements that these facts are about, or that are among these entities."""
    named = set(entities)
    for batch in batches(keys):
        rows = Fact.objects.filter(pk__in=batch, kind="agreement").values_list("entity", "about")
        named |= {key for row in rows for key in row}
    found: set[int] = set()
    for batch in batches(named):
        clusters = Entity.objects.filter(pk__in=batch, kind="agreement").values_list("canonical", flat=True)
        if its := set(clusters):
            of = _typed_of_agreements().filter(object_now__canonical__in=its)
            found |= set(of.values_list("fact", flat=True))
    return found


def _typed_of_agreements() -> QuerySet[Statement]:
    """What names the agreement in facts that people typed of one: no page prints them."""
    return Statement.objects.filter(
        predicate=OF_AGREEMENT, fact__kind__in=TYPED_OF_AGREEMENT, fact__document=None, document=None, review=None
    )


def _typed_of_agreements_among(keys: Collection[int]) -> set[int]:
    return {key for batch in batches(keys) for key in _typed_of_agreements().filter(fact__in=batch).values_list("fact", flat=True)}  # fmt: skip


def strictness_of(entities: Collection[int]) -> dict[int, int]:
    """How strict the facts about these commitments are; of what no fact is about nobody knows who may see it."""
    found = dict(Fact.objects.filter(about__in=entities, kind="commitment").values_list("about").annotate(Max("level")))
    return {key: found.get(key, STRICTEST) for key in entities}


def _strictness_of_agreements(agreements: Collection[int]) -> dict[int, int]:
    """How strict it is to know of these agreements: as the least strict fact that is shown of each, or of what it is taken to be."""
    clusters = dict(Entity.objects.filter(pk__in=agreements).values_list("pk", "canonical"))
    told = Fact.objects.filter(about__canonical__in=set(clusters.values()), kind="agreement", shown=True)
    found = dict(told.values_list("about__canonical").annotate(Min("level")).order_by())
    return {key: found.get(clusters.get(key), STRICTEST) for key in agreements}


def _strictness_of_milestones(milestones: Collection[int]) -> dict[int, int]:
    told = Fact.objects.filter(about__in=milestones, kind="milestone").values_list("about").annotate(Max("level"))
    found = dict(told.order_by())
    return {key: found.get(key, STRICTEST) for key in milestones}


def _documents_of_contradictions(facts: Iterable[Fact]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {fact.pk: set() for fact in facts if fact.kind == "contradiction"}
    if found:
        for fact, document in FactPassage.objects.filter(fact__in=found).values_list("fact", "passage__document"):
            found[fact].add(document)
    return found


def _evidence_among(keys: Collection[int]) -> set[int]:
    resting = (*HEARD, REPORT)
    return {key for batch in batches(keys) for key in Fact.objects.filter(pk__in=batch, kind__in=resting).values_list("pk", flat=True)}  # fmt: skip


def _strictness_of_resting(facts: Iterable[Fact], moves: dict[int, dict[int, int]]) -> dict[int, int]:
    """What rests on something else → how strict that is."""
    kinds = {fact.pk: fact.kind for fact in facts if fact.kind in (*HEARD, REPORT, *TYPED_OF_AGREEMENT)}
    of: dict[str, list[tuple[int, int]]] = {OF: [], REPORT: [], OF_AGREEMENT: []}
    heard = [key for key, kind in kinds.items() if kind in (*HEARD, REPORT)]
    if heard:
        named = Statement.objects.filter(fact__in=heard, predicate=OF).exclude(object=None)
        for fact, entity in named.values_list("fact", "object").distinct():
            of[REPORT if kinds[fact] == REPORT else OF].append((fact, moves[fact].get(entity, entity)))
    if typed := [key for key, kind in kinds.items() if kind in TYPED_OF_AGREEMENT]:
        rows = _typed_of_agreements().filter(fact__in=typed).exclude(object=None)
        of[OF_AGREEMENT] = [(fact, moves[fact].get(entity, entity)) for fact, entity in rows.values_list("fact", "object").distinct()]  # fmt: skip
    found: dict[int, int] = {}
    for key, look in ((OF, strictness_of), (REPORT, _strictness_of_milestones), (OF_AGREEMENT, _strictness_of_agreements)):  # fmt: skip
        if of[key]:
            levels = look({entity for _, entity in of[key]})
            for fact, entity in of[key]:
                found[fact] = max(found.get(fact, 0), levels[entity])
    return found


def page_states(chains: Collection[str]) -> tuple[dict[int, PageState], dict[str, int]]:
    """All versions of these pages, and the newest live one of each."""
    rows = Document.objects.filter(chain__in=chains).values_list(
        "pk", "chain", "live", "visibility", "said_on", "language"
    )
    pages = {row[0]: PageState(*row) for row in rows}
    newest: dict[str, int] = {}
    for page in pages.values():
        if page.live:
            newest[page.chain] = max(newest.get(page.chain, 0), page.pk)
    return pages, newest


def _refresh_batch(keys: list[int], changes: Changes | None) -> set[int]:
    heard: dict[int, list[Heard]] = defaultdict(list)
    for fact, document, on, visibility, action in (
        Assertion.objects.filter(fact__in=keys, action__undone=False)
        .order_by("pk")
        .values_list("fact", "document", "on", "visibility", "action")
    ):
        heard[fact].append(Heard(document, on, visibility, action))
    documents = {entry.document for entries in heard.values() for entry in entries if entry.document}
    # A fact whose every assertion is undone still stands somewhere: in the document it was last folded to.
    facts = {fact.pk: fact for fact in Fact.objects.filter(pk__in=keys)}
    chains = Document.objects.filter(pk__in=documents).values_list("chain", flat=True).distinct()
    pages, newest = page_states(list(chains))
    reviews: dict[int, list[Judged]] = defaultdict(list)
    for pk, fact, verdict, corrected in (
        Review.objects.filter(fact__in=keys, action__undone=False)
        .order_by("pk")
        .values_list("pk", "fact", "verdict", "corrected")
    ):
        reviews[fact].append(Judged(pk, verdict, tuple(corrected)))
    moves: dict[int, dict[int, int]] = defaultdict(dict)
    for fact, origin, target in (
        Move.objects.filter(fact__in=keys, action__undone=False).order_by("pk").values_list("fact", "origin", "target")
    ):
        moves[fact][origin] = target
    states = {pk: fold_fact(heard[pk], reviews[pk], pages, newest) for pk in facts}
    for pk, documents in _documents_of_contradictions(facts.values()).items():
        states[pk] = fold_contradiction(states[pk], heard[pk], pages, documents, newest)
    for pk, level in _strictness_of_resting(facts.values(), moves).items():
        states[pk] = replace(states[pk], level=max(states[pk].level, level))
    places = _places({pk: state.document for pk, state in states.items()})
    touched, before, after = _refresh_statements(keys, states, heard, reviews, moves)
    changed = []
    for pk, fact in facts.items():
        state = states[pk]
        touched |= {fact.entity_id, fact.about_id}
        position, zone = places.get(pk, (fact.position, fact.zone))
        language = pages[state.document].language if state.document else fact.language
        now = (moves[pk].get(fact.entity_id, fact.entity_id), state.document, position, zone, language, state.said_on,
            state.level, state.status, state.counts, state.shown, state.printed)  # fmt: skip
        was, spoken = _fact_now(fact, before[pk]), (fact.language, fact.level)
        if now != tuple(getattr(fact, name) for name in _FOLDED):
            for name, value in zip(_FOLDED, now, strict=True):
                setattr(fact, name, value)
            touched.add(fact.about_id)
            changed.append(fact)
        if changes is not None:
            changes.spoken_before.add(spoken)
            changes.spoken_after.add((fact.language, fact.level))
            changes.note(pk, was, _fact_now(fact, after[pk]))
    update_rows(Fact, [name.removesuffix("_id") for name in _FOLDED], ([*(getattr(fact, name) for name in _FOLDED), fact.pk] for fact in changed))  # fmt: skip
    return touched


def _fact_now(fact: Fact, values: list[ValueNow]) -> FactNow | None:
    return FactNow(fact.about_id, fact.kind, fact.level, values) if fact.shown else None


def _places(homes: dict[int, int | None]) -> dict[int, tuple[int, str]]:
    """Where each fact stands in its document: the offset and zone of the passage that carries the claim."""
    rows = FactPassage.objects.filter(fact__in=homes, rank=0).values_list(
        "fact", "passage__document", "passage__start", "passage__zone"
    )
    return {fact: (start, zone) for fact, document, start, zone in rows if homes[fact] == document}


def _refresh_statements(
    keys: list[int],
    states: dict[int, State],
    heard: dict[int, list[Heard]],
    reviews: dict[int, list[Judged]],
    moves: dict[int, dict[int, int]],
) -> tuple[set[int], dict[int, list[ValueNow]], dict[int, list[ValueNow]]]:
    """Which statements hold, and whom they name after splits; gives the entities named, and the values that held and hold."""
    touched: set[int] = set()
    rows: dict[int, list[tuple]] = defaultdict(list)
    for row in (
        Statement.objects.filter(fact__in=keys)
        .values_list(
            "pk",
            "fact",
            "predicate",
            "review",
            "document",
            "action",
            "object",
            "object_now",
            "holds",
            "value",
            "value_normal",
        )
        .order_by("pk")
    ):
        rows[row[1]].append(row)
    now_on, now_off, renamed = [], [], []
    before: dict[int, list[ValueNow]] = defaultdict(list)
    after: dict[int, list[ValueNow]] = defaultdict(list)
    for fact, found in rows.items():
        said = [Said(row[0], row[2], row[3], row[4], row[5]) for row in found]
        holding = fold_values(said, heard[fact], reviews[fact], states[fact].document)
        for pk, _, predicate, _, _, _, named, named_now, holds, value, normal in found:
            target = moves[fact].get(named, named) if named else None
            if holds:
                before[fact].append(ValueNow(predicate, value, normal, named_now))
            if pk in holding:
                after[fact].append(ValueNow(predicate, value, normal, target))
            touched |= {key for key in (named_now, target) if key}
            if holds != (pk in holding):
                (now_off if holds else now_on).append(pk)
            if named_now != target:
                renamed.append((pk, target))
    for turned, holds in ((now_on, True), (now_off, False)):
        if turned:
            Statement.objects.filter(pk__in=turned).update(holds=holds)
    for pk, target in renamed:
        Statement.objects.filter(pk=pk).update(object_now=target)
    return touched, before, after
