"""Jobs: reading what waits."""

from __future__ import annotations

from datetime import timedelta

from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from handslag_hub.reading.claimants import is_gone, worker_count
from handslag_hub.reading.models import Arrival, State
from handslag_hub.reading.services import brought_in, release_claims

# Finished jobs are of interest to whoever looks for a fault, for a day.
_KEPT = timedelta(days=1)


@task()
def read_what_waits() -> int:
    """Reads file after file until none waits."""
    from handslag_hub.reading.workers import read_until_none_waits  # noqa: PLC0415  what reads is loaded by those who read

    return read_until_none_waits()


@receiver(brought_in)
def nudge(**_news: object) -> None:
    """Sees to it that as many jobs are queued as there are processes to read, and no more."""
    queued = DBTaskResult.objects.filter(task_path=read_what_waits.module_path, status=TaskResultStatus.READY).count()
    for _ in range(queued, worker_count()):
        read_what_waits.enqueue()


def take_up_again() -> None:
    """Jobs and files of processes that are gone are put back into the queue; what waits without a job gets one."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    for job in running:
        if job.worker_ids and is_gone(job.worker_ids[-1]):
            running.filter(pk=job.pk).update(status=TaskResultStatus.READY, started_at=None)
    release_claims()
    if Arrival.objects.filter(state=State.WAITING).exists():
        nudge()


def forget_finished() -> None:
    """Deletes the records of jobs that ended well more than a day ago."""
    DBTaskResult.objects.successful().filter(finished_at__lt=timezone.now() - _KEPT).delete()
