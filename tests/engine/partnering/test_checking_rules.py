"""The checker: a correct schedule passes, and each planted fault is reported under its rule and no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from tests.made_events import Json, event, judge, meeting, schedule, with_right_figures

from handslag.partnering.checking import RULES

Change = Callable[[Json, Json], object]
HELD_M7 = {"place": "hall", "people": ["p6", "p1"]}


def of(things: list[Json], name: str) -> Json:
    return next(one for one in things if name in {one.get("id"), one.get("meeting")})


def placed(plan: Json, name: str, **changes: Any) -> None:
    """Changes where a meeting is; one that was not placed is placed, with the event's first people for it."""
    plan["unplaced"] = [one for one in plan["unplaced"] if one["meeting"] != name]
    if all(one["meeting"] != name for one in plan["placed"]):
        plan["placed"].append({"meeting": name, "place": "hall", "number": 2, "people": ["p6", "p1"]})
    of(plan["placed"], name).update(changes)


def left_out(plan: Json, name: str) -> None:
    plan["placed"].remove(of(plan["placed"], name))
    plan["unplaced"].append({"meeting": name, "reason": "planted"})


def thawed(problem: Json, **changes: Any) -> Json:
    """The frozen meeting no longer frozen: what follows would be an error of the file otherwise."""
    of(problem["meetings"], "m4").update(frozen=False, **changes)
    return problem


def person(problem: Json, name: str, **changes: Any) -> None:
    of(problem["people"], name).update(changes)


