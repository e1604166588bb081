"""One run of `handslag read`: every file once, each told when it cannot be read, and an end that is always clean."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from handslag.cli.documents import find_documents, is_same_file, name_for_people, place_of
from handslag.cli.summary import Summary, terminal_language, unreadable_in_words
from handslag.kernel.errors import HandslagError, UnreadableFile
from handslag.reading.deadline import Deadline
from handslag.reading.loading import Limits, load
from handslag.reading.loading.formats import ENDINGS
from handslag.reading.loading.refusal import first_line
from handslag.reading.output import json_names, remove_json, write_json, write_where_named
from handslag.reading.reader import read_loaded
from handslag.reading.report import html_report, is_report, shown
from handslag.reading.results import Reading

# What shells give for a program that was stopped from the keyboard: 128 and the signal's number.
STOPPED = 130
_LIMITS = Limits()
# Bytes in which a report says that it is one.
_HEAD_OF_REPORT = 1024


class ReadingRun:
    """Reads documents and writes what was asked for: JSON as it goes, then the report, then the summary."""

    def __init__(
        self,
        named: Sequence[Path],
        *,
        said_on: str | None = None,
        json_folder: Path | None = None,
        html_file: Path | None = None,
        quiet: bool = False,
    ) -> None:
        self._named = named
        self._said_on = said_on
        self._json_folder = json_folder
        self._html_file = html_file
        self._quiet = quiet
        self._readings: list[Reading] = []
        self._unreadable: list[UnreadableFile] = []
        self._failures: list[HandslagError] = []
        self._read = 0

    def report_is_document(self) -> bool:
        """True if the report would replace a document that is to be read."""
        report = self._html_file
        if report is None or not report.is_file():
            return False
        found = find_documents(self._named, ENDINGS, is_passed_over=self._is_earlier_report)
        return any(is_same_file(report, Path(source.path)) for source in found.sources)

    def _is_earlier_report(self, file: Path) -> bool:
        """True for the report of an earlier run in a folder that is walked: this run's replaces it."""
        report = self._html_file
        if report is None or not is_same_file(file, report):
            return False
        try:
            with report.open("rb") as page:
                return is_report(page.read(_HEAD_OF_REPORT))
        except OSError:
            return False

    def to_the_end(self) -> int:
        """Run, and give the exit status: 0; 1 if a file could not be read or written; STOPPED after Ctrl-C."""
        for stream in (sys.stdout, sys.stderr):
            _never_fail_on_a_letter(stream)
        try:
            self._read_all()
            self._write_report()
            self._show()
        except KeyboardInterrupt:
            _say(f"handslag: stopped; {self._read} read, what was written stays")
            return STOPPED
        return 1 if self._unreadable or self._failures else 0

    def _read_all(self) -> None:
        found = find_documents(self._named, ENDINGS, is_passed_over=self._is_earlier_report)
        self._unreadable += found.unreadable
        for folder in found.empty_folders:
            _say(f"{name_for_people(folder)}: holds no documents ({', '.join(ENDINGS)})")
        inputs = {place_of(source.path) for source in found.sources}
        is_single_file = len(self._named) == 1 and not self._named[0].is_dir()
        with self._progress(len(found.sources)) as begin:
            for source, name in zip(found.sources, json_names(found.sources), strict=True):
                begin(name_for_people(Path(source.path)))
                target = self._json_folder / name if self._json_folder is not None else None
                # What is to be read is never overwritten or removed (`handslag read x.json --json .`).
                if target is not None and place_of(target) in inputs:
                    target = None
                self._read_one(Path(source.path), target, is_single_file=is_single_file)

    def _read_one(self, path: Path, target: Path | None, *, is_single_file: bool) -> None:
        name = name_for_people(path)
        try:
            loaded = load(path, name=name, limits=_LIMITS)
            deadline = Deadline(_LIMITS.reading_seconds, time.monotonic)
            reading = read_loaded(
                loaded, said_on=self._said_on, said_on_is_fallback=not is_single_file, deadline=deadline
            )
        except UnreadableFile as error:
            self._unreadable.append(error)
        except HandslagError:
            raise  # the installation is at fault, not this file
        except Exception as error:  # noqa: BLE001  a fault of ours is told like one of the file: the others are read
            reason = f"made the reader fail ({first_line(error)}); please report this, with the file"
            self._unreadable.append(UnreadableFile(name, reason))
        else:
            self._keep(reading, target)
            return
        if target is not None:
            self._keep_failure(lambda: remove_json(target))

    def _keep(self, reading: Reading, target: Path | None) -> None:
        self._read += 1
        if not self._quiet or self._html_file is not None:
            self._readings.append(reading)
        if target is not None:
            self._keep_failure(lambda: write_json(reading, target))

    def _write_report(self) -> None:
        if self._html_file is None:
            return
        swedish = sum(reading.document.language == "sv" for reading in self._readings)
        language = "sv" if 2 * swedish >= len(self._readings) else "en"
        page, path = html_report(self._readings, self._unreadable, language), self._html_file
        self._keep_failure(lambda: write_where_named(page, path))

    def _show(self) -> None:
        """The summary on standard output, then on standard error whatever could not be read or written."""
        if not self._quiet and self._readings:
            try:
                self._print_summary()
            except BrokenPipeError:
                # Whoever read our output has seen enough; that is no error.
                _silence(sys.stdout)
        for unreadable in self._unreadable:
            _say(unreadable_in_words(unreadable, terminal_language(os.environ)))
        for failure in self._failures:
            _say(f"handslag: {failure}")

    def _print_summary(self) -> None:
        summary = Summary(_console(sys.stdout), terminal_language(os.environ))
        for reading in self._readings:
            summary.print_document(reading)
        if len(self._readings) > 1:
            summary.print_totals(self._readings, len(self._unreadable))
        sys.stdout.flush()

    def _keep_failure(self, write: Callable[[], None]) -> None:
        try:
            write()
        except HandslagError as error:
            self._failures.append(error)

    @contextmanager
    def _progress(self, total: int) -> Iterator[Callable[[str], None]]:
        """Gives a function to call with the name of each file as it begins."""
        if self._quiet:
            yield lambda name: None
            return
        console = _console(sys.stderr)
        if not console.is_terminal:
            begun = iter(range(1, total + 1))
            yield lambda name: _say(f"[{next(begun)}/{total}] {name}")
            return
        columns = (BarColumn(bar_width=24), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
        # Standard output may be a file: what is printed there must not be drawn into the progress.
        with Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
            task = bar.add_task("", total=total)
            begun = iter(range(total))
            yield lambda name: bar.update(task, completed=next(begun), description=shown(name))


class _Console(Console):
    """A console that leaves a broken pipe to its caller, instead of ending the program with status 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def _console(stream: TextIO) -> Console:
    return _Console(file=stream, highlight=False, markup=False, emoji=False)


def _say(line: str) -> None:
    """One line on standard error; that nobody listens there any more does not stop the work."""
    try:
        print(shown(line), file=sys.stderr, flush=True)  # noqa: T201  this is the command line
    except BrokenPipeError:
        _silence(sys.stderr)


def _never_fail_on_a_letter(stream: TextIO) -> None:
    """A terminal that lacks a letter gets a question mark, not an error."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _silence(stream: TextIO) -> None:
    """Send what is still buffered to nowhere, or Python would complain about the closed pipe on its way out."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
