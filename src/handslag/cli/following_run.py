"""One run of `handslag follow`: documents read, followed, and what was heard written where it was asked for."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from handslag.cli.documents import find_documents, name_for_people, place_of
from handslag.cli.following_documents import commitments_of, days_beside, document_of
from handslag.cli.following_summary import print_following
from handslag.cli.summary import terminal_language, unreadable_in_words
from handslag.following.following import follow
from handslag.following.given import given_commitments
from handslag.following.linking.meaning import installed_meaning
from handslag.following.output import as_json, json_text
from handslag.following.report import html_report
from handslag.following.results import Following
from handslag.following.wording import said
from handslag.kernel.errors import HandslagError, UnreadableFile
from handslag.kernel.markup import shown
from handslag.reading.deadline import Deadline
from handslag.reading.loading import Limits, load
from handslag.reading.loading.formats import ENDINGS
from handslag.reading.loading.refusal import first_line
from handslag.reading.output import write_where_named
from handslag.reading.reader import read_loaded
from handslag.reading.results import Reading

STOPPED = 130
_LIMITS = Limits()


class FollowingRun:
    """Reads documents, follows their commitments and writes what was asked for."""

    def __init__(
        self,
        named: Sequence[Path],
        *,
        as_of: str | None,
        said_on: str | None,
        commitments: Path | None,
        json_file: Path | None,
        html_file: Path | None,
        quiet: bool,
    ) -> None:
        self._named = named
        self._as_of = as_of or datetime.now(UTC).astimezone().date().isoformat()
        self._said_on = said_on
        self._commitments = commitments
        self._json_file = json_file
        self._html_file = html_file
        self._quiet = quiet
        self._unreadable: list[UnreadableFile] = []

    def to_the_end(self) -> int:
        """Run, and give the exit status: 0; 1 if a file could not be read; STOPPED after Ctrl-C."""
        try:
            language = terminal_language(os.environ)
            if not self._quiet and not installed_meaning():
                missing = said("head", "no_encoder")
                self._say(missing.sv if language == "sv" else missing.en)
            readings = self._read_all()
            following = self._follow(readings)
            if self._json_file is not None:
                write_where_named(json_text(as_json(following, language)), self._json_file)
            if self._html_file is not None:
                write_where_named(html_report(following, _language_of(readings)), self._html_file)
            if not self._quiet:
                console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
                print_following(following, console, language)
        except KeyboardInterrupt:
            self._say("handslag: stopped")
            return STOPPED
        for unreadable in self._unreadable:
            self._say(unreadable_in_words(unreadable, terminal_language(os.environ)))
        return 1 if self._unreadable else 0

    def _read_all(self) -> list[Reading]:
        own = {place_of(path) for path in (self._json_file, self._html_file, self._commitments) if path is not None}
        found = find_documents(self._named, ENDINGS, is_passed_over=lambda file: place_of(file) in own)
        self._unreadable += found.unreadable
        is_single = len(self._named) == 1 and not self._named[0].is_dir()
        readings: dict[str, Reading] = {}
        paths: dict[str, Path] = {}
        for number, source in enumerate(found.sources, 1):
            path = Path(source.path)
            name = name_for_people(path)
            if not self._quiet:
                self._say(f"[{number}/{len(found.sources)}] {name}")
            reading = self._read_one(path, name, is_single=is_single)
            if reading is not None:
                # the same page under two names is one document
                readings.setdefault(reading.document.sha256, reading)
                paths.setdefault(reading.document.sha256, path)
        for sha256, day in days_beside(readings.values()).items():
            read = self._read_one(paths[sha256], readings[sha256].document.path, is_single=True, said_on=day)
            readings[sha256] = read or readings[sha256]
        return list(readings.values())

    def _read_one(self, path: Path, name: str, *, is_single: bool, said_on: str | None = None) -> Reading | None:
        try:
            loaded = load(path, name=name, limits=_LIMITS)
            deadline = Deadline(_LIMITS.reading_seconds, time.monotonic)
            said_on = said_on or self._said_on
            return read_loaded(loaded, said_on=said_on, said_on_is_fallback=not is_single, deadline=deadline)
        except UnreadableFile as error:
            self._unreadable.append(error)
        except HandslagError:
            raise  # the installation is at fault, not this file
        except Exception as error:  # noqa: BLE001  a fault of ours is told like one of the file: the others are read
            reason = f"made the reader fail ({first_line(error)}); please report this, with the file"
            self._unreadable.append(UnreadableFile(name, reason))
        return None

    def _follow(self, readings: Sequence[Reading]) -> Following:
        documents = [document_of(reading) for reading in readings]
        if self._commitments is None:
            found = [commitment for reading in readings for commitment in commitments_of(reading)]
            return follow(documents, found, self._as_of)
        given = given_commitments(_json_of(self._commitments), documents, str(self._commitments))
        return follow(documents, given, self._as_of, are_given=True)

    def _say(self, line: str) -> None:
        print(shown(line), file=sys.stderr, flush=True)  # noqa: T201  this is the command line


def _json_of(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise HandslagError(f"{path}: cannot be read ({error.strerror or error}); check its name") from error
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise HandslagError(f"{path}: no JSON ({error}); expected a list of commitments") from error


def _language_of(readings: Sequence[Reading]) -> str:
    swedish = sum(reading.document.language == "sv" for reading in readings)
    return "sv" if 2 * swedish >= len(readings) else "en"
