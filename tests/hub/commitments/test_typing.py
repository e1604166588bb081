"""What is typed by hand: kept whole or not at all, marked with who typed it, and taken back."""

from __future__ import annotations

import pytest

from handslag_hub.commitments.models import AgreementRow, CommitmentRow, Party
from handslag_hub.commitments.projections import differences
from handslag_hub.design.words import period_words
from handslag_hub.store.models import Action, Entity, Fact, Statement

pytestmark = pytest.mark.django_db
COMMITMENT = {"who": "Region Norrholm\nBergsjö Bolag", "what": "open a shared test bed", "firmness": "promised", "cue": "lovade", "when": "2027-Q1",
    "theme": "infrastructure", "day": "2026-10-01", "link": "https://example.org/talk", "visibility": "0"}  # fmt: skip
AGREEMENT = {"name": "Test bed agreement", "form": "Letter of intent", "status": "concluded", "party": "Region Norrholm\nBergsjö Bolag",
    "signatory": "Maj Testdotter", "area": "test beds\ncare", "date": "2026-09-01", "place": "Umeå", "visibility": "1"}  # fmt: skip


def test_a_typed_commitment_is_listed_with_who_typed_it_and_taken_back(mixed_documents, as_somebody):
    client = as_somebody("reviewer")
    answer = client.post("/commitments/add", COMMITMENT, follow=True)
    assert answer.status_code == 200
    page = answer.text
    assert "typed by a reviewer on" in page
    assert "Norrholm" in page
    assert period_words("2027-Q1") in page
    row = CommitmentRow.objects.get(what="open a shared test bed")
    assert str(row.due) == "2027-03-31"
    region = Entity.objects.get(kind="organisation", label="Region Norrholm")
    assert Party.objects.get(fact=row.fact, name="Region Norrholm").entity == region.canonical
    assert Statement.objects.get(fact=row.fact, predicate="who", value="Bergsjö Bolag").extractor.is_human
    assert differences() == []
    listed = client.get("/commitments/", {"name": "Bergsjö Bolag"}).text
    assert "open a shared test bed" in listed
    client.post(f"/typed/{row.fact.uid}/take-back")
    assert "open a shared test bed" not in client.get("/commitments/").text
    assert client.post(f"/typed/{row.fact.uid}/take-back").status_code == 400
    assert differences() == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"when": "next week"}, "is no date known here"),
        ({"when": "2027-02-30"}, "is not in the calendar"),
        ({"when": "2027-05/2027-03"}, "ends before it begins"),
        ({"when": "2026-09-01"}, "before it was said"),
        ({"day": "2999-01-01"}, "has not come yet"),
        ({"who": ""}, "This field is required"),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"firmness": "sworn"}, "not one of the available choices"),
        ({"who": "Region Norrholm [nosuchaddress]"}, "is not in the register"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(mixed_documents, as_somebody, wrong, said):
    reviewer = as_somebody("reviewer")
    before = (Fact.objects.count(), Entity.objects.count(), Action.objects.count())
    answer = reviewer.post("/commitments/add", COMMITMENT | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    (field,) = wrong
    assert f'id="id_{field if said != "before it was said" else "when"}_error"' in answer.text
    assert (Fact.objects.count(), Entity.objects.count(), Action.objects.count()) == before


def test_a_typed_agreement_has_its_page_its_commitments_and_its_sheet(mixed_documents, as_somebody):
    client = as_somebody("reviewer")
    page = client.post("/agreements/add", AGREEMENT, follow=True)
    uid = page.context["entity"].uid
    for words in (
        "Test bed agreement",
        "Maj Testdotter",
        "test beds",
        period_words("2026-09-01"),
        "Umeå",
        "typed by a reviewer",
    ):
        assert words in page.text
    made = client.post(f"/commitments/add?agreement={uid}", COMMITMENT, follow=True)
    assert f'href="/agreements/{uid}"' in made.text
    assert "open a shared test bed" in client.get(f"/agreements/{uid}").text
    sheet = client.get(f"/agreements/{uid}/sheet").text
    assert "open a shared test bed" in sheet
    assert "Maj Testdotter" in sheet
    assert CommitmentRow.objects.get(what="open a shared test bed").level == 1
    assert AgreementRow.objects.get().year == 2026
    assert differences() == []


@pytest.mark.parametrize(("wrong", "said"), [({"party": "Region Norrholm"}, "at least two parties"), ({"date": "2999-01-01"}, "has not come yet")])  # fmt: skip
def test_an_agreement_needs_two_sides_and_a_day_that_has_come(mixed_documents, as_somebody, wrong, said):
    answer = as_somebody("reviewer").post("/agreements/add", AGREEMENT | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert not AgreementRow.objects.exists()


def test_evidence_is_listed_dated_with_who_typed_it_and_undone(mixed_documents, as_somebody):
    client = as_somebody("reviewer")
    fact = Fact.objects.get(kind="commitment", statements__value__contains="open a clinic")
    label = fact.about.label
    given = {"says": "delayed", "words": "The clinic opens in November instead.", "link": "https://example.org/later", "day": "2026-10-02", "visibility": "1"}  # fmt: skip
    page = client.post(f"/commitments/{fact.about.uid}/evidence", given, follow=True).text
    for words in (
        "The clinic opens in November instead.",
        "delayed",
        "2026-10-02",
        "https://example.org/later",
        "typed by a reviewer",
    ):
        assert words in page
    fact.about.refresh_from_db()
    assert fact.about.label == label
    evidence = Fact.objects.get(kind="evidence")
    assert "November instead" not in client.get(f"/commitments/{fact.about.uid}", {"on": "2026-10-20"}).text
    assert client.post(f"/commitments/{fact.about.uid}/evidence", given | {"day": "soon"}).status_code == 422
    assert Fact.objects.filter(kind="evidence").count() == 1
    client.post(f"/typed/{evidence.uid}/take-back")
    assert "November instead" not in client.get(f"/commitments/{fact.about.uid}").text


def test_evidence_about_what_is_restricted_is_restricted(mixed_documents, as_somebody):
    secret = Fact.objects.get(kind="commitment", statements__value__contains="factory")
    given = {"says": "done", "words": "The factory stands.", "day": "2026-11-02", "visibility": "0"}
    as_somebody("reviewer").post(f"/commitments/{secret.about.uid}/evidence", given)
    assert Fact.objects.get(kind="evidence").level == 2
    secret.about.refresh_from_db()
    assert secret.about.level == 2
    assert as_somebody("reader").get(f"/commitments/{secret.about.uid}").status_code == 404


def test_a_reader_types_nothing(mixed_documents, as_somebody):
    reader = as_somebody("reader")
    fact = Fact.objects.filter(kind="commitment", level=0).first()
    for path in (
        "/commitments/add",
        "/agreements/add",
        f"/commitments/{fact.about.uid}/evidence",
        f"/typed/{fact.uid}/take-back",
    ):
        assert reader.post(path, COMMITMENT).status_code == 403
    assert not Fact.objects.filter(extractor__is_human=True).exists()
    assert "Type a commitment" not in reader.get("/commitments/").text
