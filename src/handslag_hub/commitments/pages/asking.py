"""What a request asks for, read from its address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from handslag_hub.commitments.forms import actors_named
from handslag_hub.design.numbers_asked import number_asked
from handslag_hub.store.models import Entity


def page_asked(request: HttpRequest) -> int:
    """The number of the page, from 1."""
    return number_asked(request.GET.get("page", ""), digits=6) or 1


def values_asked(request: HttpRequest, names: Iterable[str]) -> dict[str, frozenset[str]]:
    """The values chosen for each of these names."""
    return {name: frozenset(value[:100] for value in request.GET.getlist(name)[:50]) for name in names if name in request.GET}  # fmt: skip


def day_looked_from(request: HttpRequest) -> date:
    """The day chosen, or today."""
    return request.as_known.day or timezone.localdate()


def party_asked(request: HttpRequest) -> tuple[Entity | None, list[Entity], str]:
    """Whose, by address (`party`) or by name (`name`): the one, or those among which to choose, or what to say beside the field."""
    uid, name = request.GET.get("party", ""), " ".join(request.GET.get("name", "").split())
    if uid:
        found = Entity.objects.filter(uid=uid, level__lte=request.actor.level).first()
        there = [found] if found else []
    elif name:
        there = actors_named(request.actor, name)
    else:
        return None, [], ""
    if len(there) == 1:
        return there[0], [], ""
    if there:
        return None, there, ""
    return None, [], _("Nobody in the register is called “%(name)s”. You see everybody’s.") % {"name": name or uid[:40]}
