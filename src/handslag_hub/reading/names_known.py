"""The names of the register as the reader takes them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from handslag.kernel.errors import HandslagError
from handslag.reading.names.gazetteer import check_gazetteer
from handslag_hub.store.bulk import query
from handslag_hub.store.queries import gazetteer

# What a page that comes in says of the kind of a known organisation is heeded after so many seconds.
_KEPT = 10.0
# Pages that come in accept no name, nor does what is heard in them of commitments; whatever else is done may.
_ADDING = ("add document", "follow")
_LATEST = "SELECT id, at FROM store_action ORDER BY id DESC LIMIT 1"
_SINCE = "SELECT id, at, verb FROM store_action WHERE id >= %s ORDER BY id"


@dataclass(frozen=True, slots=True)
class _Gathered:
    """Names gathered at a time (monotonic), when this was the latest action."""

    names: Mapping[str, str]
    at: float
    latest: tuple[int, object] | None


_gathered: list[_Gathered] = []


def names_known() -> Mapping[str, str]:
    """The accepted names with their kind, without those that the reader refuses (a word such as "and"): none stops all reading.

    A process that reads many pages gathers them once, and again after anything else was done in the hub.
    """
    if _gathered and (latest := _latest_adding(_gathered[0])):
        _gathered[0] = _Gathered(_gathered[0].names, _gathered[0].at, latest)
    else:
        now = time.monotonic()
        latest = next(iter(query(_LATEST)), None)
        known = gazetteer()
        if not _is_taken(known):
            known = {name: kind for name, kind in known.items() if _is_taken({name: kind})}
        _gathered[:] = [_Gathered(known, now, latest)]
    return _gathered[0].names


def _latest_adding(gathered: _Gathered) -> tuple[int, object] | None:
    """The latest action, where since the names were gathered pages came in and nothing else; None where they are to be gathered anew."""
    if gathered.latest is None or time.monotonic() - gathered.at > _KEPT:
        return None
    rows = query(_SINCE, [gathered.latest[0]])
    # Not the action it was: a backup was restored meanwhile.
    if not rows or rows[0][:2] != gathered.latest:
        return None
    if any(verb not in _ADDING for _key, _at, verb in rows[1:]):
        return None
    return rows[-1][:2]


def _is_taken(names: Mapping[str, str]) -> bool:
    try:
        check_gazetteer(names)
    except HandslagError:
        return False
    return True
