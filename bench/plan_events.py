"""Plans of large events, measured: value against the certified bound, beside what tools do that place by turns.

    python bench/plan_events.py FOLDER [--only l-1,m-1] [--seeds 1,2] [--seconds 15] [--write bench/plan.md]

FOLDER has events as PROBLEM.json or .json.gz. Each plan is judged by the checker; the worst seed counts. Seconds are those from the
parsed problem to the finished schedule.
"""

from __future__ import annotations

import argparse
import gzip
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plan_breaks import write_part

from handslag.partnering import Meeting, Problem, Schedule, read_problem, sha256_of
from handslag.partnering.checking import check_schedule
from handslag.partnering.planning import make_plan, prepare
from handslag.partnering.stopping import StoppingRule

_HEADING = "## Events"
# Seconds by number of requests, as somebody who waits has them.
_SECONDS = ((12_000, 5.0), (33_000, 15.0), (38_000, 60.0), (60_000, 15.0), (10**9, 60.0))


@dataclass(frozen=True, slots=True)
class Measured:
    """One plan: its share of the certified bound, and what it took."""

    seed: int
    value: int
    bound: int
    breaks: int
    seconds: float

    @property
    def share(self) -> float:
        """Of the bound."""
        return self.value / max(1, self.bound)


def main() -> None:
    """Prints the table, and writes it if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--seconds", type=float, default=None, help="for every event, instead of by its size")
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    begun = time.perf_counter()
    prepare()
    lines = [
        f"The compiled functions were ready after {time.perf_counter() - begun:.1f} s.",
        "",
        "| event | requests | seconds | value, worst seed | bound | share | first come, first served | least used slot | breaks |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    print(*lines, sep="\n")
    for name, problem, sha256 in events(asked.folder, set(filter(None, asked.only.split(",")))):
        seconds = asked.seconds or next(limit for most, limit in _SECONDS if len(problem.meetings) <= most)
        plans = [measure(problem, sha256, seconds, int(seed)) for seed in asked.seeds.split(",")]
        worst = min(plans, key=lambda plan: plan.share)
        others = [by_turns(problem, choose) / max(1, worst.bound) for choose in (first_slot, least_used_slot)]
        took = max(plan.seconds for plan in plans)
        lines.append(
            f"| {name} | {len(problem.meetings):,} | {took:.1f} of {seconds:g} | {worst.value:,} | {worst.bound:,} | {worst.share:.4%} |"
            f" {others[0]:.2%} | {others[1]:.2%} | {worst.breaks:,} |"
        )
        print(lines[-1], flush=True)
    if asked.write is not None:
        write_part(asked.write, lines, _HEADING)


def events(folder: Path, only: set[str]) -> Iterator[tuple[str, Problem, str]]:
    """Name, problem and checksum of each event."""
    for path in sorted((*folder.glob("*.json"), *folder.glob("*.json.gz"))):
        name = path.name.partition(".")[0]
        if not only or name in only:
            data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            yield name, read_problem(data), sha256_of(data)


def measure(problem: Problem, sha256: str, seconds: float, seed: int) -> Measured:
    """Plans once and has it judged; SystemExit where the checker finds anything."""
    begun = time.perf_counter()
    stop = StoppingRule(seconds=seconds, gap=0.0, clock=time.perf_counter, began=begun)
    plan = make_plan(problem, problem_sha256=sha256, stop=stop, seed=seed)
    took = time.perf_counter() - begun
    verdict = check_schedule(problem, plan, problem_sha256=sha256)
    if verdict.violations:
        raise SystemExit(verdict.violations[0].in_language("en"))
    return Measured(seed, plan.figures.value, bound_of(plan), plan.figures.breaks, took)


def bound_of(plan: Schedule) -> int:
    """What the plan's certificate proves of its value."""
    return next(one.bound for one in plan.certificates if one.goal == "value")


# --- what tools do that place by turns -------------------------------------------------------------------------------


def first_slot(slots: list[int], _used: Counter[int]) -> int:
    """The first that all have free."""
    return slots[0]


def least_used_slot(slots: list[int], used: Counter[int]) -> int:
    """The one with fewest meetings so far."""
    return min(slots, key=lambda slot: used[slot])


def by_turns(problem: Problem, choose: Callable[[list[int], Counter[int]], int]) -> int:
    """The value of placing the requests one after the other as they came, each where `choose` says. No request gives way."""
    numbered = {slot.id: number for number, slot in enumerate(problem.slots)}
    every = (1 << len(numbered)) - 1
    free = {
        person.id: every & ~sum(1 << numbered[slot] for slot in set(person.unavailable)) for person in problem.people
    }
    body = {person.id: person.organisation for person in problem.people}
    room = {(place.id, numbered[slot]): place.count for place in problem.places for slot in place.slots or numbered}
    used: Counter[int] = Counter()
    value = 0
    for meeting in problem.meetings:
        options = {}
        for slot in range(len(numbered)):
            people = _attending(meeting, free, 1 << slot)
            place = people and next((place.id for place in problem.places if room.get((place.id, slot))
                and (place.host is None or place.host in map(body.get, people))
                and (meeting.places is None or place.id in meeting.places)), None)  # fmt: skip
            if people and place and (meeting.slots is None or problem.slots[slot].id in meeting.slots):
                options[slot] = (people, place)
                if choose is first_slot:
                    break
        if options:
            slot = choose(list(options), used)
            people, place = options[slot]
            for person in people:
                free[person] &= ~(1 << slot)
            room[place, slot] -= 1
            used[slot] += 1
            value += meeting.value
    return value


def _attending(meeting: Meeting, free: dict[str, int], slot: int) -> list[str]:
    """Who would attend in a slot; nobody where somebody is missing."""
    found: list[str] = []
    for side in meeting.sides:
        if not all(free[name] & slot for name in side.all):
            return []
        found += side.all
        if side.any is not None:
            there = [name for name in side.any.of if free[name] & slot][: side.any.count]
            if len(there) < side.any.count:
                return []
            found += there
    return found


if __name__ == "__main__":
    main()