FAULTS: list[tuple[str, Change, str]] = [
    ("wrong-problem", lambda _, plan: plan.update(problem_sha256="0" * 64), ""),
    ("wrong-problem", lambda _, plan: plan.update(from_sha256="1" * 64), ""),
    ("unknown-id", lambda _, plan: placed(plan, "m1", slot="zz"), ""),
    ("unknown-id", lambda _, plan: placed(plan, "m2", place="zz"), ""),
    ("unknown-id", lambda _, plan: placed(plan, "m2", people=["p2", "p5", "zz"]), "extra-person"),
    ("unknown-id", lambda _, plan: plan["unplaced"].append({"meeting": "zz", "reason": ""}), ""),
    ("placed-twice", lambda _, plan: plan["placed"].append(dict(plan["placed"][0])), ""),
    ("placed-twice", lambda _, plan: plan["placed"].append({**plan["placed"][5], "slot": "b2", "number": 2}), ""),
    ("placed-and-unplaced", lambda _, plan: plan["unplaced"].append({"meeting": "m1", "reason": ""}), ""),
    ("placed-and-unplaced", lambda _, plan: plan["unplaced"].append({"meeting": "m4", "reason": ""}), ""),
    ("not-listed", lambda _, plan: plan["unplaced"].clear(), ""),
    ("not-listed", lambda _, plan: plan["placed"].pop(1), ""),
    ("missing-person", lambda _, plan: placed(plan, "m2", people=["p2"]), ""),
    ("missing-person", lambda _, plan: placed(plan, "m6", people=["p5"]), ""),
    ("wrong-any", lambda _, plan: placed(plan, "m1", people=["p1"]), ""),
    ("wrong-any", lambda _, plan: placed(plan, "m1", people=["p1", "p3", "p4"]), ""),
    ("extra-person", lambda _, plan: placed(plan, "m2", people=["p2", "p5", "p4"]), ""),
    ("extra-person", lambda _, plan: placed(plan, "m6", people=["p6", "p5", "p4"]), ""),
    ("unavailable", lambda problem, _: person(problem, "p2", unavailable=["a2"]), ""),
    ("unavailable", lambda problem, _: person(problem, "p4", unavailable=["a1", "b1"]), ""),
    ("double-booked", lambda _, plan: placed(plan, "m6", slot="a4", number=2), ""),
    ("double-booked", lambda _, plan: placed(plan, "m7", slot="a1"), ""),
    ("slot-not-allowed", lambda problem, _: of(problem["meetings"], "m3").update(slots=["a1"]), ""),
    ("slot-not-allowed", lambda problem, _: of(problem["meetings"], "m6").update(slots=["b2"]), ""),
    ("place-not-allowed", lambda problem, _: of(problem["meetings"], "m2").update(places=["booth"]), ""),
    ("place-not-allowed", lambda problem, _: of(problem["meetings"], "m1").update(places=["booth"]), ""),
    ("place-closed", lambda problem, _: problem["places"][0].update(slots=["a1", "a2", "a4", "b2"]), ""),
    ("place-closed", lambda problem, _: thawed(problem)["places"][1].update(slots=["a1"]), ""),
    (
        "place-full",
        lambda problem, plan: (problem["places"][0].update(count=1), placed(plan, "m7", slot="b1")),
        "number-clash",
    ),
    (
        "place-full",
        lambda problem, plan: (problem["places"][0].update(count=1), placed(plan, "m6", slot="b2")),
        "number-clash",
    ),
    ("number-clash", lambda _, plan: placed(plan, "m7", slot="b1", number=1), ""),
    ("number-clash", lambda _, plan: placed(plan, "m2", number=3), ""),
    ("not-host", lambda _, plan: placed(plan, "m2", place="booth"), ""),
    ("not-host", lambda problem, _: person(thawed(problem), "p3", organisation="o1"), ""),
    ("not-after", lambda problem, _: of(problem["meetings"], "m2").update(after=["m6"]), ""),
    ("not-after", lambda problem, _: of(problem["meetings"], "m3").update(after=["m4"]), ""),
    ("over-per-day", lambda problem, _: person(problem, "p5", max_per_day=1), ""),
    ("over-per-day", lambda problem, _: person(problem, "p2", max_per_day=0), ""),
    ("over-in-a-row", lambda problem, _: person(problem, "p1", max_in_a_row=0), ""),
    (
        "over-in-a-row",
        lambda problem, plan: (person(problem, "p6", max_in_a_row=1), placed(plan, "m7", slot="b1")),
        "",
    ),
    ("no-lunch", lambda problem, _: problem["rules"].update(lunch=[{"slots": ["a2"]}]), ""),
    ("no-lunch", lambda problem, _: problem["rules"].update(lunch=[{"slots": ["b2"]}, {"slots": ["a3"]}]), ""),
    ("far-walk", lambda problem, _: problem["walks"][0].update(minutes=61), ""),
    ("far-walk", lambda problem, _: problem["walks"].append({"from": "A", "to": "A", "minutes": 31}), ""),
    ("break-spread", lambda problem, _: problem["rules"].update(max_break_spread=0), ""),
    (
        "break-spread",
        lambda problem, plan: (problem["rules"].update(max_break_spread=0), left_out(plan, "m3")),
        "",
    ),
    ("frozen-changed", lambda _, plan: placed(plan, "m4", place="hall", number=2), ""),
    ("frozen-changed", lambda _, plan: placed(plan, "m4", slot="a2", place="hall", number=2), ""),
    ("frozen-changed", lambda _, plan: left_out(plan, "m4"), "held-dropped"),
    ("held-dropped", lambda _, plan: left_out(plan, "m5"), ""),
    ("held-dropped", lambda problem, _: of(problem["meetings"], "m7").update(held={"slot": "b1", **HELD_M7}), ""),
    ("not-all-placed", lambda problem, _: problem["rules"].update(all_meetings=True), ""),
    (
        "not-all-placed",
        lambda problem, plan: (problem["rules"].update(all_meetings=True), left_out(plan, "m6")),
        "",
    ),
]


def test_a_correct_schedule_passes() -> None:
    assert judge(event(), schedule()).violations == ()


@pytest.mark.parametrize(
    ("rule", "change", "implied"), FAULTS, ids=[f"{number}-{rule}" for number, (rule, _, _) in enumerate(FAULTS)]
)
def test_a_planted_fault_is_reported_and_nothing_else(rule: str, change: Change, implied: str) -> None:
    problem, plan = event(), schedule()
    change(problem, plan)
    found = judge(problem, with_right_figures(problem, plan)).violations
    assert {one.rule for one in found} == {rule, *implied.split()}
    for one in found:
        for language in ("sv", "en"):
            words = one.in_language(language)
            assert words.startswith(f"{one.rule}: ")
            for name in one.ids.values():
                assert all(part in words for part in ([name] if isinstance(name, str) else name))


@pytest.mark.parametrize("figure", list(schedule()["figures"]))
@pytest.mark.parametrize("off", [1, 7])
def test_a_wrong_figure_is_reported_by_its_name(figure: str, off: int) -> None:
    plan = schedule()
    plan["figures"][figure] += off
    (fault,) = judge(event(), plan).violations
    assert (fault.rule, fault.ids["figure"]) == ("wrong-figure", figure)
    assert fault.numbers == {"found": plan["figures"][figure], "right": plan["figures"][figure] - off}


