"""Jobs: linking what waits, after what waits to be read was read."""

from __future__ import annotations

from django.dispatch import receiver
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from handslag_hub.following.models import Page, Promise
from handslag_hub.reading.models import OPEN, Arrival
from handslag_hub.reading.workers import all_read, stopping


@task()
def follow_what_waits() -> int:
    """Links page after page until none waits, or something waits to be read."""
    from handslag_hub.following.services.waiting import follow_until_none_waits  # noqa: PLC0415  the engine is loaded by those who link

    return follow_until_none_waits(lambda: stopping.is_set() or _is_read_on())


@receiver(all_read)
def nudge(**_news: object) -> None:
    """Sees to it that a job is queued where something waits. While files wait to be read, whoever reads the last does it."""
    if _is_read_on() or not (Page.objects.filter(waits=True).exists() or Promise.objects.filter(waits=True).exists()):
        return
    if not DBTaskResult.objects.filter(task_path=follow_what_waits.module_path, status=TaskResultStatus.READY).exists():
        follow_what_waits.enqueue()


def _is_read_on() -> bool:
    return Arrival.objects.filter(state__in=OPEN).exists()
