"""What tests of commitments share: pages with known promises, requests as somebody."""

from __future__ import annotations

import pytest

from handslag_hub.store.models import Document
from handslag_hub.store.services import keep_reading

RESTRICTED_PAGE = """Norrholm Biotech promises a factory

Norrholm Biotech will build a factory for cell therapy in Umeå by 1 March 2027, the company said on Tuesday.
Region Norrholm will train 40 nurses by 1 June 2027.
"""
PUBLIC_PAGE = """Region Norrholm plans for care

Region Norrholm will open a clinic for patients in Skellefteå by 1 September 2026.
Region Norrholm will publish a report on health data by 15 December 2026.
"""


@pytest.fixture
def mixed_documents(db: None, reviewer, read_text) -> dict[str, Document]:
    """One public and one restricted page: what the second tells must not leak."""
    return {
        "public": keep_reading(reviewer, read_text(PUBLIC_PAGE), address="https://example.org/public").document,
        "restricted": keep_reading(reviewer, read_text(RESTRICTED_PAGE), address="https://example.org/secret", visibility=2).document,
    }  # fmt: skip
