"""What tests of following share: pages of one promise over time."""

from __future__ import annotations

import pytest

from handslag_hub.following.services.waiting import follow_until_none_waits
from handslag_hub.store.models import Document, Fact
from handslag_hub.store.services import keep_reading

PROMISE = """Region Norrholm plans for care

Region Norrholm will open a clinic for patients in Skellefteå by 1 September 2026.
Region Norrholm will publish a report on health data by 15 December 2026.
"""
DELAYED = """Kliniken i Skellefteå försenas

Region Norrholm: The clinic for patients in Skellefteå is delayed until the spring of 2027, Region Norrholm said on Monday.
"""


@pytest.fixture
def promise(db: None, reviewer, read_text) -> Fact:
    """A promise of January 2026: to open a clinic."""
    keep_reading(reviewer, read_text(PROMISE, said_on="2026-01-14"), address="https://example.org/plans")
    return Fact.objects.get(kind="commitment", statements__value__contains="open a clinic")


@pytest.fixture
def later_page(db: None, reviewer, read_text) -> Document:
    """A page of later that says nothing of it."""
    return keep_reading(reviewer, read_text("Stadsnytt\n\nDet regnar i Umeå.\n", said_on="2026-03-01"), address="https://example.org/rain").document  # fmt: skip


@pytest.fixture
def delayed(db: None, promise, reviewer, read_text) -> Document:
    """A page of June that says it is delayed, linked."""
    document = keep_reading(
        reviewer, read_text(DELAYED, said_on="2026-06-01"), address="https://example.org/later"
    ).document
    follow_until_none_waits()
    return document
