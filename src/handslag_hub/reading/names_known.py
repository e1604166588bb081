"""The names of the register as the reader takes them."""

from __future__ import annotations

from collections.abc import Mapping

from handslag.kernel.errors import HandslagError
from handslag.reading.names.gazetteer import check_gazetteer
from handslag_hub.store.queries import gazetteer


def names_known() -> Mapping[str, str]:
    """The accepted names with their kind, without those that the reader refuses (a word such as "and"): none stops all reading."""
    known = gazetteer()
    if _is_taken(known):
        return known
    return {name: kind for name, kind in known.items() if _is_taken({name: kind})}


def _is_taken(names: Mapping[str, str]) -> bool:
    try:
        check_gazetteer(names)
    except HandslagError:
        return False
    return True
