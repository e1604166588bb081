"""What every process of the hub does first."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time

import django

# The number of the process that watches over this one.
PARENT = "HANDSLAG_PARENT_PROCESS"
_NICE = 10


def set_up() -> None:
    """Django with the hub's settings; HandslagError where the environment is not usable."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handslag_hub.site.settings")
    # Matrices of a few sentences are too small to share out: threads that wait for each other took more than they gave, on a machine
    # that does something else at the same time as much again. Looked at when numpy is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    django.setup()
    # Answers such as 404 are no news to whoever started the hub.
    logging.getLogger("django.request").setLevel(logging.ERROR)


def bring_up_to_date() -> None:
    """The database as this version needs it; made where there is none."""
    from django.core.management import call_command  # noqa: PLC0415  needs `set_up`
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from handslag_hub.site.new_database import is_new, make_tables  # noqa: PLC0415

    was_open = connection.connection is not None
    executor = MigrationExecutor(connection)
    if is_new():
        make_tables(executor)
    elif executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    # Whoever is in the middle of something goes on with the connection; a process that will have threads has one for each.
    if not was_open:
        connection.close()


def give_way() -> None:
    """For a process that reads: pages are answered first."""
    if hasattr(os, "nice"):
        os.nice(max(0, _NICE - os.nice(0)))


def end_with_parent() -> None:
    """Ends this process as a signal to end would, soon after the one that started it (`supervision.environment_of_children`) is gone."""
    # It may be gone before this line is reached.
    parent = int(os.environ.get(PARENT) or os.getppid())

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="end with parent", daemon=True).start()
