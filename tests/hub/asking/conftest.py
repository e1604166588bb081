"""What tests of asking share: a party with known promises, letters about them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handslag_hub.asking.models import Letter
from handslag_hub.asking.queries.choosing import askable
from handslag_hub.asking.services.letters import write_letter
from handslag_hub.store.models import Document, Entity
from handslag_hub.store.services import keep_reading

SWEDISH = """Region Norrholm satsar på vård

Region Norrholm ska öppna en klinik för patienter i Skellefteå senast den 1 september 2025.
Region Norrholm ska publicera en rapport om hälsodata senast den 15 december 2027.
"""
RESTRICTED = """Kanari Biotech promises a factory

Kanari Biotech will build a factory for cell therapy in Umeå by 1 March 2027, the company said on Tuesday.
Region Norrholm will train 40 canary nurses by 1 March 2026.
"""


@pytest.fixture
def pages(db: None, reviewer, read_text) -> dict[str, Document]:
    """A public page with two promises of a region, and a restricted one with a third."""
    return {
        "public": keep_reading(reviewer, read_text(SWEDISH, said_on="2025-02-03"), address="https://example.org/norrholm").document,
        "restricted": keep_reading(reviewer, read_text(RESTRICTED, said_on="2025-03-03"), visibility=2).document,
    }  # fmt: skip


@pytest.fixture
def region(pages) -> Entity:
    """Who promised."""
    return Entity.objects.get(kind="organisation", label="Region Norrholm").canonical


@pytest.fixture
def write(reviewer, region) -> Callable[..., Letter]:
    """`write()`: a draft about all that may be asked of the region."""

    def make(**named: object) -> Letter:
        facts = [one.row.fact for one in askable(reviewer, region)[0] if one.may_be_told]
        return write_letter(reviewer, region, facts, **named)

    return make
