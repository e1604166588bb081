"""`make bench-hub`: how fast the hub answers and how well it holds, on made-up hubs of two sizes and beside what one would take instead.

    python bench/hub.py [pages large search reading kills merges …] [--statements 100000] [--large 3000000] [--chains 5000] [--kills 300]

Each line of the table is measured in processes of its own, on hubs in .cache/bench-hub that are kept for the next time. The table goes
into bench/hub.md. PostgreSQL is measured where it is installed (`make system`).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.proof.killing import kill_writers  # noqa: E402

CACHE = ROOT / ".cache" / "bench-hub"
SMALL = 3000
LINES = ("pages", "large", "search", "reading", "kills", "merges")


class Bench:
    """Measures and collects the lines of the table."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given = given
        self.text: list[str] = []

    def say(self, line: str = "") -> None:
        """A line of the table, shown at once."""
        print(line, flush=True)
        self.text.append(line)

    def measure(self, home: Path, *arguments: object, **environment: str) -> dict:
        """What `hub_measures.py` prints for this hub."""
        command = [sys.executable, str(ROOT / "bench" / "hub_measures.py"), *map(str, arguments)]
        done = subprocess.run(command, env=_environment(home, **environment), capture_output=True, text=True, check=False, cwd=ROOT)  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}: {done.stderr[-3000:]}")
        return json.loads(done.stdout.splitlines()[-1])

    def hub(self, statements: int, name: str = "", **environment: str) -> Path:
        """A made-up hub of this size: kept, and made again when the code that makes it changed."""
        home = CACHE / f"{name or 'sqlite'}-{statements}"
        done = home / "made"
        if not done.exists() or environment:
            subprocess.run(["rm", "-rf", str(home)], check=True)
            home.mkdir(parents=True)
            begun = time.perf_counter()
            command = [sys.executable, str(ROOT / "bench" / "hub_data.py"), "--statements", str(statements)]
            subprocess.run(command, env=_environment(home, **environment), check=True, cwd=ROOT, stdout=sys.stderr)
            done.write_text(f"{time.perf_counter() - begun:.0f}")
        return home

    # --- lines ----------------------------------------------------------------------------------------------------

    def pages(self) -> None:
        """Every page at the ordinary size; its queries at two sizes."""
        small, home = self.hub(SMALL), self.hub(self.given.statements)
        few, many = self.measure(small, "pages", 1), self.measure(home, "pages", self.given.rounds)
        self.say(f"## Pages at {self.given.statements:,} statements\n")
        self._table(many, few)
        slowest = max(many.values(), key=lambda row: row["p95"])["p95"]
        self.say(f"\nSlowest p95: {slowest:.0f} ms. Queries at {SMALL:,} statements in brackets where they differ.\n")

    def large(self) -> None:
        """The pages that matter most at the largest size, and a workbook with the same commitments."""
        home = self.hub(self.given.large)
        size = (home / "handslag.sqlite3").stat().st_size / 1e9
        self.say(f"## Pages at {self.given.large:,} statements\n")
        self.say(f"Made in {(home / 'made').read_text()} s; the database has {size:.1f} GB.\n")
        self._table(self.measure(home, "pages", self.given.rounds, "busiest,review,ledger,search"), {})
        sheet = self.measure(home, "spreadsheet")
        self.say(f"\nInstead: the same commitments in a workbook ({sheet['megabytes']:.0f} MB), opened and filtered by theme and firmness (openpyxl): {sheet['seconds']:.1f} s.\n")  # fmt: skip

    def search(self) -> None:
        """200 queries on both databases: times, and whether the hits are the same."""
        ours = self.measure(self.hub(self.given.statements), "search", 200)
        self.say("## 200 search queries\n\n| | p50 ms | p95 ms |\n|---|---|---|")
        self._search_rows("SQLite (FTS5)", ours)
        theirs = self._on_postgres()
        if theirs is None:
            self.say("\nPostgreSQL is not installed.\n")
            return
        self._search_rows("PostgreSQL (GIN)", theirs)
        same = sum(a == b for a, b in zip(ours["hits"], theirs["hits"], strict=True))
        self.say(f"\nThe same hits on both: {same} of {len(ours['hits'])}; {ours['found_none']} found nothing.\n")

    def reading(self) -> None:
        """Bringing pages in, pages answered meanwhile, and from drop to visible."""
        home, count = CACHE / "reading", self.given.pages
        subprocess.run(["rm", "-rf", str(home)], check=True)
        subprocess.run(["cp", "-r", str(self.hub(self.given.statements)), str(home)], check=True)
        folder = CACHE / f"pages-{count}"
        self.measure(home, "make_pages", folder, count)
        with ThreadPoolExecutor(1) as other:
            brought = other.submit(self.measure, home, "bring_in", folder)
            time.sleep(5)
            meanwhile = []
            while not brought.done():
                meanwhile += self.measure(home, "pages", 3, "today,ledger,busiest organisation,review queue").values()
            found = brought.result()
        dropped = self.measure(home, "drop", folder)
        self.say("## Reading\n\n| what | figure |\n|---|---|")
        self.say(f"| {count:,} pages brought in | {found['seconds']:.0f} s, {found['megabytes']:.0f} MB at most in one process |")  # fmt: skip
        self.say(f"| pages answered meanwhile | p50 {sorted(row['p50'] for row in meanwhile)[len(meanwhile) // 2]:.0f} ms, p95 at worst {max(row['p95'] for row in meanwhile):.0f} ms |")  # fmt: skip
        self.say(f"| from drop to visible | p50 {dropped['p50'] / 1000:.2f} s, p95 {dropped['p95'] / 1000:.2f} s |\n")

    def kills(self) -> None:
        """Four writers, killed at random moments."""
        with tempfile.TemporaryDirectory(prefix="handslag-kills-") as home:
            outcome = kill_writers(Path(home), self.given.kills, checks=10)
        self.say("## Four writers at once, killed at random moments\n")
        self.say(f"{outcome.kills} kills, {outcome.acknowledged:,} writes acknowledged: {len(outcome.lost)} lost, {len(outcome.problems)} caches or rows wrong, "
            f"{outcome.locked} times “database is locked”, {len(outcome.errors) - outcome.locked} other errors; the longest write waited {outcome.longest:.1f} s.\n")  # fmt: skip

    def merges(self) -> None:
        """Chains of merges, splits, reviews and undoings against a replay without one of them, in as many processes as processors."""
        share = self.given.chains // (os.cpu_count() or 1)
        begun = time.perf_counter()
        running = [subprocess.Popen([sys.executable, "-m", "pytest", "-s", "tests/proof/test_identity_replay.py"], cwd=ROOT, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "HANDSLAG_CHAINS": str(share), "HANDSLAG_SEED": str(1 + share * number)})
            for number in range(os.cpu_count() or 1)]  # fmt: skip
        told = [process.communicate()[0] for process in running]
        figures: dict[str, int] = {}
        for text in told:
            for name, value in re.findall(r"(chains|steps|undone|undos_refused|dependents|by_log|not_compared)=(\d+)", text):  # fmt: skip
                figures[name] = figures.get(name, 0) + int(value)
        failed = sum(process.returncode != 0 for process in running)
        self.say("## Undoing against a replay of the log\n")
        self.say(f"{figures.get('chains', 0):,} chains of {figures.get('steps', 0):,} actions in {time.perf_counter() - begun:.0f} s: all undone gives the start, "
            f"one undone ({figures.get('undone', 0):,}) gives the replay without it, byte for byte: {'no difference' if not failed else f'DIFFERENCES in {failed} processes'}. "
            f"In {figures.get('dependents', 0):,} chains a later action was possible only because of the one undone, and was taken back as well; "
            f"{figures.get('undos_refused', 0):,} undoings were refused, and the replay, too; {figures.get('not_compared', 0)} could not be compared.\n")  # fmt: skip
        if failed:
            sys.stderr.write("\n".join(text[-3000:] for text in told))

    # --- parts ----------------------------------------------------------------------------------------------------

    def _table(self, rows: dict, fewer: dict) -> None:
        self.say("| page | p50 ms | p95 ms | processor ms | queries | kB |\n|---|---|---|---|---|---|")
        for what, row in rows.items():
            few = fewer.get(what, row)["queries"]
            queries = f"{row['queries']} ({few})" if few != row["queries"] else row["queries"]
            broken = "" if row["status"] == 200 else f" (status {row['status']})"
            self.say(f"| {what}{broken} | {row['p50']:.0f} | {row['p95']:.0f} | {row['cpu']:.0f} | {queries} | {row['size'] / 1000:.0f} |")  # fmt: skip

    def _search_rows(self, name: str, found: dict) -> None:
        self.say(f"| {name} | {found['index']['p50']:.1f} | {found['index']['p95']:.1f} |")
        self.say(f"| instead: LIKE over the values, {name.partition(' ')[0]} | {found['like']['p50']:.1f} | {found['like']['p95']:.1f} |")  # fmt: skip

    def _on_postgres(self) -> dict | None:
        """The same hub made on a PostgreSQL server that ends with the measuring."""
        home = CACHE / "postgres"
        subprocess.run(["rm", "-rf", str(home)], check=True)
        home.mkdir(parents=True)
        make = f"{sys.executable} {ROOT}/bench/hub_data.py --statements {self.given.statements} >&2 && {sys.executable} {ROOT}/bench/hub_measures.py search 200"  # fmt: skip
        command = [sys.executable, str(ROOT / "tests" / "with_postgres.py"), "sh", "-c", make]
        done = subprocess.run(command, env=_environment(home), capture_output=True, text=True, check=False, cwd=ROOT)
        lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
        if not lines and done.returncode:
            raise SystemExit(done.stderr[-3000:])
        return json.loads(lines[-1]) if lines else None


def _environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "HANDSLAG_TEAM"}}  # fmt: skip
    return {**kept, "HANDSLAG_HOME": str(home), "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), **more}


def main() -> None:
    """Measures the lines asked for; all of them go into bench/hub.md."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("lines", nargs="*", choices=(*LINES, []), default=[])
    for name, value in (
        ("statements", 100_000),
        ("large", 3_000_000),
        ("rounds", 20),
        ("pages", 1000),
        ("chains", 5000),
        ("kills", 300),
    ):
        arguments.add_argument(f"--{name}", type=int, default=value)
    given = arguments.parse_args()
    bench = Bench(given)
    bench.say(f"# The hub, measured\n\n`make bench-hub`, {datetime.now(tz=UTC).date().isoformat()}, {os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}.\n")  # fmt: skip
    for line in given.lines or LINES:
        measure: Callable[[], None] = getattr(bench, line)
        measure()
    if not given.lines:
        (ROOT / "bench" / "hub.md").write_text("\n".join(bench.text).rstrip() + "\n")


if __name__ == "__main__":
    main()
