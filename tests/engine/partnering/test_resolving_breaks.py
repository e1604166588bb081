"""A claim about breaks asked again in clauses: against the oracle that tries every schedule of tiny events."""

from __future__ import annotations

from hypothesis import assume, given, settings
from tests.example_counts import examples
from tests.made_events import Json, file_bytes
from tests.made_oracle import Oracle
from tests.made_tiny_events import events_of_pairs

from handslag.partnering import read_problem
from handslag.partnering.checking.event import Event
from handslag.partnering.checking.resolving_breaks import FewerBreaks, is_plain


@given(events_of_pairs())
@settings(max_examples=examples(80), deadline=None)
def test_no_is_said_of_just_what_the_oracle_does_not_find(problem: Json) -> None:
    oracle = Oracle(problem)
    size = 1
    for meeting in problem["meetings"]:
        size *= len(oracle.options(meeting)) + 1
    assume(size < 5000)
    breaks = [oracle.figures(plan)["breaks"] for plan in oracle.plans()]
    event = Event(read_problem(file_bytes(problem)))
    assert is_plain(event)
    people = {person for meeting in problem["meetings"] for side in meeting["sides"] for person in side["all"]}
    for most in range(len(people)):
        found = FewerBreaks(event, most).solve(20)
        assert found is not None
        is_possible = any(number <= most for number in breaks)
        if problem["rules"]["max_break_spread"] is None:
            assert bool(found) is is_possible
        else:
            # Spread is asked for less strictly than the rule: only "no" is binding.
            assert found or not is_possible
