from __future__ import annotations

from itertools import pairwise

import pytest

from handslag_hub.accounts.actors import Actor
from handslag_hub.store.checking import differences
from handslag_hub.store.models import Entity, Fact, NameKey, Statement
from handslag_hub.store.services import keep_reading, remove_document, review_fact

pytestmark = pytest.mark.django_db


def test_what_is_written_at_once_is_what_folding_gives(sample_documents):
    assert list(differences()) == []


@pytest.mark.parametrize("pages", [4, pytest.param(None, marks=pytest.mark.long, id="all")])
def test_caches_stay_true_through_versions_reviews_and_removals(sample_documents, sample_readings, reviewer: Actor, pages):  # fmt: skip
    # Pages in a second version under the next page's address: facts vanish, others are new.
    names = list(sample_readings)[:pages]
    for here, there in pairwise(names):
        keep_reading(reviewer, sample_readings[there], address=f"https://example.org/{here}")
    for number, fact in enumerate(Fact.objects.filter(kind__in=("event", "agreement"))):
        review_fact(reviewer, fact, ("accept", "reject", "unsure")[number % 3])
    remove_document(reviewer, sample_documents[names[0]])
    assert list(differences()) == []


@pytest.mark.parametrize("damage", ["label", "holds", "key", "status"])
def test_a_damaged_cache_is_told(sample_documents, damage: str):
    match damage:
        case "label":
            Entity.objects.filter(pk=Entity.objects.filter(kind="organisation").first().pk).update(label="Falskt namn")
        case "holds":
            Statement.objects.filter(pk=Statement.objects.first().pk).update(holds=False)
        case "key":
            NameKey.objects.filter(pk=NameKey.objects.first().pk).delete()
        case "status":
            Fact.objects.filter(pk=Fact.objects.first().pk).update(status="accepted")
    assert list(differences())
