"""`make bench-hub`: how fast the hub answers and how well it holds, on made-up hubs of several sizes and beside what one would take instead.

    python bench/hub.py [--only pages --only search …] [--statements 100000] [--large 3000000] [--chains 5000] [--kills 300]

Hubs are made once and kept in .cache/bench-hub (`--again` makes them anew). Each line is measured in processes of its own and has a section
of bench/hub.md. PostgreSQL is measured where it is installed (`make system`).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "bench")]

from hub_report import Section  # noqa: E402
from hub_writing import answers, ask, bring_in, count_documents, drop, first_demo, served, wait_for  # noqa: E402
from tests.proof.killing import kill_writers  # noqa: E402

CACHE = ROOT / ".cache" / "bench-hub"
SMALL = 1000
COMMITMENTS = 100_000
HEARD = 6000
WORKING = "busiest,review,ledger,search"


class Bench:
    """A method for each line."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given = given
        self.failed = False

    # --- lines ----------------------------------------------------------------------------------------------------

    def pages(self) -> None:
        """Every page at the ordinary size; its queries at two sizes."""
        few = self.measure(self.hub(SMALL), "pages", 1)
        section = Section(f"Pages at {self.given.statements:,} statements")
        many = self.measure(self.hub(self.given.statements), "pages", self.given.rounds)
        _table(section, many, few)
        grown = [what for what, row in many.items() if what in few and row["queries"] > few[what]["queries"]]
        section.say(f"\nSlowest p95: {_slowest(many)}. Pages that ask more often than at {SMALL:,} statements (in brackets): {', '.join(grown) or 'none'}.")  # fmt: skip
        section.keep()

    def large(self) -> None:
        """The pages that matter most at the largest size, and a workbook with the same commitments."""
        home = self.hub(self.given.large)
        section = Section(f"Pages at {self.given.large:,} statements")
        size = (home / "handslag.sqlite3").stat().st_size / 1e9
        section.say(f"Made in {(home / 'made').read_text().strip()} s; the database has {size:.1f} GB.\n")
        rows = self.measure(home, "pages", self.given.rounds, WORKING)
        _table(section, rows, {})
        section.say(f"\nSlowest p95: {_slowest(rows)}.")
        sheet = self.measure(home, "spreadsheet")
        section.say(f"\nInstead: the same {sheet['rows']:,} commitments in a workbook ({sheet['megabytes']:.0f} MB), opened and filtered by theme and "
            f"firmness: openpyxl {sheet['openpyxl']:.1f} s, calamine {sheet['calamine']:.1f} s.")  # fmt: skip
        section.keep()

    def following(self) -> None:
        """A new document linked against many commitments, beside what reading it costs."""
        section = Section("Linking a new document")
        scratch = self._copied_ledger("following")
        found = self._measured("hub_following.py", scratch, "link", self.given.linked)
        section.say(f"{found['commitments']:,} commitments. To be reached: 300 ms. Of the processor's time, a later page of a story at a time; every word of theirs is common in this ledger.\n")  # fmt: skip
        section.say("| what | p50 ms | p95 ms | slowest |\n|---|---|---|---|")
        rows = {"the page read": "reading", "its own commitments made ready to be found": "ready", "linked as it comes in: prepared, compared, kept": "linked", "the same, wall clock": "wall", "linked again, nothing new to keep": "again"}  # fmt: skip
        for what, key in rows.items():
            section.say(f"| {what} | {found[key]['p50']:.0f} | {found[key]['p95']:.0f} | {found[key]['slowest']:.0f} |")
        section.say(f"\n{found['pages']} pages, of which {found['heard']} words were heard. The first of them, by which the worker loads models and vocabularies, is "
            f"left out above: linked in {found['first']:.0f} ms.")  # fmt: skip
        section.keep()

    def followed(self) -> None:
        """The pages of what was heard since, with many commitments of which some were heard of."""
        section = Section(f"Pages of what was heard since, at {COMMITMENTS:,} commitments")
        scratch = self._copied_ledger("followed")
        self._measured("hub_following.py", scratch, "hear", HEARD)
        section.say(
            f"Of {HEARD:,} of them something was heard within a week; whoever looks is told of the busiest party.\n"
        )
        rows = self._measured("hub_followed.py", scratch, self.given.rounds)
        _table(section, rows, {})
        section.say(f"\nSlowest p95: {_slowest(rows)}.")
        section.keep()

    def search(self) -> None:
        """200 queries on both databases, at the ordinary size and the largest: times, and whether the hits are the same."""
        section, same = Section("200 search queries"), []
        section.say("| | statements | p50 ms | p95 ms | slowest |\n|---|---|---|---|---|")
        for statements in (self.given.statements, *(() if self.given.small_only else (self.given.large,))):
            ours = self.measure(self.hub(statements), "search", 200)
            _search_rows(section, "SQLite (FTS5)", statements, ours)
            theirs = self._on_postgres(statements)
            if theirs is None:
                same.append("PostgreSQL is not installed.")
                continue
            _search_rows(section, "PostgreSQL (GIN)", statements, theirs)
            alike = sum(a == b for a, b in zip(ours["hits"], theirs["hits"], strict=True))
            self.failed |= alike < len(ours["hits"])
            same.append(f"At {statements:,} statements the same hits on both: {alike} of {len(ours['hits'])} queries; {ours['found_none']} found nothing.")  # fmt: skip
        section.say("\n" + "\n".join(same))
        section.keep()

    def reading(self) -> None:
        """Pages brought in, killed half-way and taken up again, pages answered meanwhile, and from drop to visible."""
        count, home = self.given.pages, CACHE / "reading"
        folder = CACHE / f"pages-{count}"
        if not folder.exists():
            self.measure(self.hub(SMALL), "make_pages", folder, count)
        section = Section("Reading")
        section.say("| what | figure |\n|---|---|")
        self._copy(home)
        found = bring_in(home, folder, _environment(home))
        section.say(f"| {count:,} pages brought in | {found.seconds:.0f} s; at most {found.megabytes:.0f} MB in all processes together |")  # fmt: skip
        self._copy(home)
        before, stop = count_documents(home), CACHE / "stop"
        stop.unlink(missing_ok=True)
        with ThreadPoolExecutor(1) as other:
            bring_in(home, folder, _environment(home), kill_at=count // 3)
            at_kill = count_documents(home) - before
            asked = other.submit(self.measure, home, "pages", 1, "", stop)
            again = bring_in(home, folder, _environment(home))
            stop.touch()
            meanwhile = asked.result()
        after = count_documents(home) - before
        twice = len(ask(home, "SELECT sha256 FROM store_document WHERE live GROUP BY sha256 HAVING count(*) > 1"))
        section.say(f"| killed (all processes) after {at_kill} pages, brought in again | {after:,} of {count:,} pages are there, {twice} of them twice, after {again.seconds:.0f} s more |")  # fmt: skip
        rounds = min(row["rounds"] for row in meanwhile.values())
        section.say(f"| every page answered meanwhile ({len(meanwhile)} pages, {rounds} times each or more) | slowest p95: {_slowest(meanwhile)}; {sum(row['status'] != 200 for row in meanwhile.values())} errors |")  # fmt: skip
        texts = [" ".join((path.read_text() * 9).split(" ")[:300]) + f"\n{path.name}\n" for path in sorted(folder.iterdir())[:21]]  # fmt: skip
        self._copy(home)
        with served(_environment(home)):
            wait_for(answers)
            first, *seconds = drop(home, texts)
        seconds.sort()
        section.say(f"| a page of 300 words, from drop to its page with its facts (served hub) | p50 {seconds[len(seconds) // 2]:.2f} s, slowest of {len(seconds)} {seconds[-1]:.2f} s; the very first {first:.2f} s |")  # fmt: skip
        section.keep()

    def demo(self) -> None:
        """What `make demo` does on a machine that has nothing of ours; and when everything is installed, the first time and later."""
        section = Section("Starting")
        with tempfile.TemporaryDirectory(prefix="handslag-demo-") as home:
            section.say("| `handslag hub serve --add samples` | first page | all samples read |\n|---|---|---|")
            section.say(
                f"| `make demo` in a fresh clone and an empty home, everything installed first | {first_demo(ROOT):.1f} s | |"
            )
            for what in ("first start (empty folder)", "second start", "third start"):
                begun = time.perf_counter()
                with served(_environment(Path(home)), "--add", str(ROOT / "samples")):
                    answered = wait_for(answers) and time.perf_counter() - begun
                    wait_for(lambda: not ask(Path(home), "SELECT 1 FROM reading_arrival WHERE state IN ('waiting', 'reading')")
                        and ask(Path(home), "SELECT 1 FROM reading_arrival"))  # fmt: skip
                    section.say(f"| {what} | {answered:.1f} s | {time.perf_counter() - begun:.1f} s |")
        section.keep()

    def kills(self) -> None:
        """Four writers, killed at random moments."""
        section = Section("Four writers at once, killed at random moments")
        with tempfile.TemporaryDirectory(prefix="handslag-kills-") as home:
            outcome = kill_writers(Path(home), self.given.kills, checks=10)
        self.failed |= bool(outcome.lost or outcome.problems or outcome.errors)
        section.say(f"{outcome.kills} kills, {outcome.acknowledged:,} writes acknowledged: {len(outcome.lost)} lost, {len(outcome.problems)} caches or rows wrong, "
            f"{outcome.locked} times “database is locked”, {len(outcome.errors) - outcome.locked} other errors; the longest write waited {outcome.longest:.1f} s.")  # fmt: skip
        section.keep()

    def merges(self) -> None:
        """Chains of merges, splits, reviews and undoings against a replay without one of them, in as many processes as processors."""
        section = Section("Undoing against a replay of the log")
        processes = os.cpu_count() or 1
        share = self.given.chains // processes
        running = [subprocess.Popen([sys.executable, "-m", "pytest", "-s", "-q", "tests/proof/test_identity_replay.py"], cwd=ROOT, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "HANDSLAG_CHAINS": str(share), "HANDSLAG_SEED": str(1 + share * number)})
            for number in range(processes)]  # fmt: skip
        told = [process.communicate()[0] for process in running]
        figures: dict[str, int] = {}
        for text in told:
            for name, value in re.findall(r"(\w+)=(\d+)", text):
                figures[name] = figures.get(name, 0) + int(value)
        failed = sum(process.returncode != 0 for process in running)
        if failed:
            self.failed = True
            sys.stderr.write("\n".join(text[-3000:] for text in told))
        section.say(f"{figures.get('chains', 0):,} chains of {figures.get('steps', 0):,} actions; one undone ({figures.get('undone', 0):,}) gives the replay without it, "
            f"all undone ({figures.get('all_undone', 0):,} chains) gives the start, byte for byte: {f'DIFFERENCES in {failed} processes' if failed else 'no difference'}. "
            f"In {figures.get('dependents', 0):,} chains a later action was possible only because of the one undone, and was taken back as well; "
            f"{figures.get('undos_refused', 0):,} undoings were refused, and the replay, too; {figures.get('not_compared', 0)} could not be compared. "
            f"In {figures.get('with_lists', 0):,} chains the lists and traits made of the facts were compared with a rebuild, too.")  # fmt: skip
        section.keep()

    # --- hubs -----------------------------------------------------------------------------------------------------

    def measure(self, home: Path, *arguments: object) -> dict:
        """What `hub_measures.py` prints for this hub."""
        return self._measured("hub_measures.py", home, *arguments)

    def _measured(self, program: str, home: Path, *arguments: object) -> dict:
        command = [sys.executable, str(ROOT / "bench" / program), *map(str, arguments)]
        done = subprocess.run(command, env=_environment(home), capture_output=True, text=True, check=False, cwd=ROOT)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}: {done.stderr[-3000:]}")
        return json.loads(done.stdout.splitlines()[-1])

    def hub(self, statements: int) -> Path:
        """A made-up hub of this size, made where it is not there."""
        return self._made(CACHE / f"sqlite-{statements}", "hub_data.py", "--statements", statements)

    def _copied_ledger(self, name: str) -> Path:
        """A hub with many commitments to write in; what was made stays as it is."""
        home = self._made(CACHE / f"following-{COMMITMENTS}", "hub_following.py", "make", COMMITMENTS)
        scratch = CACHE / name
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(home, scratch)
        return scratch

    def _made(self, home: Path, program: str, *arguments: object) -> Path:
        done = home / "made"
        if not done.exists() or self.given.again:
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(parents=True)
            begun = time.perf_counter()
            command = [sys.executable, str(ROOT / "bench" / program), *map(str, arguments)]
            subprocess.run(command, env=_environment(home), check=True, cwd=ROOT, stdout=sys.stderr)
            done.write_text(f"{time.perf_counter() - begun:.0f}")
        else:
            # Kept from an earlier version of the hub, it may have to be brought up to date.
            subprocess.run([sys.executable, "-c", "from handslag_hub.site.starting import *; set_up(); bring_up_to_date()"], env=_environment(home), check=True)  # fmt: skip
        return home

    def _copy(self, home: Path) -> None:
        """A copy of the ordinary hub, to be written to."""
        source = self.hub(self.given.statements)
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(source, home)

    def _on_postgres(self, statements: int) -> dict | None:
        """The same hub made on a PostgreSQL server that ends with the measuring."""
        home = CACHE / "postgres"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        make = f"{sys.executable} {ROOT}/bench/hub_data.py --statements {statements} >&2 && {sys.executable} {ROOT}/bench/hub_measures.py search 200"  # fmt: skip
        command = [sys.executable, str(ROOT / "tests" / "with_postgres.py"), "sh", "-c", make]
        done = subprocess.run(command, env=_environment(home), capture_output=True, text=True, check=False, cwd=ROOT)
        lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
        if not lines and done.returncode:
            raise SystemExit(done.stderr[-3000:])
        return json.loads(lines[-1]) if lines else None


