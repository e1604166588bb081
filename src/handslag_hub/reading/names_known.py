"""The names of the register as the reader takes them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handslag.kernel.errors import HandslagError
from handslag.reading.names.gazetteer import check_gazetteer
from handslag_hub.store.models import Action
from handslag_hub.store.queries import gazetteer

# What a page that comes in says of the kind of a known organisation is heeded after so many seconds.
_KEPT = 10.0
# Pages that come in accept no name, whatever else is done may.
_ADDING = "add document"


@dataclass(frozen=True, slots=True)
class _Gathered:
    """Names gathered at a time (monotonic), when this was the latest action."""

    names: Mapping[str, str]
    at: float
    latest: tuple[int, datetime] | None


_gathered: list[_Gathered] = []


def names_known() -> Mapping[str, str]:
    """The accepted names with their kind, without those that the reader refuses (a word such as "and"): none stops all reading.

    A process that reads many pages gathers them once, and again after anything else was done in the hub.
    """
    if _gathered and (latest := _latest_adding(_gathered[0])):
        _gathered[0] = _Gathered(_gathered[0].names, _gathered[0].at, latest)
    else:
        now = time.monotonic()
        latest = Action.objects.order_by("-pk").values_list("pk", "at").first()
        known = gazetteer()
        if not _is_taken(known):
            known = {name: kind for name, kind in known.items() if _is_taken({name: kind})}
        _gathered[:] = [_Gathered(known, now, latest)]
    return _gathered[0].names


def _latest_adding(gathered: _Gathered) -> tuple[int, datetime] | None:
    """The latest action, where since the names were gathered pages came in and nothing else; None where they are to be gathered anew."""
    if gathered.latest is None or time.monotonic() - gathered.at > _KEPT:
        return None
    key, at = gathered.latest
    rows = list(Action.objects.filter(pk__gte=key).order_by("pk").values_list("pk", "at", "verb"))
    # Not the action it was: a backup was restored meanwhile.
    if not rows or rows[0][:2] != (key, at):
        return None
    if any(verb != _ADDING for _key, _at, verb in rows[1:]):
        return None
    return rows[-1][:2]


def _is_taken(names: Mapping[str, str]) -> bool:
    try:
        check_gazetteer(names)
    except HandslagError:
        return False
    return True
