"""Undoing in the corners: what repeats an undone reading, what comes back when a verdict is taken back, undoings undone."""

from __future__ import annotations

import pytest
from tests.proof.small_store import PROVER, address_of, small_reading, typed_claim

from handslag_hub.store.checking import differences
from handslag_hub.store.dumping import dump
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action, Document, Entity, Fact, Review
from handslag_hub.store.services import (
    TypedFact,
    add_document_again,
    judge_sameness,
    keep_reading,
    remove_document,
    review_fact,
    split_entity,
    type_facts,
    undo_action,
)

pytestmark = pytest.mark.django_db


def kept(number: int = 0, version: int = 0) -> Document:
    return keep_reading(PROVER, small_reading(number, version), address=address_of(number)).document


def undo_last() -> Action:
    return undo_action(PROVER, Action.objects.latest("pk"))


def three() -> list[Entity]:
    kept(0), kept(1), kept(2)
    return list(Entity.objects.filter(kind="organisation").order_by("uid")[:3])


def test_a_page_whose_adding_was_undone_comes_back_with_its_facts():
    document = kept()
    review_fact(PROVER, document.facts.first(), "accept")
    before = dump()
    undo_action(PROVER, Action.objects.get(verb="add document"))
    assert not Fact.objects.filter(shown=True).exists()
    outcome = keep_reading(PROVER, small_reading(0), address=address_of(0)).outcome
    assert outcome == "again"
    assert dump() == before
    assert list(differences()) == []


def test_a_page_removed_after_its_adding_was_undone_comes_back_too():
    document = kept()
    before = dump()
    remove_document(PROVER, document)
    undo_action(PROVER, Action.objects.get(verb="add document"))
    add_document_again(PROVER, Document.objects.get())
    assert dump() == before


def test_a_version_keeps_its_values_when_the_version_that_wrote_them_is_undone():
    kept(0)
    first = Action.objects.get(verb="add document")
    kept(0, 1)
    undo_action(PROVER, first)
    fact = Fact.objects.get(kind="commitment")
    assert fact.shown
    assert set(fact.statements.filter(holds=True).values_list("predicate", flat=True)) >= {"what", "who", "firmness"}
    assert list(differences()) == []


def test_an_undone_typing_in_between_does_not_lend_its_values():
    for variant in (0, 1):
        type_facts(PROVER, [TypedFact(typed_claim(0, variant))])
    undo_last()
    fact = Fact.objects.get()
    assert fact.statements.get(predicate="what", holds=True).value == "löfte 0.0"


def test_a_mark_to_check_again_goes_with_the_version_that_made_it():
    kept(0)
    before = {fact.uid: fact.status for fact in Fact.objects.all()}
    fact = Fact.objects.get(kind="commitment")
    review_fact(PROVER, fact, "accept")
    reworded = keep_reading(PROVER, small_reading(0, 2), address=address_of(0))
    assert reworded.check_again == 1
    assert Fact.objects.filter(status="check again").count() == 1
    undo_action(PROVER, Action.objects.filter(verb="add document").latest("pk"))
    assert not Review.objects.filter(verdict="check again", action__undone=False).exists()
    assert {fact.uid for fact in Fact.objects.filter(shown=True)} == set(before)


def test_undoing_the_same_is_refused_where_an_older_different_would_part_a_chain():
    a, b, c = three()
    judge_sameness(PROVER, a, b, "different")
    same = judge_sameness(PROVER, a, b, "same")
    judge_sameness(PROVER, b, c, "same")
    last = judge_sameness(PROVER, a, c, "same")
    before = dump()
    with pytest.raises(Refused):
        undo_action(PROVER, same)
    assert dump() == before
    undo_action(PROVER, last)
    undo_action(PROVER, same)
    a.refresh_from_db(), b.refresh_from_db()
    assert a.canonical_id != b.canonical_id


def test_bringing_back_a_same_is_refused_where_a_different_was_said_since():
    a, b, c = three()
    undoing = undo_action(PROVER, judge_sameness(PROVER, a, b, "same"))
    judge_sameness(PROVER, b, c, "same")
    judge_sameness(PROVER, a, c, "different")
    before = dump()
    with pytest.raises(Refused):
        undo_action(PROVER, undoing)
    assert dump() == before


def test_an_action_undone_twice_is_undone_until_both_undoings_are():
    a, b, _ = three()
    same = judge_sameness(PROVER, a, b, "same")
    merged = dump()
    first = undo_action(PROVER, same)
    taken_back = undo_action(PROVER, first)
    second = undo_action(PROVER, same)
    undo_action(PROVER, taken_back)
    parted = dump()
    assert parted != merged
    undo_action(PROVER, second)
    assert dump() == parted
    undo_action(PROVER, first)
    assert dump() == merged
    assert list(differences()) == []


def test_only_facts_of_the_entity_are_split_from_it():
    a, _, _ = three()
    foreign = Fact.objects.filter(kind="organisation").exclude(about=a).first()
    before = dump()
    with pytest.raises(Refused):
        split_entity(PROVER, a, [foreign], "Den andra")
    assert dump() == before
