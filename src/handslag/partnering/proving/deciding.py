"""Whether clauses can all be true: decided in a process of its own, which can be ended at any time; small ones at once."""

from __future__ import annotations

import subprocess
import sys
import threading
from array import array

from handslag.partnering.proving import sat
from handslag.partnering.proving.clauses import Clauses

# So many clauses or fewer are tried here first, for so many conflicts: most small questions are over by then.
_FEW_CLAUSES = 20_000
_FEW_CONFLICTS = 2_000


class Decision:
    """One formula being decided; `seed`: its variables and clauses in another order, for another course of the search."""

    def __init__(self, clauses: Clauses, *, seed: int) -> None:
        self._clauses = clauses
        self._seed = seed
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._is_stopped = False

    def decide(self, seconds: float) -> sat.Model:
        """The variables that are true; False if there are none such; None if not known in time, or stopped.

        Raises RuntimeError where the solver fails.
        """
        if len(self._clauses) <= _FEW_CLAUSES:
            model = sat.solve(self._clauses, sat.QUICK, conflicts=_FEW_CONFLICTS)
            if model is not None:
                return model
        tape, names = self._clauses.shuffled(self._seed)
        process = self._begun(seconds)
        if process is None:
            return None
        try:
            out, complaint = process.communicate(tape.tobytes(), timeout=max(seconds, 0.01))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return None
        if process.returncode < 0:
            # Ended by `stop`, or by its own alarm.
            return None
        if process.returncode:
            raise RuntimeError(f"the solver failed: {complaint.decode(errors='replace').strip()[-500:]}")
        answer = array("i")
        answer.frombytes(out)
        if not answer[0]:
            return False
        there = set(answer[1:])
        return frozenset(variable for variable, name in enumerate(names) if name in there)

    def stop(self) -> None:
        """Ends it, from another thread."""
        with self._lock:
            self._is_stopped = True
            if self._process is not None:
                self._process.kill()

    def _begun(self, seconds: float) -> subprocess.Popen[bytes] | None:
        program = [sys.executable, "-m", sat.__name__, str(seconds)]
        pipe = subprocess.PIPE
        with self._lock:
            if self._is_stopped:
                return None
            self._process = subprocess.Popen(program, stdin=pipe, stdout=pipe, stderr=pipe)  # noqa: S603  our own program
            return self._process
