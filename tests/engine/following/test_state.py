"""The state of a commitment: every rule of the format, as a property."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.following.results import STATES
from handslag.following.state import Word, due_passed, history_of, is_later, state_of

STATED = "2025-01-10"
FIRMNESS = ("agreed", "promised", "assigned", "planned", "aim", "possible")
SAYS = ("done", "underway", "delayed", "contradicted", "cancelled", "restated")
ORDER = ("contradicted", "cancelled", "done", "delayed", "underway")
FOR, AGAINST = {"done", "underway", "delayed"}, {"contradicted", "cancelled"}

days = st.dates(date(2024, 12, 1), date(2026, 6, 1)).map(date.isoformat)
words = st.builds(
    Word,
    days,
    st.sampled_from(SAYS),
    st.sampled_from(("owner", "other")),
    st.sampled_from(("certain", "probable", "weak")),
)


def after(says: str, by: str) -> str:
    if says == "cancelled":
        return "withdrawn" if by == "owner" else "contradicted"
    return {"done": "reported done"}.get(says, says)


@given(st.sampled_from(FIRMNESS), st.lists(words, max_size=6), days)
def test_the_state_is_that_of_the_contract(firmness: str, heard: list[Word], as_of: str) -> None:
    """Written once more, day by day, as the contract tells it."""
    counted = [w for w in heard if w.certainty != "weak" and STATED < w.said_on <= as_of]
    later = [w.said_on for w in heard]
    found = state_of(firmness, STATED, heard, later, as_of)
    telling = [w for w in counted if w.says != "restated"]
    if not counted:
        silent = any(STATED < day <= as_of for day in later)
        assert found.state == ("nothing heard since" if silent else "stated")
        assert found.last_heard is None
        return
    assert found.last_heard == max(w.said_on for w in counted)
    if not telling:
        assert found.state == "stated"
        return

    def latest(of: list[Word]) -> Word:
        day = max(w.said_on for w in of)
        return min((w for w in of if w.said_on == day), key=lambda w: (ORDER.index(w.says), w.by != "owner"))

    owner, others = [w for w in telling if w.by == "owner"], [w for w in telling if w.by == "other"]
    expected = after(latest(telling).says, latest(telling).by)
    if owner and others:
        sides = {latest(owner).says in FOR, latest(others).says in FOR}
        if len(sides) == 2:
            expected = "disputed"
    assert found.state == expected


@given(st.lists(words, max_size=6), days)
def test_weak_words_and_words_of_no_later_day_move_nothing(heard: list[Word], as_of: str) -> None:
    moving = [w for w in heard if w.certainty != "weak" and w.said_on > STATED]
    later = [w.said_on for w in heard]
    assert state_of("promised", STATED, heard, later, as_of) == state_of("promised", STATED, moving, later, as_of)


@given(st.lists(words, max_size=6), days)
def test_what_is_said_after_the_day_asked_for_is_not_known_on_it(heard: list[Word], as_of: str) -> None:
    known = [w for w in heard if w.said_on <= as_of]
    everything = state_of("promised", STATED, heard, [w.said_on for w in heard], as_of)
    assert everything == state_of("promised", STATED, known, [w.said_on for w in known], as_of)


@given(st.lists(words, max_size=6), days)
def test_saying_it_again_changes_no_state_but_ends_the_silence(heard: list[Word], as_of: str) -> None:
    later = [w.said_on for w in heard]
    told = [w for w in heard if w.says != "restated"]
    with_it, without = (
        state_of("promised", STATED, heard, later, as_of),
        state_of("promised", STATED, told, later, as_of),
    )
    assert with_it.state == without.state or (with_it.state, without.state) == ("stated", "nothing heard since")


@given(st.lists(words, max_size=6), st.permutations(range(6)))
def test_the_order_in_which_words_come_in_does_not_matter(heard: list[Word], order: list[int]) -> None:
    mixed = [heard[k] for k in order if k < len(heard)]
    assert state_of("agreed", STATED, heard, [], "2027-01-01") == state_of("agreed", STATED, mixed, [], "2027-01-01")


@given(st.lists(words, max_size=5), st.sampled_from(FIRMNESS))
def test_the_history_ends_in_the_state_and_has_no_two_alike_in_a_row(heard: list[Word], firmness: str) -> None:
    later = [w.said_on for w in heard]
    history = history_of(firmness, STATED, heard, later, "2026-12-31")
    assert history[0].state == "stated"
    assert all(one.state != other.state for one, other in pairwise(history))
    assert history[-1].state == state_of(firmness, STATED, heard, later, "2026-12-31").state
    assert {state.state for state in history} <= set(STATES)


@pytest.mark.parametrize(
    ("firmness", "state"), [("done", "reported done"), ("underway", "underway"), ("aim", "stated")]
)
def test_at_first_the_firmness_tells(firmness: str, state: str) -> None:
    assert state_of(firmness, STATED, [], [], "2026-01-01").state == state


@pytest.mark.parametrize(
    ("says", "by", "state"),
    [
        ("cancelled", "owner", "withdrawn"),
        ("cancelled", "other", "contradicted"),
        ("contradicted", "owner", "contradicted"),
        ("done", "other", "reported done"),
        ("delayed", "other", "delayed"),
    ],
)
def test_one_word(says: str, by: str, state: str) -> None:
    word = Word("2025-06-01", says, by)
    assert state_of("promised", STATED, [word], ["2025-06-01"], "2025-06-01").state == state
    assert state_of("promised", STATED, [word], ["2025-06-01"], "2025-05-31").state == "stated"


@pytest.mark.parametrize("first", ["owner", "other"])
def test_owner_and_another_dispute_whichever_is_later(first: str) -> None:
    second = "other" if first == "owner" else "owner"
    heard = [Word("2025-03-01", "done", first), Word("2025-04-01", "contradicted", second)]
    assert state_of("promised", STATED, heard, [], "2025-12-31").state == "disputed"
    assert state_of("promised", STATED, heard[:1], [], "2025-12-31").state == "reported done"


@pytest.mark.parametrize(
    ("day", "than", "later"),
    [
        ("2025-01-11", STATED, True),
        (STATED, STATED, False),
        ("2025-01", STATED, False),  # its earliest day is the first of January
        ("2025-02", STATED, True),
        ("2025", STATED, False),
        ("2026", STATED, True),
        ("", STATED, False),
        ("2025-02-01", "", False),
        ("2025-01-20", "2025-01", False),  # it may have been stated on the last of January
    ],
)
def test_later_is_a_strictly_later_day(day: str, than: str, later: bool) -> None:
    assert is_later(day, than) is later


def test_a_word_without_a_day_moves_nothing() -> None:
    assert state_of("promised", STATED, [Word("", "done", "owner")], [""], "2026-01-01").state == "stated"


@pytest.mark.parametrize(
    ("when", "passed"),
    [
        ("2025-06-30", True),
        ("2026", False),
        ("/2025-03", True),
        ("2025-06/", None),
        ("yearly", None),
        ("", None),
        ("every term", None),
    ],
)
def test_whether_the_due_day_has_passed_is_a_value_of_its_own(when: str, passed: bool | None) -> None:
    assert due_passed(when, "2025-12-01") is passed


@given(days, days)
def test_the_due_day_itself_is_not_over(due: str, as_of: str) -> None:
    assert due_passed(due, as_of) is (date.fromisoformat(due) < date.fromisoformat(as_of))
    assert due_passed(due, (date.fromisoformat(due) + timedelta(days=1)).isoformat()) is True
