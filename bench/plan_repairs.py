"""What live repair takes and costs at a large event: a table by kind of change, on request under its heading in a file.

    python bench/plan_repairs.py EVENT.json[.gz] [--schedule SCHEDULE.json] [--seconds 15] [--seeds 1,2] [--write bench/plan.md]

Without a schedule the event is planned first. Each kind of change is made 200 times, one upon the other (areas: 40 times,
each on the plan as announced); times are of the processor, with the seeds together. Then 200 changes of all kinds, in the
shares of `_MIX`: what is reached after them against a new bound, and beside it the event planned anew from what was announced.
"""

from __future__ import annotations

import argparse
import gzip
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from plan_breaks import write_part

from handslag.partnering import (
    Meeting,
    Person,
    Problem,
    Schedule,
    Side,
    problem_json,
    read_problem,
    read_schedule,
    sha256_of,
)
from handslag.partnering.bounding import PriceBound
from handslag.partnering.checking import check_schedule
from handslag.partnering.compiled import compile_event
from handslag.partnering.planning import make_plan, prepare
from handslag.partnering.repairing import (
    Added,
    AreaClosed,
    Change,
    MeetingCancelled,
    NoShow,
    PersonAway,
    Plan,
)
from handslag.partnering.stopping import StoppingRule

_HEADING = "## Live repair"
_TIMES, _AREAS, _MIXED = 200, 40, 200
# How often each kind comes among a hundred changes.
_MIX = {
    "away for a while": 30,
    "leaves early": 15,
    "late company": 20,
    "cancelled": 15,
    "no-show": 17,
    "stand closed": 3,
}

Making = Callable[[random.Random, Problem, Schedule, int], Change]


