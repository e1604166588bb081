"""Pages brought in, dropped, and a first start, measured from outside: by the processes that people start."""

from __future__ import annotations

import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

ADD = "import sys; from pathlib import Path; from handslag_hub.site.commands import add; sys.exit(add.run([Path(sys.argv[1])]))"
PORT = 8931


@dataclass
class Brought:
    """What bringing a folder in took: seconds, and at most how much memory all its processes had together."""

    seconds: float = 0.0
    megabytes: float = 0.0
    documents: list[tuple[float, int]] = field(default_factory=list)


def bring_in(home: Path, folder: Path, environment: dict[str, str], *, kill_at: int = 0) -> Brought:
    """`handslag hub add FOLDER`; with `kill_at`, all its processes are killed when so many documents are there."""
    found, before, begun = Brought(), count_documents(home), time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", ADD, str(folder)], env=environment, stdout=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            processes = tree_of(process.pid)
            found.megabytes = max(found.megabytes, sum(map(memory_of, processes)) / 1e6)
            if kill_at and count_documents(home) - before >= kill_at:
                for key in processes:
                    with suppress(ProcessLookupError):
                        os.kill(key, signal.SIGKILL)
                break
            time.sleep(0.1 if kill_at else 0.5)
    found.seconds = time.perf_counter() - begun
    if process.returncode not in ((-signal.SIGKILL,) if kill_at else (0,)):
        raise SystemExit(f"bringing {folder} in ended with {process.returncode}")
    return found


def count_documents(home: Path) -> int:
    """How many documents the hub has."""
    return ask(home, "SELECT count(*) FROM store_document")[0][0]


def ask(home: Path, command: str, *values: object) -> list[tuple]:
    """Rows of the hub's database, read beside those who write."""
    with closing(sqlite3.connect(f"file:{home / 'handslag.sqlite3'}?mode=ro", uri=True, timeout=30)) as connection:
        return connection.execute(command, values).fetchall()


def tree_of(process: int) -> list[int]:
    """The process and all that it started."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents.setdefault(int(path.read_text().rpartition(")")[2].split()[1]), []).append(int(path.parent.name))
    found = [process]
    for key in found:
        found += parents.get(key, [])
    return found


def memory_of(process: int) -> float:
    """Bytes that the process has for itself, and its share of what it shares."""
    with suppress(OSError):
        told = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
        return int(told[1]) * 1024 if told else 0
    return 0


# --- the served hub --------------------------------------------------------------------------------------------------


@contextmanager
def served(environment: dict[str, str], *more: str) -> Iterator[subprocess.Popen[str]]:
    """`handslag hub serve`, ended with the block."""
    command = [sys.executable, "-m", "handslag", "hub", "serve", "--port", str(PORT), *more]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.communicate()


def first_demo(checkout: Path) -> float:
    """Seconds from `make demo` in a fresh clone, with an empty home, to the first page, downloads included."""
    with tempfile.TemporaryDirectory(prefix="handslag-first-") as folder:
        home, clone = Path(folder) / "home", Path(folder) / "handslag"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(checkout), str(clone)], check=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HANDSLAG_", "PYTHON", "VIRTUAL_ENV", "XDG_"))}  # fmt: skip
        begun = time.perf_counter()
        with subprocess.Popen(["make", "demo"], cwd=clone, env={**kept, "HOME": str(home), "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, start_new_session=True) as process:  # fmt: skip
            try:
                told = []
                for line in process.stdout:
                    told.append(line)
                    if address := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
                        with closing(
                            http.client.HTTPConnection("127.0.0.1", int(address[1]), timeout=60)
                        ) as connection:
                            connection.request("GET", "/")
                            connection.getresponse().read()
                        return time.perf_counter() - begun
                raise SystemExit("make demo ended: " + "".join(told[-5:]))
            finally:
                os.killpg(process.pid, signal.SIGINT)


def wait_for(what: Callable[[], bool], seconds: float = 120.0) -> float:
    """Seconds until it is so."""
    begun = time.perf_counter()
    while not what():
        if time.perf_counter() - begun > seconds:
            raise SystemExit("the hub did not do what was waited for")
        time.sleep(0.02)
    return time.perf_counter() - begun


def page(path: str, *, method: str = "GET", body: bytes = b"", **headers: str) -> tuple[int, str, http.client.HTTPMessage]:  # fmt: skip
    """Status, text and headers that the served hub answers."""
    with closing(http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)) as connection:
        connection.request(method, path, body, {"Host": f"localhost:{PORT}", **headers})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers


def answers(path: str = "/health/ready") -> bool:
    """True if the served hub answers."""
    with suppress(OSError):
        return page(path)[0] == 200
    return False


def drop(home: Path, texts: list[str]) -> list[float]:
    """Seconds from posting a document to its page being answered with its facts, one after the other. The hub is served meanwhile."""
    _, text, headers = page("/documents/add")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]
    cookie = "; ".join(value.partition(";")[0] for value in headers.get_all("Set-Cookie") or [])
    seconds = []
    for number, document in enumerate(texts):
        name, border = f"dropped-{uuid4().hex}.txt", uuid4().hex
        fields = {"csrfmiddlewaretoken": token, "visibility": "0"}
        body = "".join(f'--{border}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items())  # fmt: skip
        body += f'--{border}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n{document}\r\n--{border}--\r\n'  # fmt: skip
        begun = time.perf_counter()
        status, text, _ = page("/documents/add", method="POST", body=body.encode(), Cookie=cookie, Origin=f"http://localhost:{PORT}",
            **{"Content-Type": f"multipart/form-data; boundary={border}"})  # fmt: skip
        if status not in {200, 302}:
            raise SystemExit(f"document {number} was not taken ({status}): {text[:500]}")
        found: list[tuple] = []
        while not found:
            if time.perf_counter() - begun > 60:
                raise SystemExit(f"document {number} was not read within a minute")
            time.sleep(0.02)
            found = ask(home, "SELECT d.uid FROM reading_arrival a JOIN store_document d ON d.id = a.document_id WHERE a.name = ?", name)  # fmt: skip
        if page(f"/documents/{found[0][0]}", Cookie=cookie)[0] != 200:
            raise SystemExit(f"document {number} is not shown")
        seconds.append(time.perf_counter() - begun)
    return seconds
