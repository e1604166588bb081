"""Milestones in the Open Government Partnership's and in OCDS's terms (docs/agreements.md tells why)."""

from __future__ import annotations

from typing import Final

STATUSES: Final = ("scheduled", "met", "partly met", "not met")
# Who reports: whoever is to do it, or somebody who has no part in it.
MAKERS: Final = ("own", "independent")
# OCDS 1.1, codelist milestoneStatus.
OCDS: Final = {"scheduled": "scheduled", "met": "met", "partly met": "partiallyMet", "not met": "notMet"}
# The levels of completion by which the Independent Reporting Mechanism codes commitments and milestones. They are finer: where ours may be
# either of two, both are named.
OGP: Final = {
    "scheduled": "No Evidence Available",
    "met": "Complete",
    "partly met": "Limited or Substantial",
    "not met": "Not Started or Limited",
}
OGP_MAKERS: Final = {"own": "Self-assessment", "independent": "IRM assessment"}
