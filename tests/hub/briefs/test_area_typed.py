"""A commitment typed for an area of an agreement, and what it tells of the agreement."""

from __future__ import annotations

import pytest

from handslag_hub.store.models import Entity, Fact

pytestmark = pytest.mark.django_db
TYPED = {"who": "Solvik AB", "what": "sekvensera tusen prov", "firmness": "promised", "visibility": "0"}


def test_a_commitment_typed_from_an_area_stands_in_it_whatever_its_words(pages, as_somebody):
    client = as_somebody("reviewer")
    agreement = Entity.objects.get(kind="agreement")
    page = client.get(f"/agreements/{agreement.uid}")
    links = [part.split('"')[0] for part in page.text.split('href="')]
    link = next(link for link in links if link.startswith("/commitments/add") and "Genomik" in link)
    assert "Genomik" in client.get(link.replace("&amp;", "&")).text.split("Of the agreement")[1].split("</p>")[0]
    client.post(link.replace("&amp;", "&"), TYPED)
    page = client.get(f"/agreements/{agreement.uid}").context["page"]
    there = {area.words: [promise.what for promise in area.promises] for area in page.areas}
    assert there["Genomik"] == ["sekvensera tusen prov"]
    assert not there["Kliniska prövningar"]
    assert not page.rest
    card = client.get(f"/commitments/{Fact.objects.get(kind='commitment', document=None).about.uid}").text
    assert "Genomik" in card