def test_every_rule_is_planted_at_least_twice() -> None:
    times = Counter(rule for rule, _, _ in FAULTS)
    # Planted in the two tests of their own.
    others = {"wrong-figure", "wrong-certificate"}
    assert {rule for rule in RULES if rule not in others and times[rule] < 2} == set()
    assert set(times) <= set(RULES)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("somebody is busy then", lambda problem, _: held_m7(problem, "a1")),
        ("somebody is away", lambda problem, _: (held_m7(problem, "b1"), person(problem, "p6", unavailable=["b1"]))),
        ("the tables are taken", lambda problem, _: (held_m7(problem, "b1"), problem["places"][0].update(count=1))),
        ("it would come too early", lambda problem, _: held_m7(problem, "b1", after=["m5"])),
        ("another would come too early", lambda problem, _: (held_m7(problem, "b1"), after_m7(problem, "m3"))),
        ("too many a day", lambda problem, _: (held_m7(problem, "b1"), person(problem, "p6", max_per_day=1))),
        ("too many in a row", lambda problem, _: (held_m7(problem, "b1"), person(problem, "p6", max_in_a_row=1))),
        ("it may not be there any more", lambda problem, _: held_m7(problem, "b1", places=["booth"])),
        ("it may not be then any more", lambda problem, _: held_m7(problem, "b1", slots=["b2"])),
        ("no lunch", lambda problem, _: (held_m7(problem, "a3"), problem["rules"].update(lunch=[{"slots": ["a3"]}]))),
        ("the walk is too far", lambda problem, _: held_m7(problem, "a3")),
        ("breaks too far apart", lambda problem, _: (held_m7(problem, "a2"), more_slots(problem))),
    ],
)
def test_a_held_meeting_that_cannot_be_added_is_not_dropped(name: str, change: Change) -> None:
    problem, plan = event(), schedule()
    change(problem, plan)
    assert judge(problem, with_right_figures(problem, plan)).violations == (), name


def held_m7(problem: Json, when: str, **more: Any) -> None:
    of(problem["meetings"], "m7").update(held={"slot": when, **HELD_M7}, **more)


def after_m7(problem: Json, name: str) -> None:
    of(problem["meetings"], name)["after"] = ["m7"]


def more_slots(problem: Json) -> None:
    """Two more slots, so that a1, a2 and a4 lie apart: then p1 would have two breaks, and p2 has none."""
    first, second = problem["slots"][:2]
    first["minutes"] = second["minutes"] = 10
    problem["slots"].insert(1, {**first, "id": "a1b", "start": "2026-11-02T09:10+01:00"})
    problem["slots"].insert(3, {**first, "id": "a2b", "start": "2026-11-02T09:40+01:00"})


def test_breaks_are_counted_within_a_day_and_over_slots_of_absence() -> None:
    problem, plan = event(), schedule()
    person(problem, "p1", unavailable=["a2"])
    problem["slots"][2]["start"] = "2026-11-02T10:05+01:00"
    problem["slots"][2]["minutes"] = 25
    assert judge(problem, plan).violations == ()


def test_far_walks_that_are_only_counted_are_no_fault() -> None:
    problem, plan = event(), schedule()
    problem["rules"]["walks"] = "count"
    problem["walks"][0]["minutes"] = 61
    plan["figures"]["far_walks"] = 1
    assert judge(problem, plan).violations == ()


def test_a_schedule_that_is_unknown_may_leave_out_meetings_and_spread_breaks() -> None:
    problem, plan = event(), schedule()
    problem["rules"].update(all_meetings=True, max_break_spread=0)
    plan["status"] = "unknown"
    assert judge(problem, plan).violations == ()


def test_a_schedule_that_keeps_every_rule_is_not_unknown() -> None:
    plan = schedule() | {"status": "unknown"}
    assert [one.variant for one in judge(event(), plan).violations] == ["unknown"]


def test_a_thousand_faults_are_told_one_by_one() -> None:
    problem, plan = event(), schedule()
    problem["people"] += [{"id": f"q{number}"} for number in range(2000)]
    problem["meetings"] += [meeting(f"n{number}", f"q{number}", f"q{number + 1000}") for number in range(1000)]
    assert Counter(one.rule for one in judge(problem, plan).violations) == {"not-listed": 1000}
