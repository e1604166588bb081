"""Agreements in a brief: whose they are is told where their titles do not."""

from __future__ import annotations

import pytest

from handslag.reading.claims import organisation_key
from handslag_hub.briefs.queries.bonds import bonds
from handslag_hub.commitments.services import Named, named_claims, type_fact, words_claim
from handslag_hub.store.queries import TODAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Avtal med Region Nordland", ("Region Nord", "Region Nord Vård")),
        ("Avtal med Region Nord Vård", ("Region Nordland", "Region Nord")),
        ("Region Nord – Region Nordland", ("Region Nord Vård",)),
    ],
)
def test_a_party_is_left_out_only_where_the_title_names_it(reviewer, name: str, told: tuple[str, ...]):
    parties = [
        Named(party, organisation_key(party)) for party in ("Region Nordland", "Region Nord", "Region Nord Vård")
    ]
    claims = [*words_claim("name", name), *named_claims("party", parties)]
    type_fact(reviewer, "agreement", name, claims, visibility=0, origin="", language="sv")
    (bond,) = bonds(reviewer, TODAY, [], "", 5).lines
    assert (bond.title, bond.parties) == (name, told)
