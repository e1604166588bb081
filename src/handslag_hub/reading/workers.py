"""A process that reads: the loop that runs until nothing waits."""

from __future__ import annotations

import atexit
import threading
from functools import cache

from handslag_hub.reading.claimants import Claimant
from handslag_hub.reading.models import Arrival
from handslag_hub.reading.services import claim_some, release_claims
from handslag_hub.reading.services.waiting import read_arrivals

# Set when the process is told to end: the files in hand are finished, the others are left to whoever comes next.
stopping = threading.Event()


@cache
def this_process() -> Claimant:
    """Under which name this process claims."""
    claimant = Claimant()
    atexit.register(claimant.leave)
    return claimant


def read_until_none_waits() -> int:
    """Reads file after file until none waits, or the process is told to end; gives how many were read."""
    release_claims()
    count, arrivals = 0, _claim()
    while arrivals:
        count += len(arrivals)
        arrivals = read_arrivals(arrivals, _claim)
    return count


def _claim() -> list[Arrival]:
    return [] if stopping.is_set() else claim_some(this_process().name)