def main() -> None:
    """Prints the table, and writes it if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("event", type=Path)
    parser.add_argument("--schedule", type=Path)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--bound", type=float, default=15.0)
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    data = asked.event.read_bytes()
    data = gzip.decompress(data) if asked.event.suffix == ".gz" else data
    problem = read_problem(data)
    prepare()
    if asked.schedule is None:
        schedule, _ = _planned(problem, sha256_of(data), asked.seconds)
    else:
        schedule = read_schedule(asked.schedule.read_bytes())
    seeds = [int(seed) for seed in asked.seeds.split(",")]
    begun = time.process_time()
    plan = Plan(problem, schedule)
    lines = [
        (
            f"{problem.name}: {plan.placed} of {len(problem.meetings)} meetings placed; the plan is taken up in "
            f"{time.process_time() - begun:.1f} s. Seeds {asked.seeds}; milliseconds of the processor for one change:"
        ),
        "",
        "| change | times | p50 | p95 | longest | hit | dropped | not hit, but moved | filled | dropped, but would fit |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    print(*lines, sep="\n")
    for name, make in _KINDS.items():
        lines.append(_row(name, make, plan, problem, schedule, seeds))
        print(lines[-1], flush=True)
    for seed in seeds:
        lines += ["", *_mixed(plan, problem, schedule, seed, asked.seconds, asked.bound)]
        print(*lines[-2:], sep="\n", flush=True)
    lines += ["", _snapshots(plan)]
    print(*lines[-2:], sep="\n")
    if asked.write is not None:
        write_part(asked.write, lines, _HEADING)


# --- what happens -----------------------------------------------------------------------------------------------------


def _somebody(rng: random.Random, schedule: Schedule) -> str:
    """A person with meetings, each as likely as any other."""
    people = sorted({person for one in schedule.placed for person in one.people})
    return rng.choice(people)


def away_for_a_while(rng: random.Random, problem: Problem, schedule: Schedule, number: int) -> Change:
    first, slots = rng.randrange(len(problem.slots)), [slot.id for slot in problem.slots]
    return PersonAway(_somebody(rng, schedule), slots=tuple(slots[first : first + rng.randint(1, 8)]))


def leaves_early(rng: random.Random, problem: Problem, schedule: Schedule, number: int) -> Change:
    return PersonAway(_somebody(rng, schedule), since=rng.choice(problem.slots).id)


def late_company(rng: random.Random, problem: Problem, schedule: Schedule, number: int) -> Change:
    people = tuple(Person(f"late-{number}-{n}", f"late-{number}") for n in range(rng.randint(1, 3)))
    meetings = tuple(
        Meeting(
            f"late-{number}-m{n}",
            (Side((rng.choice(people).id,)), Side((_somebody(rng, schedule),))),
            value=rng.randint(1, 3),
        )
        for n in range(rng.randint(2, 6))
    )
    return Added(people, meetings)


def cancelled(rng: random.Random, problem: Problem, schedule: Schedule, number: int) -> Change:
    return MeetingCancelled(rng.choice(schedule.placed).meeting)


def no_show(rng: random.Random, problem: Problem, schedule: Schedule, number: int) -> Change:
    one = rng.choice(schedule.placed)
    return NoShow(rng.choice(one.people), one.slot)


def stand_closed(rng: random.Random, problem: Problem, schedule: Schedule, number: int) -> Change:
    first, slots = rng.randrange(len(problem.slots)), [slot.id for slot in problem.slots]
    stands = [place.id for place in problem.places if place.host is not None]
    return AreaClosed((rng.choice(stands),), slots=tuple(slots[first : first + rng.randint(2, 16)]))


def zone_closed_for(count: int) -> Making:
    def make(rng: random.Random, problem: Problem, schedule: Schedule, number: int) -> Change:
        zone = min({place.zone for place in problem.places if place.zone}, key=lambda one: _rooms(problem, one))
        first = rng.randrange(len(problem.slots) - count + 1)
        return AreaClosed(zone=zone, slots=tuple(slot.id for slot in problem.slots[first : first + count]))

    return make


def _rooms(problem: Problem, zone: str) -> int:
    return sum(place.count for place in problem.places if place.zone == zone)


_KINDS: dict[str, Making] = {
    "away for a while": away_for_a_while,
    "leaves early": leaves_early,
    "late company": late_company,
    "cancelled": cancelled,
    "no-show": no_show,
    "stand closed": stand_closed,
    "zone closed, one slot": zone_closed_for(1),
    "zone closed, half a day": zone_closed_for(8),
}


# --- what that takes --------------------------------------------------------------------------------------------------


def _row(name: str, make: Making, plan: Plan, problem: Problem, schedule: Schedule, seeds: Sequence[int]) -> str:
    is_area = name.startswith("zone")
    times, counts, would_fit = [], Counter[str](), 0
    whole = plan.snapshot()
    for seed in seeds:
        rng = random.Random(seed)
        for number in range(_AREAS if is_area else _TIMES):
            change = _possible(plan, make, rng, problem, schedule, number)
            milliseconds, found = _timed(plan, change)
            times.append(milliseconds)
            counts.update(found)
            if is_area:
                would_fit += _left_out_though_fitting(plan) if number < 2 else 0
                plan.restore(whole)
        if not is_area:
            would_fit += _left_out_though_fitting(plan)
            plan.restore(whole)
    times.sort()
    n = len(times)
    per = [f"{counts[key] / n:.2f}" for key in ("hit", "dropped", "gives_way", "placed")]
    return (
        f"| {name} | {n} | {times[n // 2]:.2f} | {times[int(0.95 * n)]:.2f} | {times[-1]:.2f} | "
        f"{' | '.join(per)} | {would_fit} |"
    )


def _possible(
    plan: Plan, make: Making, rng: random.Random, problem: Problem, schedule: Schedule, number: int
) -> Change:
    while True:
        change = make(rng, problem, schedule, number)
        if not isinstance(change, MeetingCancelled) or plan.has_meeting(change.meeting):
            return change


def _timed(plan: Plan, change: Change) -> tuple[float, Counter[str]]:
    begun = time.process_time()
    repair = plan.apply(change)
    milliseconds = 1000 * (time.process_time() - begun)
    counts = Counter({"dropped": repair.count("dropped")})
    counts["gives_way"] = repair.moved_unhit
    counts["hit"] = sum(one.before is not None and one.cause != "gives_way" for one in repair.placements)
    counts["placed"] = repair.count("placed")
    return milliseconds, counts


def _left_out_though_fitting(plan: Plan) -> int:
    """The unplaced meetings that could be added to the plan as it is: looked up anew, from what is handed out."""
    problem, schedule = plan.handed_out()
    slots = [slot.id for slot in problem.slots]
    idle = {person.id: set(slots).difference(person.unavailable) for person in problem.people}
    rooms = {(place.id, slot): place.count for place in problem.places for slot in place.slots or slots}
    for one in schedule.placed:
        rooms[one.place, one.slot] -= 1
        for person in one.people:
            idle[person].discard(one.slot)
    unhosted = [place.id for place in problem.places if place.host is None]
    hosted = {place.host: place.id for place in problem.places if place.host is not None}
    organisation = {person.id: person.organisation for person in problem.people}
    unplaced = {one.meeting for one in schedule.unplaced}
    found = 0
    for meeting in problem.meetings:
        if meeting.id not in unplaced:
            continue
        together = set(meeting.slots or slots)
        people: list[str] = []
        for side in meeting.sides:
            together = together.intersection(*(idle[person] for person in side.all))
            people += side.all
            if side.any is not None:
                members = [idle[person] for person in side.any.of]
                together = {slot for slot in together if sum(slot in one for one in members) >= side.any.count}
        places = [*unhosted, *(hosted[organisation[one]] for one in people if organisation[one] in hosted)]
        found += any(rooms.get((place, slot), 0) > 0 for slot in together for place in places)
    return found


def _mixed(plan: Plan, problem: Problem, schedule: Schedule, seed: int, seconds: float, prove: float) -> list[str]:
    whole = plan.snapshot()
    rng = random.Random(1000 + seed)
    counts: Counter[str] = Counter()
    times = []
    for number in range(_MIXED):
        name = rng.choices(list(_MIX), list(_MIX.values()))[0]
        milliseconds, found = _timed(plan, _possible(plan, _KINDS[name], rng, problem, schedule, number))
        times.append(milliseconds)
        counts.update(found)
    changed, repaired = plan.handed_out()
    verdict = check_schedule(
        changed, repaired, problem_sha256=repaired.problem_sha256, from_sha256=repaired.from_sha256
    )
    if verdict.violations:
        raise SystemExit(verdict.violations[0].in_language("en"))
    bound = _bound(changed, plan.value, prove)
    begun = time.process_time()
    again, took = _planned(changed, sha256_of(problem_json(changed)), seconds)
    processor = time.process_time() - begun
    plan.restore(whole)
    times.sort()
    dropped = repaired.figures.dropped
    return [
        (
            f"After {_MIXED} mixed changes (seed {seed}; p95 {times[int(0.95 * len(times))]:.2f} ms): value {repaired.figures.value}, "
            f"new bound {bound}, reached {100 * repaired.figures.value / bound:.3f} %; of {counts['hit']} hit {dropped} could not be "
            f"kept, {counts['gives_way'] / _MIXED:.2f} that were not hit moved per change. Planned anew from what was announced "
            f"(`--from`): {took:.0f} s ({processor:.0f} s of the processor), value {again.figures.value}, "
            f"{again.figures.moves} moves against {repaired.figures.moves}, {again.figures.dropped} dropped against {dropped}."
        )
    ]


def _bound(problem: Problem, reached: int, seconds: float) -> int:
    bound = PriceBound(problem, compile_event(problem))
    bound.aim(reached)
    end = time.process_time() + seconds
    while not bound.is_finished and time.process_time() < end:
        bound.improve(10)
    return bound.bound


def _planned(problem: Problem, sha256: str, seconds: float) -> tuple[Schedule, float]:
    begun = time.perf_counter()
    stop = StoppingRule(seconds, None, 0.0, time.perf_counter, begun)
    return make_plan(problem, problem_sha256=sha256, stop=stop), time.perf_counter() - begun


def _snapshots(plan: Plan) -> str:
    """The least disturbed of five."""
    taken, restored = [], []
    for _ in range(5):
        begun = time.perf_counter()
        snapshot = plan.snapshot()
        between = time.perf_counter()
        plan.restore(snapshot)
        taken.append(between - begun)
        restored.append(time.perf_counter() - between)
    return f"A snapshot takes {1000 * min(taken):.0f} ms, to restore it {1000 * min(restored):.0f} ms."


if __name__ == "__main__":
    main()
