"""What tests of briefs share: pages of a region, a ministry and a company; many typed commitments; a PDF's words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from briefs_read import AGREEMENT, MINISTRY, REGION

from handslag.reading.claims import organisation_key
from handslag_hub.accounts.actors import Actor
from handslag_hub.commitments.services import (
    Named,
    coded_claim,
    named_claims,
    type_fact,
    when_claims,
    words_claim,
)
from handslag_hub.store.models import Document, Fact
from handslag_hub.store.services import keep_reading


@pytest.fixture
def pages(db: None, reviewer: Actor, read_text) -> dict[str, Document]:
    """A region's, a ministry's and an agreement's page, public."""
    hosts = {"region": (REGION, "https://www.regionnorrholm.example/a"), "ministry": (MINISTRY, "https://www.government.se/b"), "agreement": (AGREEMENT, "https://www.regeringen.se/c")}  # fmt: skip
    return {
        name: keep_reading(reviewer, read_text(text), address=address).document
        for name, (text, address) in hosts.items()
    }


@pytest.fixture
def promise(db: None, reviewer: Actor) -> Callable[..., Fact]:
    """`promise(what, who=…, …)`: a commitment typed by hand."""

    def type_one(what: str, *, who: str = "Solvik AB", to_whom: str = "", firmness: str = "promised", when: str = "", theme: str = "", words: str = "", link: str = "", visibility: int = 0, day: str = "2026-01-14") -> Fact:  # fmt: skip
        claims = [*words_claim("what", what), *named_claims("who", [Named(who, organisation_key(who))]), *coded_claim("firmness", firmness),
            *when_claims("when", when), *coded_claim("theme", theme), *words_claim("words", words), *when_claims("day", day), *words_claim("link", link)]  # fmt: skip
        if to_whom:
            claims += named_claims("to_whom", [Named(to_whom, organisation_key(to_whom))])
        fact, _action = type_fact(
            reviewer, "commitment", what, claims, visibility=visibility, origin=link, language="sv"
        )
        return fact

    return type_one
