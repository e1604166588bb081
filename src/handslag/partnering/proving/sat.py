"""Solvers of clauses (python-sat); as a program, one that decides one formula and ends.

    python -m handslag.partnering.proving.sat SECONDS < FORMULA > ANSWER

Kissat runs until it knows, and can only be ended with its process. The formula is a tape of 32-bit whole numbers, a 0 after each clause; the answer
one of such numbers: 1 and the variables that are true, or 0.
"""

from __future__ import annotations

import signal
import sys
from array import array
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Literal

from pysat.solvers import Solver

STRONG = "kissat404"
QUICK = "glucose4"
NAME, VERSION = "Kissat 4.0.4 (python-sat)", version("python-sat")

# The variables that are true; False: there are none such; None: not known.
Model = frozenset[int] | Literal[False] | None


def solve(clauses: Iterable[list[int]], solver: str, *, conflicts: int | None = None) -> Model:
    """By the solver, with so many conflicts at most (which `STRONG` cannot be told)."""
    with Solver(name=solver, bootstrap_with=clauses) as at_work:
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
        signal.alarm(int(float(sys.argv[1])) + 2)
    tape = array("i")
    tape.frombytes(sys.stdin.buffer.read())
    model = solve(_clauses(tape), STRONG)
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
