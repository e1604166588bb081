"""Fewest breaks of the published events (B2BSP), proven: a table by instance, on request each family under its heading in a file.

    python bench/plan_breaks.py FOLDER [--families original,fixed] [--seconds 60] [--seed 1] [--resolve 120]
        [--note TEXT] [--write bench/plan.md]

FOLDER has a folder for each family. Files with the same content count once. Times are wall and processor seconds;
`--resolve` has the checker ask each search's question again by its own formula, for so many seconds. `--note` says what else there is
to know about a run.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from handslag.partnering import Problem, from_b2bsp
from handslag.partnering.checking import Verdict, check_schedule
from handslag.partnering.checking.resolving import ask_again
from handslag.partnering.proving import applies_to, prove_breaks
from handslag.partnering.schedule import CountingCertificate, Schedule, SearchCertificate

_HEADING = "## Fewest breaks, proven"
_HEAD = ("| instance | answer | breaks | bound | seconds | processor | decided by | asked again |", "|---" * 8 + "|")
_FAMILIES = "original,forbidden,fixed,precedence"
_NO_FILE = "0" * 64


def main() -> None:
    """Prints the table, and writes it if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--families", default=_FAMILIES)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resolve", type=float)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--note", default="")
    asked = parser.parse_args()
    families: Sequence[str] = asked.families.split(",")
    tables: dict[str, list[str]] = {family: [*_HEAD] for family in families}
    kinds: dict[str, Counter[str]] = {}
    print(*_HEAD, sep="\n")
    for family, name, problem in instances(asked.folder, families):
        begun, work = time.perf_counter(), time.process_time()
        schedule = prove_breaks(problem, problem_sha256=_NO_FILE, seconds=asked.seconds, seed=asked.seed)
        seconds, processor = time.perf_counter() - begun, time.process_time() - work
        verdict = check_schedule(problem, schedule, problem_sha256=_NO_FILE, from_sha256=None)
        if verdict.violations:
            raise SystemExit(f"{name}: {verdict.violations[0].in_language('en')}")
        kinds.setdefault(family, Counter())[_kind(schedule)] += 1
        again = "" if asked.resolve is None else _asked_again(problem, schedule, verdict, asked.resolve)
        tables[family].append(f"{_row(name, schedule, seconds, processor)} {again} |")
        print(tables[family][-1], flush=True)
    for family, lines in tables.items():
        found = {family: kinds.get(family, Counter())}
        lines += [
            "",
            *_summary(found),
            "",
            f"At most {asked.seconds:g} s each, seed {asked.seed}. {asked.note}".rstrip(),
        ]
        if asked.write is not None:
            write_part(asked.write, lines, f"{_HEADING}: {family}")
    print("", *_summary({**kinds, "all": sum(kinds.values(), Counter())}), sep="\n")


def _asked_again(problem: Problem, schedule: Schedule, verdict: Verdict, most: float) -> str:
    """What the checker's own formula says of each search, and after how long."""
    told = []
    for one in verdict.certificates:
        if isinstance(one.certificate, SearchCertificate):
            begun = time.perf_counter()
            answer, _ = ask_again(problem, schedule, verdict.figures, one, seconds=most)
            told.append(f"{answer}, {time.perf_counter() - begun:.1f} s")
    return "; ".join(told)


def instances(folder: Path, families: Sequence[str]) -> Iterator[tuple[str, str, Problem]]:
    """The events by family and name, each content once."""
    seen: list[Problem] = []
    for family in families:
        for path in sorted((folder / family).glob("*.dzn")):
            problem = from_b2bsp(path.read_text(encoding="utf-8"))
            if problem not in seen and applies_to(problem):
                seen.append(problem)
                yield family, path.stem, problem


def _kind(schedule: Schedule) -> str:
    """How it is proven, if so."""
    if schedule.status not in {"optimal", "infeasible"}:
        return "open"
    by_search = any(isinstance(one, SearchCertificate) for one in schedule.certificates)
    return f"{schedule.status}, {'search' if by_search else 'counting'}"


def _summary(kinds: Mapping[str, Counter[str]]) -> list[str]:
    columns = ["optimal, counting", "optimal, search", "infeasible, counting", "infeasible, search", "open"]
    return [
        f"| family | events | {' | '.join(columns)} |",
        "|---" * (len(columns) + 2) + "|",
        *(
            f"| {name} | {found.total()} | {' | '.join(str(found[one]) for one in columns)} |"
            for name, found in kinds.items()
        ),
    ]


def _row(name: str, schedule: Schedule, seconds: float, processor: float) -> str:
    breaks = str(schedule.figures.breaks) if schedule.placed else ""
    bound, decided = "", ""
    for one in schedule.certificates:
        bound = str(one.bound) if schedule.placed else ""
        if isinstance(one, CountingCertificate):
            decided = one.rule
        elif isinstance(one, SearchCertificate):
            decided = f"search: {one.question} {one.answer}"
    return f"| {name} | {schedule.status} | {breaks} | {bound} | {seconds:.1f} | {processor:.1f} | {decided} |"


def write_part(path: Path, lines: Sequence[str], heading: str) -> None:
    """In place of what stands under the heading, or at the end."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    before, found, after = text.partition(heading)
    rest = after.partition("\n## ")[2] if found else ""
    parts = [before.rstrip(), heading + "\n\n" + "\n".join(lines), "## " + rest.rstrip() if rest else ""]
    path.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