LINES = ("pages", "following", "followed", "reading", "demo", "search", "large", "kills", "merges")


def _table(section: Section, rows: dict, fewer: dict) -> None:
    section.say("| page | p50 ms | p95 ms | processor ms | queries | kB |\n|---|---|---|---|---|---|")
    for what, row in rows.items():
        few = fewer.get(what, row)["queries"]
        queries = f"{row['queries']} ({few})" if few != row["queries"] else row["queries"]
        broken = "" if row["status"] == 200 else f" (status {row['status']})"
        section.say(f"| {what}{broken} | {row['p50']:.0f} | {row['p95']:.0f} | {row['cpu']:.0f} | {queries} | {row['size'] / 1000:.0f} |")  # fmt: skip


def _slowest(rows: dict) -> str:
    what, row = max(rows.items(), key=lambda item: item[1]["p95"])
    return f"{row['p95']:.0f} ms ({what}; {row['cpu']:.0f} ms of the processor)"


def _search_rows(section: Section, name: str, statements: int, found: dict) -> None:
    for what, times in ((name, found["index"]), (f"instead: LIKE over the values, {name.partition(' ')[0]}", found["like"])):  # fmt: skip
        section.say(f"| {what} | {statements:,} | {times['p50']:.1f} | {times['p95']:.1f} | {times['slowest']:.1f} |")


def _environment(home: Path) -> dict[str, str]:
    left_out = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "HANDSLAG_TEAM"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "HANDSLAG_HOME": str(home), "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}


def main() -> int:
    """Measures the lines asked for, by default all; 1 where something was lost or differs."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--only", action="append", choices=LINES, default=[])
    arguments.add_argument("--again", action="store_true", help="make the hubs anew")
    arguments.add_argument("--small-only", action="store_true", help="leave out what needs the largest hub")
    sizes = {
        "statements": 100_000,
        "large": 3_000_000,
        "rounds": 20,
        "pages": 1000,
        "chains": 5000,
        "kills": 300,
        "linked": 60,
    }
    for name, value in sizes.items():
        arguments.add_argument(f"--{name}", type=int, default=value)
    given = arguments.parse_args()
    bench = Bench(given)
    for line in LINES:
        if line in given.only or (not given.only and not (given.small_only and line == "large")):
            measure: Callable[[], None] = getattr(bench, line)
            measure()
    return int(bench.failed)


if __name__ == "__main__":
    sys.exit(main())
