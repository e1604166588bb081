"""Writers that are killed: what they acknowledged must be there, and the store must hold together."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
WRITERS = 4

VERIFY = """
import json, sys
from handslag_hub.site.starting import set_up
set_up()
from handslag_hub.store.models import *
from handslag_hub.store.services.originals import original_path
from handslag_hub.site.keeping.problems import problems
asked = json.load(sys.stdin)
documents = set(Document.objects.values_list("uid", flat=True))
actions = set(Action.objects.values_list("pk", flat=True))
lost = [key for key in asked["document"] if key not in documents] + [key for key in asked["action"] if key not in actions]
lost += [key for key in asked["original"] if not original_path(key).exists()]
print(json.dumps({"lost": lost, "problems": [line for _, line in problems()][:10] if asked["thorough"] else []}))
"""


@dataclass
class Outcome:
    """What became of a run of kills."""

    kills: int = 0
    acknowledged: int = 0
    locked: int = 0
    longest: float = 0.0
    lost: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def kill_writers(home: Path, kills: int, *, seed: int = 1, checks: int = 5) -> Outcome:
    """Lets four writers write into the hub in `home`, killing one at a random moment and starting another, `kills` times.

    All that was acknowledged is asked for at the end; caches and integrity are checked `checks` times on the way, with nobody writing.
    """
    rng = random.Random(seed)
    outcome = Outcome()
    environment = {**os.environ, "HANDSLAG_HOME": str(home), "PYTHONPATH": os.pathsep.join([str(CHECKOUT / "src"), str(CHECKOUT)])}  # fmt: skip
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
        environment.pop(name, None)
    _python("from handslag_hub.site.starting import *; set_up(); bring_up_to_date()", environment)
    said: dict[str, set] = {"document": set(), "action": set(), "original": set()}
    rounds = max(1, min(checks, kills))
    with _writers(home, environment) as writers:
        for number in range(rounds):
            _one_round(writers, kills // rounds + (number < kills % rounds), rng, said, outcome)
            asked = {key: sorted(values) for key, values in said.items()} | {"thorough": True}
            found = json.loads(_python(VERIFY, environment, given=json.dumps(asked)))
            outcome.lost += found["lost"]
            outcome.problems += found["problems"]
    outcome.acknowledged = len(said["document"]) + len(said["action"])
    return outcome


@dataclass
class Writers:
    """Writers at work, each with the file for what it says."""

    home: Path
    starter: subprocess.Popen[str]
    started: int = 0
    alive: list[tuple[int, Path]] = field(default_factory=list)
    dead: list[Path] = field(default_factory=list)

    def start(self, seed: int) -> None:
        path = self.home / f"said-{self.started}"
        self.started += 1
        self.starter.stdin.write(f"{seed} {path}\n")
        self.starter.stdin.flush()
        self.alive.append((int(self.starter.stdout.readline()), path))

    def kill(self, place: int) -> None:
        number, path = self.alive.pop(place)
        self.dead.append(path)
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
            while True:
                os.kill(number, 0)
                time.sleep(0.002)

    def wait_until_writing(self) -> None:
        """Until every writer has said something beyond "ready": one that is still starting is killed for nothing."""
        end = time.monotonic() + 120
        while waiting := [path for _, path in self.alive if not path.exists() or path.read_bytes().count(b"\n") < 2]:
            if time.monotonic() > end or self.starter.poll() is not None:
                raise AssertionError("a writer does not write: " + "".join(path.read_text()[-2000:] for path in waiting if path.exists()))  # fmt: skip
            time.sleep(0.02)


@contextmanager
def _writers(home: Path, environment: dict) -> Iterator[Writers]:
    command = [sys.executable, "-m", "tests.proof.writer"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=CHECKOUT) as starter:  # fmt: skip
        writers = Writers(home, starter)
        try:
            yield writers
        finally:
            while writers.alive:
                writers.kill(0)
            starter.stdin.close()


def _one_round(writers: Writers, kills: int, rng: random.Random, said: dict[str, set], outcome: Outcome) -> None:
    """Four write; a random one is killed, and another takes its place. At the end all are killed."""
    for _ in range(WRITERS):
        writers.start(rng.randrange(10**6))
    for number in range(kills):
        if number % WRITERS == 0:
            writers.wait_until_writing()
        time.sleep(rng.uniform(0.02, 0.4))
        writers.kill(rng.randrange(len(writers.alive)))
        outcome.kills += 1
        if number + 1 < kills:
            writers.start(rng.randrange(10**6))
    while writers.alive:
        writers.kill(0)
    for path in writers.dead:
        _take(path.read_bytes(), said, outcome)
        path.unlink()
    writers.dead.clear()


def _take(content: bytes, said: dict[str, set], outcome: Outcome) -> None:
    for line in content.decode().splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            outcome.errors.append(line)
            continue
        if not isinstance(entry, dict):
            continue
        if "error" in entry:
            outcome.locked += "locked" in entry["error"]
            outcome.errors.append(str(entry))
        outcome.longest = max(outcome.longest, entry.get("seconds", 0.0))
        for key, keys in said.items():
            if key in entry:
                keys.add(entry[key])


def _python(code: str, environment: dict, given: str = "") -> str:
    done = subprocess.run([sys.executable, "-c", code], env=environment, input=given, capture_output=True, text=True, check=False, cwd=CHECKOUT)  # fmt: skip
    if done.returncode:
        raise AssertionError(done.stdout + done.stderr)
    return done.stdout
