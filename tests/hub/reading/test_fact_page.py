from __future__ import annotations

from itertools import chain, pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handslag.kernel.claims import Claim, ClaimedFact, EntityKey
from handslag_hub.store.models import Fact
from handslag_hub.store.services import TypedFact, keep_reading, remove_document, review_fact, type_facts, undo_action

pytestmark = pytest.mark.django_db

PAGE = """Samverkansmöte

Regionen Norrvik ska öppna ett kansli i oktober 2026.
Norrviks universitet lovar att bidra med två miljoner kronor till biobanken 2027.
"""


@pytest.fixture
def commitment(reviewer, read_text) -> Fact:
    document = keep_reading(reviewer, read_text(PAGE), address="https://example.org/mote").document
    return Fact.objects.filter(document=document, kind="commitment").first()


def page_of(client, fact: Fact) -> str:
    answer = client.get(reverse("fact", args=[fact.uid]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("each", [3, pytest.param(30, marks=pytest.mark.long)])
def test_facts_of_every_kind_have_their_page(each, as_reader, sample_documents):
    kinds = set(Fact.objects.values_list("kind", flat=True))
    assert len(kinds) >= 8
    for fact in chain.from_iterable(Fact.objects.filter(kind=kind).order_by("uid")[:each] for kind in kinds):
        assert f'id="f-{fact.uid}"' not in page_of(as_reader, fact)


def test_printed_inferred_and_unknown_are_three_different_things(as_reader, commitment):
    html = page_of(as_reader, commitment)
    assert "badge--printed" in html
    assert "badge--inferred" in html
    assert 'class="unknown"' in html


def test_history_tells_who_decided_what_and_strikes_what_was_undone(as_reader, as_reviewer, commitment, reviewer):
    undo_action(reviewer, review_fact(reviewer, commitment, "unsure", note="bara för granskare"))
    review_fact(
        reviewer,
        commitment,
        "correct",
        corrected={"firmness": [Claim(predicate="firmness", value="aim", normal="aim")], "when": []},
    )
    html = page_of(as_reviewer, commitment)
    assert "<s><strong>Marked as not sure</strong></s>" in html
    assert "<strong>Corrected</strong>" in html
    assert "When: emptied" in html
    assert "bara för granskare" in html
    assert "bara för granskare" not in page_of(as_reader, commitment)


def test_a_rejected_or_retracted_fact_is_there_for_reviewers_only(as_reader, as_reviewer, commitment, reviewer):
    address = reverse("fact", args=[commitment.uid])
    review_fact(reviewer, commitment, "reject")
    assert as_reader.get(address).status_code == 404
    assert "This was rejected" in page_of(as_reviewer, commitment)
    remove_document(reviewer, commitment.document)
    assert as_reader.get(address).status_code == 404
    assert "counts no more" in page_of(as_reviewer, commitment)


def test_a_vanished_fact_says_since_when_and_leads_to_the_last_version_that_has_it(
    as_reader, commitment, reviewer, read_text
):
    keep_reading(
        reviewer, read_text("Samverkansmöte\n\nNågot helt annat står här nu.\n"), address="https://example.org/mote"
    )
    html = page_of(as_reader, commitment)
    assert "No longer printed" in html
    assert reverse("document", args=[commitment.document.uid]) in html


def test_a_restricted_version_is_not_told_of_in_the_history(as_reader, as_reviewer, commitment, reviewer, read_text):
    newer = keep_reading(
        reviewer, read_text("Något annat.\n"), address="https://example.org/mote", visibility=2
    ).document
    assert newer.uid not in page_of(as_reader, commitment)


def test_a_typed_fact_says_where_it_is_from(as_reader, reviewer):
    claim = Claim(predicate="what", value="bygga en brygga", normal="bygga en brygga")
    firm = Claim(predicate="firmness", value="promised", normal="promised", basis="inferred")
    claimed = ClaimedFact(
        uid="f" * 24, kind="commitment", subject=EntityKey("commitment", "f" * 24), claims=(claim, firm)
    )
    type_facts(reviewer, [TypedFact(claimed, "rad 12 i löften.xlsx")])
    html = page_of(as_reader, Fact.objects.get(uid="f" * 24))
    assert "rad 12 i löften.xlsx" in html
    assert "typed by hand" in html


def test_facts_of_a_document_are_walked_from_one_to_the_next(as_reader, commitment):
    facts = list(Fact.objects.filter(document=commitment.document, shown=True).order_by("position", "pk"))
    for fact, following in pairwise(facts):
        assert f'{reverse("fact", args=[following.uid])}" rel="next"' in page_of(as_reader, fact)
        assert f'{reverse("fact", args=[fact.uid])}" rel="prev"' in page_of(as_reader, following)


def test_queries_do_not_grow_with_the_history(as_reviewer, commitment, reviewer):
    page_of(as_reviewer, commitment)
    review_fact(reviewer, commitment, "accept")
    with CaptureQueriesContext(connection) as few:
        page_of(as_reviewer, commitment)
    for _ in range(5):
        review_fact(reviewer, commitment, "unsure")
        review_fact(reviewer, commitment, "accept")
    with CaptureQueriesContext(connection) as many:
        page_of(as_reviewer, commitment)
    assert len(many) == len(few)
