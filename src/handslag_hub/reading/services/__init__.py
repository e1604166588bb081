"""Writes of this part: bringing files in, near copies. What reads (`waiting`, `read_again`) is loaded where it is needed."""

from handslag_hub.reading.services.bringing import Incoming, bring_in, brought_in, incoming_file
from handslag_hub.reading.services.claiming import claim_next, claim_some, release_claims
from handslag_hub.reading.services.near_copies import declare_version, dismiss_near_copy

__all__ = [
    "Incoming",
    "bring_in",
    "brought_in",
    "claim_next",
    "claim_some",
    "declare_version",
    "dismiss_near_copy",
    "incoming_file",
    "release_claims",
]
