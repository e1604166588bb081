"""The state of a commitment, computed from what was heard of it and nothing else (`formats/following.md`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from handslag.following.results import State
from handslag.kernel.periods import first_day, is_period, last_day

# Of words of one day the first of these decides.
_WEIGHT: Final = {"contradicted": 5, "cancelled": 4, "done": 3, "delayed": 2, "underway": 1}
_FOR: Final = frozenset(("done", "underway", "delayed"))
_AGAINST: Final = frozenset(("contradicted", "cancelled"))
_MOVING: Final = frozenset(("certain", "probable"))


class Word(NamedTuple):
    """What a state is computed from: what was said, on which day (ISO, or ""), by whom, how certain the link is."""

    said_on: str
    says: str
    by: str
    certainty: str = "certain"


def is_later(said_on: str, than: str) -> bool:
    """True if `said_on` is a strictly later day than `than`: its earliest day comes after all that `than` may mean.

    What has no day is neither later nor earlier than anything.
    """
    if not said_on or not than:
        return False
    first, last = first_day(said_on), last_day(than)
    return first is not None and last is not None and first > last


def is_known(said_on: str, as_of: str) -> bool:
    """True if `said_on` has begun by the day `as_of`; what has no day is not known to have been said by then."""
    first = first_day(said_on) if said_on else None
    return first is not None and first <= date.fromisoformat(as_of)


def state_of(
    firmness: str, said_on: str, words: Iterable[Word], later_days: Iterable[str], as_of: str, when: str = ""
) -> State:
    """The state of a commitment on the day `as_of`.

    `said_on` is the day of its first statement, `words` all that was heard of it, `later_days` the days of all documents.
    Words below probable, without a day, of a day after `as_of` or not later than the statement move nothing.
    """
    counted = [
        word
        for word in words
        if word.certainty in _MOVING and is_later(word.said_on, said_on) and is_known(word.said_on, as_of)
    ]
    due = due_passed(when, as_of)
    if not counted:
        silent = any(is_later(day, said_on) and is_known(day, as_of) for day in later_days)
        return State("nothing heard since" if silent else _at_first(firmness), since=said_on, due_passed=due)
    last_heard = max(word.said_on for word in counted)
    telling = [word for word in counted if word.says != "restated"]
    if not telling:
        latest = _latest(counted)
        return State(_at_first(firmness), since=said_on, last_heard=last_heard, by=latest.by, due_passed=due)
    deciding = _latest(telling)
    state = _after(deciding)
    owner = [word for word in telling if word.by == "owner"]
    others = [word for word in telling if word.by != "owner"]
    if owner and others and _contradict(_latest(owner), _latest(others)):
        state = "disputed"
    return State(state, since=deciding.said_on, last_heard=last_heard, by=deciding.by, due_passed=due)


def history_of(
    firmness: str, said_on: str, words: Sequence[Word], later_days: Sequence[str], as_of: str, when: str = ""
) -> tuple[State, ...]:
    """The states that a commitment has had up to `as_of`, one for each change, in order of time."""
    days = sorted({str(first_day(day)) for day in later_days if day and is_known(day, as_of)})
    states: list[State] = []
    for day in [str(first_day(said_on)) if said_on else as_of, *days]:
        if not is_known(said_on, day) and said_on:
            continue
        state = state_of(firmness, said_on, words, later_days, day, when)
        if not states or states[-1].state != state.state:
            states.append(state)
    return tuple(states)


def due_passed(when: str, as_of: str) -> bool | None:
    """Whether the time by which it was to be done is over; None where there is none, or it has no end."""
    if not when or not is_period(when):
        return None
    last = last_day(when)
    return None if last is None else last < date.fromisoformat(as_of)


def _at_first(firmness: str) -> str:
    return {"done": "reported done", "underway": "underway"}.get(firmness, "stated")


def _latest(words: Iterable[Word]) -> Word:
    """The latest word; of words of one day the one that weighs most, and of those the owner's."""
    return max(words, key=lambda word: (str(first_day(word.said_on)), _WEIGHT.get(word.says, 0), word.by == "owner"))


def _after(word: Word) -> str:
    if word.says == "cancelled":
        return "withdrawn" if word.by == "owner" else "contradicted"
    return {"done": "reported done"}.get(word.says, word.says)


def _contradict(one: Word, other: Word) -> bool:
    return (one.says in _FOR and other.says in _AGAINST) or (one.says in _AGAINST and other.says in _FOR)
