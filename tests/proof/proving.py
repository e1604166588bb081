"""The proof that undoing is exact: one of a chain's actions undone, or all, against a replay without it, or the start.

In the replay a step may
- be done as before;
- be refused, as it was possible only because of the step left out ("that would make one of two that are different"): then it is taken
  back in the first store too, before the two are compared;
- be possible and write other entries (a split finds other parts to move): then the entries of the log are written instead. All other
  actions *have* happened, with the entries they have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from random import Random

from django.db import transaction
from tests.proof.chains import Step, choose_step, copy_entries, do_step, entries_of, write_entries
from tests.proof.small_store import PROVER

from handslag_hub.site.keeping.problems import projections
from handslag_hub.store.dumping import dump
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action
from handslag_hub.store.refresh import facts_changed
from handslag_hub.store.services import undo_action

# All is undone in every so manieth chain, and the lists and traits that other parts make of the facts follow in every so manieth.
ALL_UNDONE_EVERY = 8
WITH_LISTS_EVERY = 25
# So many chains go on from a place in the one before, where the store stands anyway: half of their steps need not be done again.
FAMILY = 5


@dataclass
class Tally:
    """What came up in the chains, so that a proof that proves nothing is seen."""

    chains: int = 0
    steps: int = 0
    undone: int = 0
    all_undone: int = 0
    undos_refused: int = 0
    dependents: int = 0
    by_log: int = 0
    not_compared: int = 0
    with_lists: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


@dataclass
class Chain:
    """The steps that were taken, and the state before each (savepoints of one transaction)."""

    steps: list[Step] = field(default_factory=list)
    done: list[Action] = field(default_factory=list)
    before: list[str] = field(default_factory=list)

    def go_back(self, place: int) -> None:
        """To the state before the step of this place."""
        if place < len(self.before):
            transaction.savepoint_rollback(self.before[place])
        del self.steps[place:], self.done[place:], self.before[place:]


def prove_chains(seed: int, wanted: int, tally: Tally) -> None:
    """So many chains (at most `FAMILY`) on the store as it stands, which is left as it was. Differences are noted in the tally."""
    follows = seed % WITH_LISTS_EVERY == 1
    rng = Random(seed)
    chain = Chain()
    with nullcontext() if follows else _lists_left_alone(), _left_as_it_was():
        start = dump()
        for number in range(min(FAMILY, wanted)):
            _go_on(chain, rng, tally)
            proof = _Proof(chain, tally, f"seed {seed}, chain {number}", _lists_that_differ if follows else list)
            undoes_all = (seed * FAMILY + number) % ALL_UNDONE_EVERY == 0
            proof.prove(rng, start if undoes_all else None)
            tally.chains += 1
            tally.with_lists += follows


@dataclass
class _Proof:
    """Of one chain; the store stands after it."""

    chain: Chain
    tally: Tally
    called: str
    lists_that_differ: Callable[[], list[str]]

    def prove(self, rng: Random, start: bytes | None) -> None:
        """Leaves one step out, and goes back to before it; `start` is given where all is to be undone first."""
        chain, tally = self.chain, self.tally
        self._look_at_lists("all done")
        if start is not None:
            with _left_as_it_was():
                _undo_all(chain.done)
                tally.all_undone += 1
                if dump() != start:
                    self._note("undoing all does not give the start")
                self._look_at_lists("all undone")
        keys = [action.pk for action in chain.done]
        counting = set(Action.objects.filter(pk__in=keys, undone=False).values_list("pk", flat=True))
        if not counting:
            chain.go_back(0)
            return
        left_out = rng.choice([place for place, key in enumerate(keys) if key in counting])
        # Before it the replay does what the chain did.
        later = range(left_out + 1, len(keys))
        entries = {place: entries_of(chain.done[place]) for place in later}
        copies = {place: copy_entries(chain.done[place]) for place in later}
        with _left_as_it_was():
            undone = _undone(chain.done[left_out])
            if undone is not None:
                self._look_at_lists(f"step {left_out} undone")
        transaction.savepoint_rollback(chain.before[left_out])
        with _left_as_it_was():
            dependents = _replay(left_out, chain, entries, copies, tally)
            replayed = dump()
        tally.undone += 1
        self._compare(left_out, dependents, undone, replayed)
        chain.go_back(left_out)

    def _compare(self, left_out: int, dependents: list[int], undone: bytes | None, replayed: bytes) -> None:
        if undone is None:
            self.tally.undos_refused += 1
            if not dependents:
                self._note(f"undoing step {left_out} was refused, the replay was not")
            return
        if dependents:
            self.tally.dependents += 1
            with _left_as_it_was():
                undone = _undone_with_dependents(left_out, dependents, self.chain)
            if undone is None:
                self.tally.not_compared += 1
                return
        if undone != replayed:
            a, b = set(undone.decode().split("\n")), set(replayed.decode().split("\n"))
            self._note(f"without step {left_out} (and {dependents}):\n undone: {sorted(a - b)[:4]}\n replayed: {sorted(b - a)[:4]}")  # fmt: skip

    def _look_at_lists(self, when: str) -> None:
        if wrong := self.lists_that_differ():
            self._note(f"{when}, the lists differ: {wrong}")

    def _note(self, what: str) -> None:
        self.tally.failures.append(f"{self.called}: {what}; {self.chain.steps}")


@contextmanager
def _left_as_it_was() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _lists_left_alone() -> Iterator[None]:
    """The parts above the store are not told of changes: nothing of theirs is compared, and they take half of the time."""
    receivers, facts_changed.receivers = facts_changed.receivers, []
    facts_changed.sender_receivers_cache.clear()
    try:
        yield
    finally:
        facts_changed.receivers = receivers
        facts_changed.sender_receivers_cache.clear()


def _lists_that_differ() -> list[str]:
    return [str(line) for module in projections() for line in module.differences()]


def _go_on(chain: Chain, rng: Random, tally: Tally) -> None:
    """Tries steps until there are five to ten, as far as they are not refused."""
    for _ in range(max(1, rng.randint(5, 10) - len(chain.steps))):
        step = choose_step(rng, chain.done)
        before = transaction.savepoint()
        try:
            with transaction.atomic():
                action = do_step(step, chain.done)
        except Refused:
            continue
        if action is not None:
            chain.steps.append(step)
            chain.done.append(action)
            chain.before.append(before)
            tally.kinds[step[0]] = tally.kinds.get(step[0], 0) + 1
    tally.steps += len(chain.steps)


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


def _replay(left_out: int, chain: Chain, entries: dict[int, list[tuple]], copies: dict[int, list[tuple]], tally: Tally) -> list[int]:  # fmt: skip
    """Does all steps after the one left out; gives the places of those that were possible only because of it."""
    done: list[Action | None] = [*chain.done[:left_out], None]
    dependents: list[int] = []
    for place in range(left_out + 1, len(chain.steps)):
        action = None
        try:
            with transaction.atomic():
                action = _do_as_logged(chain.steps[place], done, entries[place], copies[place], tally)
        except Refused:
            dependents.append(place)
        done.append(action)
    return dependents


def _do_as_logged(step: Step, done: list[Action | None], entries: list[tuple], copied: list[tuple], tally: Tally) -> Action:  # fmt: skip
    mark = transaction.savepoint()
    action = do_step(step, done)
    written = entries_of(action) if action else []
    if action is None or (written != entries and not copied):
        raise Refused("there is nothing to be done, or something else")
    if written != entries:
        tally.by_log += 1
        transaction.savepoint_rollback(mark)
        return write_entries(step[0], copied)
    return action


def _undone_with_dependents(left_out: int, dependents: list[int], chain: Chain) -> bytes | None:
    """The state after the chain, and after taking back the step and what the replay refused; None where that is refused.

    The store stands before the step. An undoing of one of these is none of its own: what it undid is taken back here anyhow.
    """
    done: list[Action | None] = [*chain.done[:left_out]]
    for step in chain.steps[left_out:]:
        done.append(do_step(step, done))
    gone = {left_out, *dependents}
    try:
        with transaction.atomic():
            for place in sorted(gone, reverse=True):
                step = chain.steps[place]
                if place != left_out and step[0] == "undo" and step[1] in gone:
                    continue
                if not Action.objects.get(pk=done[place].pk).undone:
                    undo_action(PROVER, done[place])
    except Refused:
        return None
    return dump()
