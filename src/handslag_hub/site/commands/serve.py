"""`handslag hub serve`: the site and those who read, started, watched and ended together."""

from __future__ import annotations

import http.client
import socket
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path

from handslag.kernel.errors import HandslagError
from handslag_hub.site.environment import flag
from handslag_hub.site.starting import set_up
from handslag_hub.site.supervision import Supervisor

PORT = 8765
# Ports looked at where none was asked for.
_TRIES = 20
_STARTING_SECONDS = 60.0
_CHECKING_SECONDS = 120.0


class CannotServe(HandslagError):
    """The hub cannot be reached where it was asked to be."""


def run(*, port: int | None = None, host: str = "", first: Sequence[Path] = (), check: bool = False) -> int:
    """Serves until told to end and gives the exit status.

    `first` are files and folders to bring in; `check` ends as soon as the first page was answered and nothing waits to be read.
    """
    if host and not flag("HANDSLAG_TEAM"):
        raise CannotServe("--host is for a team that logs in: set HANDSLAG_TEAM=1 (docs/operation.md), or leave --host out")  # fmt: skip
    host = host or "127.0.0.1"
    port = _free_port(host, port)
    supervisor = Supervisor(lambda line: _say(f"handslag: {line}"))
    supervisor.listen()
    try:
        # It brings the database up to date; what is needed here is imported meanwhile.
        supervisor.start("web", "handslag_hub.site.web", host, str(port))
        set_up()
        if not supervisor.watch(until=_within(_STARTING_SECONDS, lambda: _answers(host, port, "/health/ready"))):
            return 1
        return 0 if supervisor.is_ending else _serve(supervisor, host, port, first=first, check=check)
    finally:
        supervisor.end_all()


def _serve(supervisor: Supervisor, host: str, port: int, *, first: Sequence[Path], check: bool) -> int:
    from handslag_hub.reading.claimants import worker_count  # noqa: PLC0415  needs `set_up`
    from handslag_hub.reading.tasks import take_up_again  # noqa: PLC0415
    from handslag_hub.site.commands.language import speak_as_terminal  # noqa: PLC0415

    speak_as_terminal()
    if first:
        _bring_in(first)
    take_up_again()
    for number in range(worker_count()):
        supervisor.start(f"reader {number + 1}", "handslag_hub.site.worker")
    _greet(host, port)
    if not check:
        return 0 if supervisor.watch() else 1
    well = supervisor.watch(until=_within(_CHECKING_SECONDS, lambda: _nothing_waits() and _answers(host, port, "/")))
    return 0 if well and _answers(host, port, "/") else 1


def _greet(host: str, port: int) -> None:
    from django.urls import reverse  # noqa: PLC0415  needs `set_up`
    from django.utils.translation import gettext as _  # noqa: PLC0415

    site = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    _say(_("Handslag is at %(address)s") % {"address": f"{site}/"})
    _say(_("First: add pages at %(add)s, then look at what was read at %(review)s") % {"add": site + reverse("add"), "review": site + reverse("review")})  # fmt: skip
    _say(_("Ctrl-C ends it."))


def _bring_in(paths: Sequence[Path]) -> None:
    from handslag_hub.accounts.actors import command_actor  # noqa: PLC0415  needs `set_up`
    from handslag_hub.reading.services.bringing import bring_in  # noqa: PLC0415
    from handslag_hub.site.commands.add import incoming_files  # noqa: PLC0415

    _, files = incoming_files(paths, only_new=True)
    if first := next(files, None):
        bring_in(command_actor("serve"), chain([first], files), name=", ".join(path.name for path in paths))


def _nothing_waits() -> bool:
    from handslag_hub.reading.models import OPEN, Arrival  # noqa: PLC0415  needs `set_up`

    return not Arrival.objects.filter(state__in=OPEN).exists()


def _free_port(host: str, wanted: int | None) -> int:
    for port in [wanted] if wanted else range(PORT, PORT + _TRIES):
        with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except PermissionError as error:
                raise CannotServe(f"port {port} may not be used; choose one above 1023: --port {PORT}") from error
            except OSError:
                continue
            return port
    if wanted:
        raise CannotServe(f"port {wanted} of {host} is taken; end what uses it, or choose another: --port NUMBER")
    raise CannotServe(f"no port from {PORT} to {PORT + _TRIES - 1} is free; choose one: --port NUMBER")


def _within(seconds: float, is_so: Callable[[], bool]) -> Callable[[], bool]:
    """A condition that raises `CannotServe` where it has not come about in time."""
    deadline = time.monotonic() + seconds

    def look() -> bool:
        if is_so():
            return True
        if time.monotonic() > deadline:
            raise CannotServe(f"the hub did not answer within {seconds:g} seconds; what it said stands above")
        return False

    return look


def _answers(host: str, port: int, path: str) -> bool:
    from django.conf import settings  # noqa: PLC0415  needs `set_up`

    # As somebody would ask who knows the hub by its name.
    name = settings.ALLOWED_HOSTS[0].removeprefix(".").replace("*", "localhost")
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared, not bound
    with closing(http.client.HTTPConnection(here, port, timeout=10)) as connection:
        try:
            connection.request("GET", path, headers={"Host": f"{name}:{port}"})
            return connection.getresponse().status < 400
        except OSError:
            return False


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201  this is the command line
