"""Keeping what linking has ready: compared with what it should be, and made again."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from handslag_hub.following.index import numbers_of, rebuild_counts, wrong_counts
from handslag_hub.following.models import Page, Promise, PromiseKey
from handslag_hub.following.prepared import views_of
from handslag_hub.following.services.waiting import let_all_wait
from handslag_hub.store.models import Document, Fact

_TOGETHER = 200


def differences(limit: int = 20) -> list[str]:
    """What linking would find otherwise, a line each, at most `limit`: pages and commitments it does not know of, keys, pages it failed on."""
    known = Page.objects.filter(document=OuterRef("pk"))
    found = [_("document %(uid)s: not looked at for what it says of commitments; `handslag hub follow` does") % {"uid": uid}
        for uid in Document.objects.filter(~Exists(known), live=True).values_list("uid", flat=True)[:limit]]  # fmt: skip
    known = Promise.objects.filter(fact=OuterRef("pk"))
    found += [_("commitment %(uid)s: not followed; `handslag hub follow` does") % {"uid": uid}
        for uid in Fact.objects.filter(~Exists(known), kind="commitment").values_list("uid", flat=True)[:limit]]  # fmt: skip
    for uid, fault in Page.objects.exclude(fault="").values_list("document__uid", "fault")[:limit]:
        found.append(_("document %(uid)s: what it says of commitments could not be found (%(fault)s)") % {"uid": uid, "fault": fault})  # fmt: skip
    if wrong := wrong_counts():
        found.append(_("keys of commitments: %(count)s are counted wrongly") % {"count": wrong})
    return (found + _wrong_keys(limit))[:limit]


def rebuild() -> None:
    """Makes all of it again: keys at once, links by and by."""
    PromiseKey.objects.all().delete()
    rebuild_counts()
    Page.objects.update(home=None)
    let_all_wait()
    Promise.objects.update(waits=True)


def _wrong_keys(limit: int) -> list[str]:
    found: list[str] = []
    last = 0
    while facts := list(Promise.objects.filter(fact__gt=last, waits=False).order_by("fact").values_list("fact", flat=True)[:_TOGETHER]):  # fmt: skip
        last = facts[-1]
        there: dict[int, set[int]] = defaultdict(set)
        for fact, key in PromiseKey.objects.filter(fact__in=facts).values_list("fact", "key"):
            there[fact].add(key)
        views = views_of(facts)
        levels = dict(Fact.objects.filter(pk__in=facts).values_list("pk", "level"))
        for fact in facts:
            wanted = numbers_of(views[fact].keys, levels[fact]) if fact in views else set()
            if there[fact] != wanted and len(found) < limit:
                found.append(_("commitment %(key)s: its keys are not those of its words") % {"key": fact})
    return found
