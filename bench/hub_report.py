"""bench/hub.md: a section for each line of `make bench-hub`, so that each can be measured alone."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "bench" / "hub.md"
HEAD = """# The hub, measured

`make bench-hub` writes this, `python bench/hub.py --only pages` one section. Times are wall clock; beside them stands the processor's time,
which others on the machine lengthen less. Hubs are made up (`bench/hub_data.py`), with actors as skewed as in the field.
"""


class Section:
    """One section: its lines, shown as they come, and what it took."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.lines: list[str] = []
        self._begun, self._busy = time.perf_counter(), _processor_seconds()
        print(f"\n## {title}\n", flush=True)

    def say(self, line: str = "") -> None:
        """A line of it."""
        print(line, flush=True)
        self.lines.append(line)

    def keep(self) -> None:
        """Puts it into the report, in place of the one of the same title."""
        took, busy = time.perf_counter() - self._begun, _processor_seconds() - self._busy
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()  # fmt: skip
        self.say(f"\n{datetime.now(tz=UTC).date().isoformat()}, {commit}, {os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}; "
            f"took {took:.0f} s, {busy:.0f} s of the processor; load {os.getloadavg()[0]:.1f}.")  # fmt: skip
        sections = _sections()
        sections[self.title] = "\n".join(self.lines).strip()
        text = "".join(f"\n## {title}\n\n{body}\n" for title, body in sections.items())
        REPORT.write_text(HEAD + text)


def _sections() -> dict[str, str]:
    """What the report has, by title, in order."""
    parts = REPORT.read_text().split("\n## ")[1:] if REPORT.exists() else []
    return {title: body.strip() for title, _, body in (part.partition("\n") for part in parts)}


def _processor_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
