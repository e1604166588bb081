"""A process that reads: the loop that runs until nothing waits."""

from __future__ import annotations

import atexit
import gc
import threading
from collections.abc import Callable
from functools import cache

from django.dispatch import Signal

from handslag_hub.reading.claimants import Claimant
from handslag_hub.reading.models import Arrival
from handslag_hub.reading.services import claim_some, release_claims
from handslag_hub.reading.services.waiting import read_arrivals

# Sent where nothing waits to be read any longer, after something did.
all_read = Signal()

# Set when the process is told to end: the files in hand are finished, the others are left to whoever comes next.
stopping = threading.Event()


@cache
def this_process() -> Claimant:
    """Under which name this process claims."""
    claimant = Claimant()
    atexit.register(claimant.leave)
    return claimant


# Objects that come to be until memory is tidied up: a page makes some hundred thousand, nearly all of which go by themselves.
_MANY = 10_000


def read_on(arrivals: list[Arrival], claim: Callable[[], list[Arrival]]) -> list[Arrival]:
    """`read_arrivals` in a process that will read many: what the first pages loaded is there to stay."""
    following = read_arrivals(arrivals, claim)
    if arrivals:
        spare_what_stays("reading")
    return following


@cache
def spare_what_stays(kind_of_work: str) -> None:
    """Models, vocabularies and patterns are not gone through again whenever memory is tidied up: a twelfth of the time of reading.

    For a process that does the same again and again, after it was first done. `kind_of_work` only tells calls apart: of each kind the
    first does it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MANY)


def read_until_none_waits() -> int:
    """Reads file after file until none waits, or the process is told to end; gives how many were read."""
    release_claims()
    count, arrivals = 0, _claim()
    while arrivals:
        count += len(arrivals)
        arrivals = read_on(arrivals, _claim)
    if count:
        all_read.send(sender=None)
    return count


def _claim() -> list[Arrival]:
    return [] if stopping.is_set() else claim_some(this_process().name)
