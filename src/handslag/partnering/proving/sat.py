"""Solvers of clauses (python-sat); as a program, one that decides one formula and ends.

    python -m handslag.partnering.proving.sat SOLVER SECONDS < FORMULA > ANSWER

A solver runs until it knows, and Kissat can only be ended with its process. The formula is a tape of 32-bit whole numbers, a 0
after each clause; the answer one of such numbers: 1 and the variables that are true, or 0.
"""

from __future__ import annotations

import signal
import sys
from array import array
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Literal

from pysat import solvers

Solver = Literal["glucose4", "kissat404"]
NAMES: dict[Solver, str] = {"glucose4": "Glucose 4 (python-sat)", "kissat404": "Kissat 4.0.4 (python-sat)"}
VERSION = version("python-sat")

# The variables that are true; False: there are none such; None: not known.
Model = frozenset[int] | Literal[False] | None


def solve(clauses: Iterable[list[int]], solver: Solver, *, conflicts: int | None = None) -> Model:
    """By the solver, with so many conflicts at most (which Kissat cannot be told)."""
    with solvers.Solver(name=solver, bootstrap_with=clauses) as at_work:
        if conflicts is None:
            known = at_work.solve()
        else:
            at_work.conf_budget(conflicts)
            known = at_work.solve_limited()
        if known:
            return frozenset(one for one in at_work.get_model() if one > 0)
        return None if known is None else False


def main() -> None:
    """Reads, decides, answers."""
    if hasattr(signal, "alarm"):
        # Whoever asked may be gone: an alarm ends the process by itself.
        signal.alarm(int(float(sys.argv[2])) + 2)
    tape = array("i")
    tape.frombytes(sys.stdin.buffer.read())
    solver = next(name for name in NAMES if name == sys.argv[1])
    model = solve(_clauses(tape), solver)
    sys.stdout.buffer.write(array("i", [1, *model] if model else [0]).tobytes())


def _clauses(tape: array[int]) -> Iterator[list[int]]:
    clause: list[int] = []
    for one in tape:
        if one:
            clause.append(one)
        else:
            yield clause
            clause = []


if __name__ == "__main__":
    main()
