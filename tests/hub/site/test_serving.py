from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from running_hub import ask, running_hub, wait_until

from handslag.cli.app import main

# Hubs are waited for patiently: each is several processes, and the machine may have much else to do.
pytestmark = pytest.mark.timeout(900)
DONE = "SELECT count(*) FROM reading_arrival WHERE state = 'read'"


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _request(port: int, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str, str]:
    """The status, the first cookie and the page."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request(method, path, body, headers)
        with connection.getresponse() as answer:
            return answer.status, answer.getheader("Set-Cookie", "").partition(";")[0], answer.read().decode()


def _post(port: int, path: str, **values: str) -> int:
    _, cookie, form = _request(port, "GET", path)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form).group(1)
    body = urlencode({"csrfmiddlewaretoken": token, **values})
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    return _request(port, "POST", path, body, **headers)[0]


def _answers(port: int) -> bool:
    try:
        return _request(port, "GET", "/health/ready")[0] == 200
    except OSError:
        return False


def _below(process: int) -> dict[int, str]:
    """The processes that this one started, and those that they started: number → command."""
    found: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_text().replace("\0", " ")
        except (OSError, ValueError):
            continue
        if parent == process:
            found[int(folder.name)] = command
            found |= _below(int(folder.name))
    return found


def _is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.fixture
def on_linux(require) -> None:
    require("proc", Path("/proc/self/stat").exists(), "there is no /proc to look for processes")


@pytest.fixture
def typed(monkeypatch, capfd) -> Callable[..., tuple[int, str]]:
    """`typed("serve", …)`: the status and what is said where `handslag hub …` ends before it has begun."""

    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["handslag", "hub", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, capfd.readouterr().err

    return run


@pytest.mark.usefixtures("on_linux")
def test_served_killed_and_ended(home, pages):
    """One hub for all of it, since starting takes seconds: reading goes on after a kill, and all end together."""
    port = _free_port()
    with running_hub(home, "serve", "--port", str(port), "--add", str(pages)) as hub:
        wait_until(lambda: _answers(port))
        assert _request(port, "GET", "/")[0] == 200
        # Those who read are killed in the middle of it.
        wait_until(lambda: ask(home, DONE)[0][0])
        readers = [number for number, command in _below(hub.process.pid).items() if "site.worker" in command]
        assert readers
        for number in readers:
            os.kill(number, signal.SIGKILL)
        assert ask(home, DONE)[0][0] < 16
        wait_until(lambda: ask(home, DONE)[0][0] == 16)
        assert ask(home, "SELECT count(*), count(DISTINCT sha256) FROM store_document") == [(16, 16)]
        # A page that is pasted is read by whoever was started anew.
        assert _post(port, "/documents/add", text="Norrhag University will open a hall in 2027.", visibility="0") == 302
        wait_until(lambda: ask(home, DONE)[0][0] == 17)
        everyone = _below(hub.process.pid)
        hub.process.send_signal(signal.SIGTERM)
        assert hub.status() == 0
        assert f"http://127.0.0.1:{port}/documents/add" in hub.said
    assert not [command for number, command in everyone.items() if _is_alive(number)]


@pytest.mark.usefixtures("on_linux")
def test_whoever_is_left_ends_when_the_hub_is_killed(home):
    port = _free_port()
    with running_hub(home, "serve", "--port", str(port)) as hub:
        wait_until(lambda: any("site.worker" in command for command in _below(hub.process.pid).values()))
        # Some have only just begun.
        everyone = _below(hub.process.pid)
    wait_until(lambda: not any(_is_alive(number) for number in everyone))


def test_a_port_that_is_taken_is_told_in_one_line(typed):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        status, said = typed("serve", "--port", str(port))
    assert status == 1
    assert said.splitlines() == [f"handslag: port {port} of 127.0.0.1 is taken; end what uses it, or choose another: --port NUMBER"]  # fmt: skip


def test_only_a_team_is_served_beyond_this_machine(typed):
    status, said = typed("serve", "--host", "192.0.2.1")
    assert (status, len(said.splitlines())) == (1, 1)
    assert "HANDSLAG_TEAM=1" in said


@pytest.mark.long
def test_adding_goes_on_after_a_kill_and_the_same_folder_twice_is_no_change(home, pages):
    with running_hub(home, "add", str(pages)):
        wait_until(lambda: ask(home, DONE)[0][0])
    assert ask(home, DONE)[0][0] < 16
    with running_hub(home, "add", str(pages)) as hub:
        assert hub.status() == 0
        assert len(hub.told.splitlines()) == 16
    assert ask(home, "SELECT count(*), count(DISTINCT sha256) FROM store_document") == [(16, 16)]
    assert ask(home, "SELECT count(*) FROM reading_arrival WHERE state NOT IN ('read', 'same')") == [(0,)]


def test_adding_tells_what_could_not_be_read_and_why(home, pages):
    (pages / "empty.txt").write_text("")
    picture = pages.parent / "picture.png"
    picture.write_bytes(b"\x89PNG")
    with running_hub(home, "add", str(pages / "page-00.txt"), str(pages / "empty.txt"), str(picture), "--visibility", "internal") as hub:  # fmt: skip
        assert hub.status() == 1
        assert "page-00.txt: read" in hub.told
        assert "empty.txt: not read: is empty (0 bytes)" in hub.said
        assert "picture.png: not read: has the ending .png" in hub.said
    assert ask(home, "SELECT visibility FROM store_document") == [(1,)]


def test_a_wrong_day_or_visibility_is_a_wrong_use(typed, tmp_path):
    for words in (("--said-on", "soon"), ("--visibility", "secret"), ("--address", "https://example.org")):
        assert typed("add", *words, str(tmp_path))[0] == 2
