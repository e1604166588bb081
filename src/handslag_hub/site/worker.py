"""A process that does the jobs: `python -m handslag_hub.site.worker`. Started, watched and ended by `handslag hub serve`."""

from __future__ import annotations

import argparse
import contextlib
import logging
import sys
import threading
import time
from types import FrameType

from handslag_hub.site.starting import end_with_parent, give_way, set_up

set_up()

from django.db import OperationalError, close_old_connections  # noqa: E402  needs `set_up`
from django_tasks_db.management.commands.db_worker import Worker  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from handslag.reading.models import installed_models  # noqa: E402
from handslag_hub.reading.tasks import forget_finished, take_up_again  # noqa: E402
from handslag_hub.reading.workers import read_until_none_waits, stopping, this_process  # noqa: E402

# A page that is dropped on the hub is to be seen within two seconds: so often is looked for a job, by reading only.
_INTERVAL = 0.1
# So often is looked for jobs of processes that are gone.
_LOOK_AFTER = 5.0
logger = logging.getLogger("handslag_hub.worker")


class JobWorker(Worker):
    """The worker of django-tasks-db, which takes the writing lock only where there is a job, and ends after the file in hand."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Lets the file in hand be finished and the others lie."""
        stopping.set()
        super().shutdown(signum, frame)

    def run(self) -> None:
        """Does jobs until the process is told to end."""
        looked_after = 0.0
        while self.running:
            try:
                if time.monotonic() - looked_after > _LOOK_AFTER:
                    looked_after = time.monotonic()
                    take_up_again()
                    forget_finished()
                if DBTaskResult.objects.ready().exists():
                    super().run()
            except OperationalError as error:
                # Somebody else writes for long; the next round tries again.
                logger.warning("%s", error)
            close_old_connections()
            if self.running:
                time.sleep(_INTERVAL)


def _read_while_files_come_in() -> None:
    """Whoever brings files in ends our standard input with the last."""
    all_in = threading.Event()

    def watch() -> None:
        sys.stdin.read()
        all_in.set()

    threading.Thread(target=watch, name="files come in", daemon=True).start()
    while not stopping.is_set():
        were_all_in = all_in.is_set()
        read_until_none_waits()
        if were_all_in:
            return
        all_in.wait(_INTERVAL)


def main() -> None:
    """Do jobs until told to end; with `--until-none-waits`, read files until standard input has ended and none waits."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--until-none-waits", action="store_true")
    given = parser.parse_args()
    end_with_parent()
    give_way()
    logging.getLogger("django_tasks").setLevel(logging.WARNING)
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    worker = JobWorker(queue_names=["*"], interval=_INTERVAL, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id=this_process().name, excluded_queue_names=[])  # fmt: skip
    worker.configure_signals()
    installed_models()
    try:
        if given.until_none_waits:
            worker.running_task = True
            _read_while_files_come_in()
        else:
            worker.run()
    finally:
        with contextlib.suppress(OSError):
            this_process().leave()


if __name__ == "__main__":
    main()
