"""`handslag hub add`: files and folders go in, read by several processes, whether the hub is being served or not."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from handslag.cli.documents import Found, find_documents, name_for_people
from handslag.reading.loading import Limits
from handslag.reading.loading.formats import ENDINGS
from handslag.reading.loading.opening import file_bytes
from handslag.reading.loading.refusal import Refusal
from handslag.reading.report import shown
from handslag_hub.site.starting import bring_up_to_date, give_way, set_up
from handslag_hub.site.supervision import environment_of_children

set_up()

from django.utils.translation import gettext as _  # noqa: E402  needs `set_up`

from handslag_hub.accounts.actors import command_actor  # noqa: E402
from handslag_hub.following.services.waiting import follow_until_none_waits  # noqa: E402
from handslag_hub.reading.claimants import worker_count  # noqa: E402
from handslag_hub.reading.models import OPEN, Arrival, Batch, State  # noqa: E402
from handslag_hub.reading.outcomes import outcome_in_words  # noqa: E402
from handslag_hub.reading.services import Incoming, bring_in, claim_some, release_claims  # noqa: E402
from handslag_hub.reading.workers import read_on, this_process  # noqa: E402
from handslag_hub.site.commands.language import speak_as_terminal  # noqa: E402
from handslag_hub.store.models import Document  # noqa: E402

# What shells give for a program that was stopped from the keyboard.
STOPPED = 130
# Fewer files than this are read before a second process would have started.
_WORTH_A_PROCESS = 8
_LIMITS = Limits()


def run(paths: Sequence[Path], *, said_on: str = "", visibility: int = 0, address: str = "") -> int:
    """Brings the files in, reads them and prints what became of each: status 0, 1 if one could not be read, STOPPED after Ctrl-C."""
    speak_as_terminal()
    bring_up_to_date()
    found, files = incoming_files(paths, address=address)
    for folder in found.empty_folders:
        _say(_("%(folder)s: holds no documents (%(endings)s)") % {"folder": name_for_people(folder), "endings": ", ".join(ENDINGS)})  # fmt: skip
    names = [name_for_people(Path(source.path)) for source in found.sources]
    is_single_file = len(paths) == 1 and not paths[0].is_dir()
    # They read while the files come in.
    helpers = [_start_helper() for _ in range(worker_count() - 1)] if len(names) >= _WORTH_A_PROCESS else []
    try:
        batch = bring_in(command_actor("add"), files, name=", ".join(path.name for path in paths), visibility=visibility,
            said_on=said_on, said_on_is_fallback=not is_single_file)  # fmt: skip
        for helper in helpers:
            helper.stdin.close()
        give_way()
        _read(batch, len(names))
        follow_until_none_waits()
    except KeyboardInterrupt:
        _say(_("Stopped. What has come in is kept and will be read when you go on, or serve the hub."))
        return STOPPED
    finally:
        for helper in helpers:
            helper.terminate()
            helper.communicate()
        this_process().leave()
    return _tell(batch, names, found)


def incoming_files(paths: Sequence[Path], *, address: str = "", only_new: bool = False) -> tuple[Found, Iterator[Incoming]]:  # fmt: skip
    """What the paths name, and the files with their bytes, one by one; `only_new` leaves out what the hub has had already."""
    found = find_documents(paths, ENDINGS)

    def files() -> Iterator[Incoming]:
        for source in found.sources:
            file = _incoming(Path(source.path), address)
            if not (only_new and _is_known(file)):
                yield file

    return found, files()


def _incoming(path: Path, address: str) -> Incoming:
    name = name_for_people(path).replace("\\", "/").rpartition("/")[2]
    try:
        return Incoming(name, file_bytes(path, _LIMITS), address=address)
    except Refusal as refusal:
        return Incoming(name, refused=refusal.reason, address=address)


def _is_known(file: Incoming) -> bool:
    sha256 = hashlib.sha256(file.content).hexdigest()
    return Document.objects.filter(sha256=sha256).exists() or Arrival.objects.filter(original__sha256=sha256).exists()


def _read(batch: Batch, total: int) -> None:
    """Reads until nothing of the batch is open: here, in the helpers, and wherever the hub is being served."""
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    columns = (BarColumn(bar_width=24), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)
        release_claims()
        claim, arrivals = partial(claim_some, this_process().name), []
        while still := batch.arrivals.filter(state__in=OPEN).count():
            bar.update(task, completed=total - still, description=arrivals[0].name if arrivals else "")
            if not arrivals:
                time.sleep(0.1)
                release_claims()
            arrivals = read_on(arrivals, claim)


def _start_helper() -> subprocess.Popen[bytes]:
    """A process that reads until its standard input is closed and none waits."""
    command = [sys.executable, "-P", "-m", "handslag_hub.site.worker", "--until-none-waits"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True, env=environment_of_children())  # noqa: S603  our own program


def _tell(batch: Batch, names: Sequence[str], found: Found) -> int:
    arrivals = list(batch.arrivals.select_related("document").order_by("pk"))
    for name, arrival in zip(names, arrivals, strict=True):
        line = f"{shown(name)}: {outcome_in_words(arrival)}"
        if arrival.state == State.FAILED:
            _say(line)
        else:
            print(line)  # noqa: T201  this is the command line
    for error in found.unreadable:
        _say(shown(str(error)))
    return 1 if found.unreadable or any(arrival.state == State.FAILED for arrival in arrivals) else 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201  this is the command line
