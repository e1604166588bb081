"""An agreement that is restricted, or removed, after something was typed of it."""

from __future__ import annotations

import pytest

from handslag_hub.briefs.services import type_assessment, type_milestone
from handslag_hub.commitments.services import take_back, type_fact, words_claim
from handslag_hub.following.services import tell
from handslag_hub.store.checking import differences
from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.services import (
    add_document_again,
    change_visibility,
    judge_sameness,
    remove_document,
    undo_action,
)

pytestmark = pytest.mark.django_db
TYPED = {"who": "Solvik AB", "what": "sekvensera tusen prov", "firmness": "promised", "visibility": "0"}


@pytest.fixture
def agreement(pages) -> Entity:
    return Entity.objects.get(kind="agreement")


@pytest.fixture
def typed(agreement, reviewer, as_somebody) -> list[Fact]:
    """A milestone, a report of it, a commitment of the agreement and what was heard of that: all typed as public."""
    milestone, _ = type_milestone(reviewer, agreement, name="Testbädden står", lead=[], support=[], start="", when="2026-12", words="", link="", visibility=0)  # fmt: skip
    report, _ = type_assessment(reviewer, milestone.about, made_by="own", status="met", day="2026-10", assessor=[], words="Den är klar.", link="", visibility=0)  # fmt: skip
    as_somebody("reviewer").post(f"/commitments/add?agreement={agreement.uid}", TYPED)
    promise = Fact.objects.get(kind="commitment", document=None)
    heard, _ = tell(reviewer, promise, says="delayed", by="owner", day="2026-06-01", words="Det dröjer.")
    return [milestone, report, promise, heard]


def levels(facts: list[Fact]) -> list[int]:
    return [Fact.objects.get(pk=fact.pk).level for fact in facts]


def addresses(agreement: Entity, typed: list[Fact]) -> list[str]:
    milestone, _report, promise, _heard = typed
    return [f"/agreements/{agreement.uid}", f"/milestones/{milestone.about.uid}", f"/commitments/{promise.about.uid}"]


def test_what_was_typed_of_it_becomes_as_strict_as_the_agreement_and_public_again_with_it(agreement, typed, pages, reviewer, as_somebody):  # fmt: skip
    name = agreement.label
    reader, knows = as_somebody("reader"), as_somebody("reviewer")
    assert levels(typed) == [0, 0, 0, 0]
    assert [reader.get(path).status_code for path in addresses(agreement, typed)] == [200] * 3
    change_visibility(reviewer, pages["agreement"], 2)
    assert levels(typed) == [2, 2, 2, 2]
    assert [reader.get(path).status_code for path in addresses(agreement, typed)] == [404] * 3
    for path in ("/commitments/", "/export/milestones.csv", "/export/commitments.csv", "/search/?q=sekvensera"):
        answer = reader.get(path)
        text = (b"".join(answer) if answer.streaming else answer.content).decode()
        assert name not in text, path
        assert "sekvensera tusen" not in text, path
    for path in addresses(agreement, typed):
        page = knows.get(path).text
        assert name in page, path
        assert f">{agreement.uid}<" not in page, path
    change_visibility(reviewer, pages["agreement"], 0)
    assert levels(typed) == [0, 0, 0, 0]


def test_once_the_page_of_an_agreement_is_removed_nobody_reads_an_address_as_its_name(agreement, typed, pages, reviewer, as_somebody):  # fmt: skip
    remove_document(reviewer, pages["agreement"])
    assert levels(typed) == [2, 2, 2, 2]
    page = as_somebody("reviewer").get(f"/milestones/{typed[0].about.uid}").text
    assert f">{agreement.uid}<" not in page
    add_document_again(reviewer, pages["agreement"])
    assert levels(typed) == [0, 0, 0, 0]
    assert Entity.objects.get(pk=agreement.pk).label == agreement.label


def test_what_is_taken_to_be_the_same_agreement_and_its_undoing_is_folded_exactly(agreement, typed, pages, reviewer):
    other, _ = type_fact(reviewer, "agreement", "Nordsjöavtalet", words_claim("name", "Nordsjöavtalet"), visibility=1)
    for first, then in ((1, 2), (2, 1)):
        assert not list(differences())
        joined = judge_sameness(reviewer, agreement, other.about, "same")
        change_visibility(reviewer, pages["agreement"], 2)
        assert levels(typed) == [1, 1, 1, 1]
        if first < then:
            undo_action(reviewer, joined)
            assert levels(typed) == [2, 2, 2, 2]
            change_visibility(reviewer, pages["agreement"], 0)
        else:
            change_visibility(reviewer, pages["agreement"], 0)
            undo_action(reviewer, joined)
        assert levels(typed) == [0, 0, 0, 0]
    take_back(reviewer, typed[0])
    assert not list(differences())
