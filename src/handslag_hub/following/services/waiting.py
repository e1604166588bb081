"""Linking what waits: commitments first, so that every page is compared with all that are known; then pages, the earliest said first."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import OperationalError
from django.db.models import F, Q
from django.utils import timezone

from handslag.reading.loading.refusal import first_line
from handslag_hub.following.models import Page, Promise
from handslag_hub.following.services.linking import VERSION, link_document
from handslag_hub.following.services.preparing import prepare_what_waits
from handslag_hub.reading.workers import spare_what_stays
from handslag_hub.store.models import Document, Fact
from handslag_hub.store.writing import one_writer

# Whoever took a page and did not link it in this time is gone.
_LEASE = timedelta(minutes=5)
logger = logging.getLogger(__name__)


def follow_until_none_waits(is_to_stop: Callable[[], bool] = lambda: False) -> int:
    """Links until nothing waits, or it is told to stop; gives how many pages were linked."""
    count = 0
    while not is_to_stop():
        prepare_what_waits()
        document = _take()
        if document is None:
            return count
        try:
            link_document(document)
        except OperationalError:
            # Others write for long: it waits for the next round.
            logger.warning("document %s could not be linked yet", document.uid, exc_info=True)
            Page.objects.filter(document=document).update(taken_at=None)
            return count
        except Exception as error:
            # A fault of ours is told (`handslag hub check`): the others are linked.
            logger.exception("document %s could not be linked", document.uid)
            Page.objects.filter(document=document).update(waits=False, taken_at=None, fault=first_line(error)[:1000])
        count += 1
        spare_what_stays("following")
    return count


def _take() -> Document | None:
    """The next page that waits, ours for now."""
    now = timezone.now()
    with one_writer():
        free = Page.objects.filter(Q(taken_at=None) | Q(taken_at__lt=now - _LEASE), waits=True, document__live=True)
        key = free.order_by(F("document__said_on").asc(nulls_last=True), "document").values_list("document", flat=True).first()  # fmt: skip
        if key is None:
            return None
        Page.objects.filter(document=key).update(taken_at=now)
    return Document.objects.get(pk=key)


def let_all_wait(*, anew: bool = False) -> tuple[int, int]:
    """What was kept before there was linking, was linked by an earlier version (`anew`: by any), or could not be linked, is to be linked.

    Gives how many commitments and pages wait.
    """
    with one_writer():
        facts = Fact.objects.filter(kind="commitment").exclude(pk__in=Promise.objects.values("fact"))
        Promise.objects.bulk_create(
            (Promise(fact_id=key) for key in facts.values_list("pk", flat=True)), batch_size=500
        )
        new = Document.objects.filter(live=True).exclude(pk__in=Page.objects.values("document"))
        Page.objects.bulk_create((Page(document_id=key) for key in new.values_list("pk", flat=True)), batch_size=500)
        pages = Page.objects.filter(document__live=True)
        again = pages if anew else pages.filter(~Q(version=VERSION) | ~Q(fault=""))
        again.update(waits=True, fault="")
    return Promise.objects.filter(waits=True).count(), pages.filter(waits=True).count()
