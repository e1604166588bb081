"""The page of an agreement: areas with where they stand, who signed and who was only there, the working group."""

from __future__ import annotations

import pytest

from handslag.kernel.claims import Claim, EntityKey
from handslag_hub.following.services import tell as tell_directly
from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.services import keep_reading, review_fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(pages) -> Entity:
    return Entity.objects.get(kind="agreement")


def test_each_area_stands_with_its_commitments_and_their_state(agreement, client, reviewer):
    page = f"/agreements/{agreement.uid}"
    assert "No commitment has been read or typed for this area." in client.get(page).content.decode()
    answer = client.post(f"/commitments/add?agreement={agreement.uid}", {"who": "Sverige", "what": "Genomik: en gemensam plan", "firmness": "planned", "visibility": "0", "when": "2026-03", "day": "2026-01-01"})  # fmt: skip
    assert answer.status_code == 302
    fact = Fact.objects.get(kind="commitment", statements__value="Genomik: en gemensam plan")
    tell_directly(reviewer, fact, says="delayed", by="owner", day="2026-06-01", words="Planen dröjer.")
    shown = client.get(page).content.decode()
    area = shown[shown.index("<h3>Genomik</h3>") : shown.index("<h3>Kliniska prövningar</h3>")]
    assert "Genomik: en gemensam plan" in area
    assert "delayed, said by the owner" in area
    assert "due day passed" in area
    assert "No commitment has been read" not in area


def test_an_area_leads_to_typing_its_commitment_with_its_words(agreement, client):
    page = client.get(f"/agreements/{agreement.uid}").content.decode()
    path = f"/commitments/add?agreement={agreement.uid}&amp;area=Kliniska+pr%C3%B6vningar"
    assert path in page
    assert ">\nKliniska prövningar</textarea>" in client.get(path.replace("&amp;", "&")).content.decode()


def test_who_was_there_is_not_who_signed(agreement, client, reviewer):
    page = client.get(f"/agreements/{agreement.uid}").content.decode()
    there = page[page.index("not said to have signed") :]
    assert "Anna Ekdal" in there[:600]
    assert "Bo Lind" in there[:600]
    person = Entity.objects.get(kind="person", label="Anna Ekdal")
    signed = Claim(
        predicate="signatory",
        value="Anna Ekdal",
        normal="anna ekdal",
        object=EntityKey("person", "", given_uid=person.uid),
    )
    review_fact(reviewer, Fact.objects.get(kind="agreement"), "correct", corrected={"signatory": [signed]})
    page = client.get(f"/agreements/{agreement.uid}").content.decode()
    there = page[page.index("not said to have signed") :]
    assert "Anna Ekdal" not in there[:400]
    assert "Bo Lind" in there[:400]


def test_the_working_group_is_told_with_the_words_that_say_so(agreement, client):
    page = client.get(f"/agreements/{agreement.uid}").content.decode()
    assert '<blockquote class="passage">En gemensam arbetsgrupp har bildats.</blockquote>' in page


def test_that_no_working_group_is_told_of_is_the_result_of_a_search(client, reviewer, read_text):
    keep_reading(
        reviewer,
        read_text("Solvik AB och Ekdal AB tecknar Klinikavtalet 2026 om kliniska prövningar.\n"),
        address="https://example.org/x",
    )
    agreement = Entity.objects.filter(kind="agreement").first()
    page = client.get(f"/agreements/{agreement.uid}").content.decode()
    assert "Searched 1 document that tells of it for: arbetsgrupp" in page


def test_its_sheet_has_the_same(agreement, client):
    sheet = client.get(f"/agreements/{agreement.uid}/sheet").content.decode()
    for words in ("Areas, and where they stand", "Milestones", "Working group", "Genomik"):
        assert words in sheet
