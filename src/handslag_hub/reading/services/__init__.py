"""Writes of this part: bringing files in, reading what waits, near copies, reading again."""

from handslag_hub.reading.services.bringing import Incoming, bring_in, brought_in
from handslag_hub.reading.services.near_copies import declare_version, dismiss_near_copy
from handslag_hub.reading.services.read_again import read_again
from handslag_hub.reading.services.waiting import claim_next, read_arrival, release_claims

__all__ = [
    "Incoming",
    "bring_in",
    "brought_in",
    "claim_next",
    "declare_version",
    "dismiss_near_copy",
    "read_again",
    "read_arrival",
    "release_claims",
]
