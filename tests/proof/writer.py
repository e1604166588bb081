"""Processes that write to a hub, and say after every commit what now must be there: to be killed at any moment.

`python -m tests.proof.writer` starts one for every line "SEED PATH" on its standard input and answers with its number. A writer writes a line
"ready" into the file, then for every write a line of JSON. Refusals are part of the work; any other error is told as {"error": …} and ends
the writer. They are forked: what they need is loaded once, and no connection is open yet.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
import time
import traceback
from random import Random

from handslag_hub.site.starting import set_up

set_up()

from django.db import OperationalError  # noqa: E402  needs `set_up`
from tests.proof.small_store import PROVER, small_reading  # noqa: E402

from handslag_hub.store.errors import Refused  # noqa: E402
from handslag_hub.store.models import Action, Document, Entity, Fact  # noqa: E402
from handslag_hub.store.services import (  # noqa: E402
    add_document_again,
    judge_sameness,
    keep_original,
    keep_reading,
    remove_document,
    review_fact,
    split_entity,
    undo_action,
)


def main(seed: int) -> None:
    rng = Random(seed)
    say("ready")
    for number in itertools.count():
        begun = time.perf_counter()
        try:
            acknowledged = write(rng, seed, number)
        except Refused:
            continue
        except OperationalError as error:
            say({"error": str(error), "after": time.perf_counter() - begun})
            if "locked" not in str(error):
                raise
            continue
        if acknowledged:
            say({**acknowledged, "seconds": time.perf_counter() - begun})


def say(what: object) -> None:
    """A whole line in one write: it is there or it is not, whenever the process is killed."""
    os.write(sys.stdout.fileno(), (json.dumps(what) + "\n").encode())


def write(rng: Random, seed: int, number: int) -> dict[str, object] | None:
    """One write; what must be there from now on."""
    what = rng.choices(("keep", "review", "judge", "split", "presence", "undo"), (4, 5, 3, 1, 1, 2))[0]
    if what == "keep":
        page = rng.randrange(60)
        # Its bytes differ from writer to writer, so originals are written all the time.
        original = keep_original("sida.txt", f"{seed} {number}".encode())
        kept = keep_reading(PROVER, small_reading(page, rng.randrange(4)), original=original, address=f"https://example.org/{seed}/{page}")  # fmt: skip
        return {"document": kept.document.uid, "original": original.sha256}
    if what == "review":
        fact = pick(rng, Fact.objects.filter(shown=True))
        return fact and {"action": review_fact(PROVER, fact, rng.choice(("accept", "reject", "unsure"))).pk}
    if what == "judge":
        kind = rng.choice(("organisation", "person"))
        a, b = pick(rng, Entity.objects.filter(kind=kind)), pick(rng, Entity.objects.filter(kind=kind))
        return a and b and {"action": judge_sameness(PROVER, a, b, rng.choice(("same", "same", "different"))).pk}
    if what == "split":
        fact = pick(rng, Fact.objects.filter(kind="organisation", shown=True))
        return fact and {"action": split_entity(PROVER, fact.about, [fact], "Den andra")[1].pk}
    if what == "presence":
        document = pick(rng, Document.objects.all())
        if document is None:
            return None
        return {"action": (remove_document if document.live else add_document_again)(PROVER, document).pk}
    action = pick(rng, Action.objects.filter(undone=False).exclude(verb="add document"))
    return action and {"action": undo_action(PROVER, action).pk}


def pick(rng: Random, rows):
    """One of the rows, None where there are none."""
    keys = list(rows.order_by("-pk").values_list("pk", flat=True)[:50])
    return rows.model.objects.get(pk=rng.choice(keys)) if keys else None


def start_writers() -> None:
    """Starts a writer for each line that comes in; the dead are forgotten at once, so that whoever kills sees that they are gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        seed, _, path = line.strip().partition(" ")
        number = os.fork()
        if number == 0:
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), sys.stdout.fileno())
            try:
                main(int(seed))
            except BaseException:  # noqa: BLE001  told, and the end of this process
                say({"error": traceback.format_exc()})
            finally:
                os._exit(1)
        os.write(sys.stdout.fileno(), f"{number}\n".encode())


if __name__ == "__main__":
    start_writers()
