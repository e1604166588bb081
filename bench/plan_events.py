"""Plans of large events, measured: value against the certified bound, beside what others make of the same event in the same time.

    python bench/plan_events.py [FOLDER] [--only l-1,mixed-10000] [--seeds 1,2] [--seconds 15] [--full] [--write bench/plan.md]
                                [--picture bench/plan.svg]

FOLDER has events as PROBLEM.json or .json.gz; where it is missing only the made ones (`made_events.py`) are planned. Each plan has a fresh
process, so that its memory is its own, and is judged by the checker. The worst seed counts: of an event from the folder the planner's seeds,
of a made one the seeds of the event. Seconds are those from the parsed problem to the finished schedule.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from made_events import REGIMES, made_event
from plan_breaks import write_part
from plan_picture import Curve, picture
from plan_rivals import NotBuilt, by_solver, by_turns, first_slot, has_rules, least_used_slot

from handslag.partnering import Problem, Schedule, problem_json, read_problem, sha256_of
from handslag.partnering.checking import check_schedule
from handslag.partnering.planning import Progress, make_plan, prepare
from handslag.partnering.stopping import StoppingRule

_HEADING = "## Events"
# Seconds by number of requests, as somebody who waits has them.
_SECONDS = ((12_000, 5.0), (33_000, 15.0), (38_000, 60.0), (60_000, 15.0), (10**9, 60.0))
# People and requests of the made events, in short and at full length.
_MIDDLE, _LARGE, _LARGEST = (1_500, 10_000), (5_700, 40_000), (50_000, 400_000)
# Who else is asked.
_OTHERS = {"first_slot": "first come, first served", "least_used_slot": "least used slot", "by_solver": "CP-SAT"}
_PICTURED = ("s-1", "m-1", "l-1", "scarce-1", "people-1", "mixed-400000")


Task = Callable[["Case", int, float], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Case:
    """An event to plan: a file, or a regime with its size; with the seeds of the planner or of the event."""

    name: str
    requests: int
    file: Path | None = None
    regime: str = ""
    people: int = 0

    def problem(self, seed: int) -> tuple[Problem, str]:
        """The problem and its checksum."""
        if self.file is not None:
            data = self.file.read_bytes()
            data = gzip.decompress(data) if self.file.suffix == ".gz" else data
            return read_problem(data), sha256_of(data)
        problem = made_event(self.regime, self.people, self.requests, seed)
        return problem, sha256_of(problem_json(problem))


def main() -> None:
    """Prints the table, and writes it if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--only", default="")
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--seconds", type=float, default=None, help="for every event, instead of by its size")
    parser.add_argument("--full", action="store_true", help="made events of 40,000 and 400,000 requests too")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    only = set(filter(None, asked.only.split(",")))
    cases = [case for case in cases_of(asked.folder, full=asked.full) if not only or case.name in only]
    if asked.one:
        task, seed, seconds = asked.one.split(":")
        print(json.dumps(_TASKS[task](cases[0], int(seed), float(seconds))))
        return
    if asked.folder is None or not asked.folder.is_dir():
        print(f"{asked.folder} is not here: only made events are planned.", file=sys.stderr)
    begun = time.perf_counter()
    prepare()
    lines = [
        _preface(time.perf_counter() - begun, asked.seeds),
        "",
        "| event | people | requests | seconds | value | bound | share | first come, first served | least used slot | CP-SAT | breaks | memory |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    print(*lines, sep="\n")
    curves = []
    for case in cases:
        row, curve = measured(case, [int(seed) for seed in asked.seeds.split(",")], asked)
        lines.append(row)
        print(row, flush=True)
        if case.name in _PICTURED:
            curves.append(curve)
    if asked.picture is not None and curves:
        asked.picture.write_text(picture(curves), encoding="utf-8")
        lines += ["", f"![Distance to the bound over time]({asked.picture.name})"]
    if asked.write is not None:
        write_part(asked.write, lines, _HEADING)


def _preface(seconds: float, seeds: str) -> str:
    return (
        f"The compiled functions were ready after {seconds:.1f} s. Worst of the seeds {seeds}; memory is the process's peak, reading and reasons"
        " included. CP-SAT has the whole model without hints, two workers and the same seconds, building included. ≤: the event has rules that"
        " the others did not have to keep."
    )


def cases_of(folder: Path | None, *, full: bool) -> Iterator[Case]:
    """The events of the folder, then made ones: of every regime, and the very large."""
    if folder is not None and folder.is_dir():
        for path in sorted((*folder.glob("*.json"), *folder.glob("*.json.gz"))):
            yield Case(path.name.partition(".")[0], 0, file=path)
    for people, requests in (_MIDDLE, _LARGE) if full else (_MIDDLE,):
        for regime in REGIMES:
            # In the regime in which people are short they are asked for nearly every slot they have.
            there = requests // 20 if regime == "people" else people
            yield Case(f"{regime}-{requests}", requests, regime=regime, people=there)
    if full:
        yield Case(f"mixed-{_LARGEST[1]}", _LARGEST[1], regime="mixed", people=_LARGEST[0])


def measured(case: Case, seeds: Sequence[int], asked: argparse.Namespace) -> tuple[str, Curve]:
    """A row of the table, and the curve of the worst plan."""
    size = alone(asked, case, "size", seeds[0], 0)
    seconds = asked.seconds or next(limit for most, limit in _SECONDS if size["requests"] <= most)
    plans = [alone(asked, case, "plan", seed, seconds) for seed in seeds]
    worst = min(plans, key=lambda plan: plan["value"] / max(1, plan["bound"]))
    others = {name: alone(asked, case, name, worst["seed"], seconds)["value"] for name in _OTHERS}
    bound = max(1, worst["bound"])
    sign = "≤ " if size["has_rules"] else ""
    told = [("not built in time" if name == "by_solver" else "") if value is None else f"{sign}{value / bound:.2%}" for name, value in others.items()]  # fmt: skip
    row = (
        f"| {case.name} | {size['people']:,} | {size['requests']:,} | {max(plan['seconds'] for plan in plans):.1f} of {seconds:g} |"
        f" {worst['value']:,} | {worst['bound']:,} | {worst['value'] / bound:.4%} | {' | '.join(told)} | {worst['breaks']:,} |"
        f" {max(plan['memory'] for plan in plans):,.0f} MB |"
    )
    levels = {_OTHERS[name]: value for name, value in others.items() if value is not None}
    return row, Curve(f"{case.name}: {size['requests']:,} requests", seconds, worst["points"], bound, levels)


def alone(asked: argparse.Namespace, case: Case, task: str, seed: int, seconds: float) -> dict[str, Any]:
    """What a task gives in a process of its own."""
    command = [sys.executable, __file__, *([str(asked.folder)] if asked.folder else []), *(["--full"] if asked.full else [])]  # fmt: skip
    command += ["--only", case.name, "--one", f"{task}:{seed}:{seconds}"]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, env=os.environ)
    if done.returncode:
        raise SystemExit(f"{case.name}, {task}, seed {seed}: ended with {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# --- in a process of its own -----------------------------------------------------------------------------------------------


def size_of(case: Case, seed: int, _seconds: float) -> dict[str, Any]:
    problem, _ = case.problem(seed)
    return {"people": len(problem.people), "requests": len(problem.meetings), "has_rules": has_rules(problem)}


def plan_of(case: Case, seed: int, seconds: float) -> dict[str, Any]:
    """Plans once and has it judged; SystemExit where the checker finds anything."""
    problem, sha256 = case.problem(seed)
    prepare()
    points: list[tuple[float, int, int | None]] = []
    begun = time.perf_counter()

    def note(now: Progress) -> None:
        at = round(time.perf_counter() - begun, 3)
        if not points or at > points[-1][0] + seconds / 200:
            points.append((at, now.value, now.bound))

    stop = StoppingRule(seconds=seconds, gap=0.0, clock=time.perf_counter, began=begun)
    plan = make_plan(problem, problem_sha256=sha256, stop=stop, seed=seed, progress=note)
    took = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    verdict = check_schedule(problem, plan, problem_sha256=sha256)
    if verdict.violations:
        raise SystemExit(verdict.violations[0].in_language("en"))
    value, bound = plan.figures.value, bound_of(plan)
    points.append((round(took, 3), value, bound))
    return {"seed": seed, "value": value, "bound": bound, "breaks": plan.figures.breaks, "seconds": took, "memory": memory, "points": points}  # fmt: skip


def bound_of(plan: Schedule) -> int:
    """What the plan's certificate proves of its value."""
    return next(one.bound for one in plan.certificates if one.goal == "value")


def turns_of(choose: Callable[[list[int], Counter[int]], int]) -> Task:
    """The value of placing by turns."""
    return lambda case, seed, _: {"value": by_turns(case.problem(seed)[0], choose)}


def solver_of(case: Case, seed: int, seconds: float) -> dict[str, Any]:
    """The value that the solver reaches; None where it had no model in time."""
    try:
        return {"value": by_solver(case.problem(seed)[0], seconds)}
    except NotBuilt:
        return {"value": None}


_TASKS: dict[str, Task] = {
    "size": size_of,
    "plan": plan_of,
    "first_slot": turns_of(first_slot),
    "least_used_slot": turns_of(least_used_slot),
    "by_solver": solver_of,
}


if __name__ == "__main__":
    main()
