"""Chains of what people do, and their replay without one of them: the proof that undoing is exact.

A step names entities, facts and pages by address and earlier steps by their place in the chain, so it can be done again in a store that
has other keys. In the replay a step may
- be done as before;
- be refused, as it was possible only because of the step left out ("that would make one of two that are different"): then it is taken
  back in the first store too, before the two are compared;
- be possible and write other entries (a split finds other parts to move): then the entries of the log are written instead. All other
  actions *have* happened, with the entries they have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from django.db import transaction
from tests.proof.small_store import BODIES, PROVER, address_of, small_reading, typed_claim

from handslag.kernel.claims import Claim, normal_words
from handslag.reading.claims import organisation_key
from handslag_hub.store.dumping import dump
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import (
    Action,
    Assertion,
    Conflict,
    Document,
    Entity,
    Fact,
    IdentityLink,
    Move,
    Presence,
    Review,
    Settlement,
    Statement,
)
from handslag_hub.store.services import (
    TypedFact,
    add_document_again,
    judge_sameness,
    keep_reading,
    remove_document,
    review_fact,
    settle_conflict,
    split_entity,
    type_facts,
    undo_action,
)
from handslag_hub.store.services.undoing import refresh_after

PAGES = 3
Step = tuple


def build_store() -> None:
    """The store that every chain starts from."""
    for number in range(PAGES):
        keep_reading(PROVER, small_reading(number), address=address_of(number))


# --- doing ----------------------------------------------------------------------------------------------------------


def do_step(step: Step, done: Sequence[Action | None]) -> Action | None:
    """Does a step through the services; Refused (also where what it names is not there), None where nothing was to be done."""
    match step:
        case ("judge", a, b, verdict):
            return judge_sameness(PROVER, _entity(a), _entity(b), verdict)
        case ("split", uid, facts):
            return split_entity(PROVER, _entity(uid), [_fact(fact) for fact in facts], "Den andra")[1]
        case ("review", uid, verdict, value):
            corrected = _corrections(_fact(uid), value) if verdict == "correct" else None
            return review_fact(PROVER, _fact(uid), verdict, corrected=corrected)
        case ("remove", uid):
            return remove_document(PROVER, _document(uid))
        case ("again", uid):
            return add_document_again(PROVER, _document(uid))
        case ("keep", number, version):
            before = Action.objects.order_by("-pk").first()
            keep_reading(PROVER, small_reading(number, version), address=address_of(number))
            return Action.objects.filter(pk__gt=before.pk).order_by("pk").first()
        case ("type", number, variant):
            return type_facts(PROVER, [TypedFact(typed_claim(number, variant))])[1]
        case ("settle", uid, predicate, value):
            conflict = Conflict.objects.filter(entity=_entity(uid).canonical_id, predicate=predicate).order_by("level").first()  # fmt: skip
            if conflict is None:
                raise Refused("no conflict")
            statement = Statement.objects.filter(holds=True, predicate=predicate, value_normal=value, fact__shown=True,
                fact__about__canonical=conflict.entity).order_by("fact__uid").first()  # fmt: skip
            return settle_conflict(PROVER, conflict, statement)
        case ("undo", place):
            if done[place] is None:
                raise Refused("never done")
            return undo_action(PROVER, done[place])
    raise AssertionError(step)


def _corrections(fact: Fact, value: str) -> dict[str, list[Claim]]:
    if fact.kind == "role":
        return {"organisation": [Claim(predicate="organisation", value=value, normal=normal_words(value), object=organisation_key(value))]}  # fmt: skip
    if fact.kind == "event":
        return {"place": [Claim(predicate="place", value=value, normal=normal_words(value))]}
    predicate = "what" if fact.kind == "commitment" else "name"
    return {predicate: [Claim(predicate=predicate, value=value, normal=normal_words(value))]}


def _found(rows, uid: str):
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Refused(f"{uid} is not there")
    return found


def _entity(uid: str) -> Entity:
    return _found(Entity.objects, uid)


def _fact(uid: str) -> Fact:
    return _found(Fact.objects, uid)


def _document(uid: str) -> Document:
    return _found(Document.objects, uid)


# --- choosing --------------------------------------------------------------------------------------------------------


def choose_step(rng: Random, done: Sequence[Action | None]) -> Step:
    """A step that could be taken now; it may still be refused."""
    kind = rng.choices(
        ("judge", "split", "review", "remove", "again", "keep", "type", "settle", "undo"), (12, 2, 4, 2, 2, 1, 1, 1, 5)
    )[0]
    if kind == "judge":
        what = rng.choice(("organisation", "organisation", "person", "event"))
        uids = sorted(Entity.objects.filter(kind=what).values_list("uid", flat=True))
        a, b = rng.sample(uids, 2) if len(uids) > 1 else (uids[0], uids[0])
        return ("judge", a, b, rng.choice(("same", "same", "same", "different", "different", "unsure")))
    if kind == "split":
        entity = rng.choice(sorted(Entity.objects.filter(kind="organisation", level__isnull=False).values_list("uid", "canonical")))  # fmt: skip
        about = set(Fact.objects.filter(about__canonical=entity[1]).values_list("uid", flat=True))
        about |= set(Statement.objects.filter(object_now__canonical=entity[1], holds=True).values_list("fact__uid", flat=True))  # fmt: skip
        facts = rng.sample(sorted(about), min(len(about), rng.randint(1, 2)))
        return ("split", entity[0], tuple(sorted(facts))) if facts else choose_step(rng, done)
    if kind == "review":
        uid = rng.choice(sorted(Fact.objects.values_list("uid", flat=True)))
        return ("review", uid, rng.choice(("accept", "reject", "correct", "correct", "unsure", "clear")), rng.choice((*BODIES, "Ny AB")))  # fmt: skip
    if kind in {"remove", "again"}:
        live = kind == "remove"
        uids = sorted(Document.objects.filter(live=live).values_list("uid", flat=True))
        return (kind, rng.choice(uids)) if uids else choose_step(rng, done)
    if kind == "keep":
        return ("keep", rng.randrange(PAGES + 2), rng.randrange(3))
    if kind == "type":
        return ("type", rng.randrange(2), rng.randrange(2))
    if kind == "settle":
        rows = sorted(Conflict.objects.values_list("entity__uid", "predicate", "values"))
        if not rows:
            return choose_step(rng, done)
        uid, predicate, values = rng.choice(rows)
        return ("settle", uid, predicate, rng.choice(values))
    places = [place for place, action in enumerate(done) if action]
    return ("undo", rng.choice(places[-4:])) if places else choose_step(rng, done)


# --- entries, by address ---------------------------------------------------------------------------------------------

_LOGS = (
    (Presence, ("document__uid", "present")),
    (Assertion, ("fact__uid", "document__uid", "on", "visibility")),
    (Review, ("fact__uid", "verdict", "note")),
    (IdentityLink, ("a__uid", "b__uid", "verdict")),
    (Move, ("fact__uid", "origin__uid", "target__uid")),
    (Settlement, ("entity__uid", "predicate", "values", "statement__value", "statement__fact__uid")),
)


def entries_of(action: Action) -> list[tuple]:
    """What the action wrote to the logs. The two sides of a link have no order by address."""
    found = []
    for log, fields in _LOGS:
        for row in log.objects.filter(action=action).values_list(*fields):
            values = sorted(row[:2]) + list(row[2:]) if log is IdentityLink else list(row)
            found.append((log.__name__, *map(str, values)))
    return sorted(found)


def copy_entries(action: Action) -> list[tuple]:
    """The entries of a verdict, a split or a settlement, to be written elsewhere."""
    rows = [("link", *row) for row in IdentityLink.objects.filter(action=action).values_list("a__uid", "b__uid", "verdict")]  # fmt: skip
    rows += [("move", *row) for row in Move.objects.filter(action=action).values_list("fact__uid", "origin__uid", "target__uid", "target__kind")]  # fmt: skip
    settled = Settlement.objects.filter(action=action).values_list("entity__uid", "predicate", "values", "statement__value", "statement__fact__uid")  # fmt: skip
    return rows + [("settled", *row) for row in settled]


def write_entries(verb: str, copied: Sequence[tuple]) -> Action:
    """Writes the copied entries as an action of their own and folds what they touch."""
    action = Action.objects.create(at="2026-11-01T00:00:00Z", actor=PROVER.name, verb=verb)
    for entry in copied:
        match entry:
            case ("link", a, b, verdict):
                first, second = sorted((_entity(a).pk, _entity(b).pk))
                IdentityLink.objects.create(a_id=first, b_id=second, verdict=verdict, method="by hand", action=action)
            case ("move", fact, origin, target, what):
                there, made = Entity.objects.get_or_create(uid=target, defaults={"kind": what})
                if made:
                    Entity.objects.filter(pk=there.pk).update(canonical=there)
                Move.objects.create(fact=_fact(fact), origin=_entity(origin), target=there, action=action)
            case ("settled", uid, predicate, values, value, fact):
                rows = Statement.objects.filter(fact__uid=fact, predicate=predicate, value=value).order_by("-pk")
                statement = rows.first() if fact else None
                if fact and statement is None:
                    raise Refused("the value it was settled for was never said")
                Settlement.objects.create(entity=_entity(uid), predicate=predicate, values=values, statement=statement, action=action)  # fmt: skip
    refresh_after([action])
    return action


# --- the proof -------------------------------------------------------------------------------------------------------


@dataclass
class Tally:
    """What came up in the chains, so that a proof that proves nothing is seen."""

    chains: int = 0
    steps: int = 0
    undone: int = 0
    undos_refused: int = 0
    dependents: int = 0
    by_log: int = 0
    not_compared: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def prove_chain(seed: int, tally: Tally) -> None:
    """One chain on the store as it stands, which is left as it was. Differences are noted in the tally."""
    rng = Random(seed)
    start = dump()
    with _left_as_it_was():
        steps, done = _do_chain(rng, tally)
        with _left_as_it_was():
            _undo_all(done)
            if dump() != start:
                tally.failures.append(f"seed {seed}: undoing all does not give the start; {steps}")
        tally.chains += 1
        counting = [place for place, action in enumerate(done) if not Action.objects.get(pk=action.pk).undone]
        if not counting:
            return
        left_out = rng.choice(counting)
        entries = [entries_of(action) for action in done]
        copies = [copy_entries(action) for action in done]
        undone = _undone(done[left_out])
    with _left_as_it_was():
        dependents = _replay(left_out, steps, entries, copies, tally)
        replayed = dump()
    tally.undone += 1
    if undone is None:
        tally.undos_refused += 1
        if not dependents:
            tally.failures.append(f"seed {seed}: undoing step {left_out} was refused, the replay was not; {steps}")
        return
    if dependents:
        tally.dependents += 1
        with _left_as_it_was():
            undone = _undone_with_dependents(left_out, dependents, steps)
        if undone is None:
            tally.not_compared += 1
            return
    if undone != replayed:
        a, b = set(undone.decode().split("\n")), set(replayed.decode().split("\n"))
        tally.failures.append(f"seed {seed}: without step {left_out} (and {dependents}): {steps}\n undone: {sorted(a - b)[:4]}\n replayed: {sorted(b - a)[:4]}")  # fmt: skip


@contextmanager
def _left_as_it_was() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _do_chain(rng: Random, tally: Tally) -> tuple[list[Step], list[Action]]:
    steps: list[Step] = []
    done: list[Action] = []
    for _ in range(rng.randint(5, 10)):
        step = choose_step(rng, done)
        try:
            with transaction.atomic():
                action = do_step(step, done)
        except Refused:
            continue
        if action is not None:
            steps.append(step)
            done.append(action)
            tally.steps += 1
            tally.kinds[step[0]] = tally.kinds.get(step[0], 0) + 1
    return steps, done


def _undo_all(done: Sequence[Action]) -> None:
    """Newest first. What an undoing took back is back by then, and is taken back in its turn."""
    floor = done[0].pk if done else 0
    for action in Action.objects.filter(pk__gte=floor).order_by("-pk"):
        action.refresh_from_db()
        if not action.undone:
            undo_action(PROVER, action)


def _undone(action: Action) -> bytes | None:
    """The state after undoing the action; None where that is refused."""
    try:
        with transaction.atomic():
            undo_action(PROVER, action)
    except Refused:
        return None
    return dump()


def _replay(left_out: int, steps: list[Step], entries: list[list[tuple]], copies: list[list[tuple]], tally: Tally) -> list[int]:  # fmt: skip
    """Does all steps but one; gives the places of those that were possible only because of it."""
    done: list[Action | None] = []
    dependents: list[int] = []
    for place, step in enumerate(steps):
        action = None
        if place != left_out:
            try:
                with transaction.atomic():
                    action = _do_as_logged(step, done, entries[place], copies[place], tally)
            except Refused:
                dependents.append(place)
        done.append(action)
    return dependents


def _do_as_logged(step: Step, done: list[Action | None], entries: list[tuple], copied: list[tuple], tally: Tally) -> Action:  # fmt: skip
    mark = transaction.savepoint()
    action = do_step(step, done)
    if action is None or (entries_of(action) != entries and not copied):
        raise Refused("there is nothing to be done, or something else")
    if entries_of(action) != entries:
        tally.by_log += 1
        transaction.savepoint_rollback(mark)
        return write_entries(step[0], copied)
    return action


def _undone_with_dependents(left_out: int, dependents: list[int], steps: list[Step]) -> bytes | None:
    """The state after the chain, and after taking back the step and what the replay refused; None where that is refused.

    An undoing of one of these is none of its own: what it undid is taken back here anyhow.
    """
    done: list[Action | None] = []
    for step in steps:
        done.append(do_step(step, done))
    gone = {left_out, *dependents}
    try:
        with transaction.atomic():
            for place in sorted(gone, reverse=True):
                step = steps[place]
                if place != left_out and step[0] == "undo" and step[1] in gone:
                    continue
                if not Action.objects.get(pk=done[place].pk).undone:
                    undo_action(PROVER, done[place])
    except Refused:
        return None
    return dump()
