"""Rows follow the facts: after whatever happens they are what a rebuild would make."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handslag.kernel.claims import Claim
from handslag_hub.commitments.models import AgreementRow, CommitmentRow, Party, SignalRow
from handslag_hub.commitments.projections import TABLES, differences, follow_facts, rebuild
from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.models.caches import UNSEEN
from handslag_hub.store.refresh import Changes
from handslag_hub.store.services import (
    add_document_again,
    change_visibility,
    judge_sameness,
    keep_reading,
    remove_document,
    review_fact,
    split_entity,
    undo_action,
)

pytestmark = pytest.mark.django_db


def test_every_fact_has_its_row_with_its_parties(sample_documents):
    for model, kind in ((CommitmentRow, "commitment"), (AgreementRow, "agreement"), (SignalRow, "signal")):
        assert model.objects.count() == Fact.objects.filter(kind=kind).count() > 0
    assert Party.objects.filter(kind="commitment").count() > 50
    assert differences() == []


def test_rows_are_those_of_a_rebuild_after_whatever_happens(sample_documents, reviewer, sample_readings):
    done = []

    def check(action: object = None) -> None:
        assert differences() == []
        if action is not None:
            done.append(action)

    facts = list(Fact.objects.filter(kind="commitment").order_by("pk")[:5])
    corrected = {"what": [Claim(predicate="what", value="Something else", normal="something else")]}
    check(review_fact(reviewer, facts[0], "accept"))
    check(review_fact(reviewer, facts[1], "reject"))
    check(review_fact(reviewer, facts[2], "correct", corrected=corrected))
    assert CommitmentRow.objects.get(fact=facts[2]).what == "Something else"
    assert CommitmentRow.objects.get(fact=facts[1]).level == UNSEEN
    document = sample_documents["kluster-nyhet.html"]
    check(remove_document(reviewer, document))
    check(add_document_again(reviewer, document))
    named = list(
        Entity.objects.filter(kind="organisation", mentions__fact__kind="commitment").distinct().order_by("uid")[:4]
    )
    check(judge_sameness(reviewer, named[0], named[1], "same"))
    check(judge_sameness(reviewer, named[1], named[2], "same"))
    named[0].refresh_from_db()
    assert Party.objects.filter(named=named[2]).exclude(entity=named[0].canonical).count() == 0
    check(judge_sameness(reviewer, named[1], named[2], "unsure"))
    assert Party.objects.filter(named=named[2]).exclude(entity=named[2]).count() == 0
    one, other = Entity.objects.filter(kind="commitment").order_by("pk")[:2]
    check(judge_sameness(reviewer, one, other, "same"))
    agreed = list(Entity.objects.filter(kind="agreement").order_by("pk")[:2])
    check(judge_sameness(reviewer, *agreed, "same"))
    mentions = list(Fact.objects.filter(kind="commitment", statements__object_now=named[3]).distinct()[:1])
    check(split_entity(reviewer, named[3], mentions, "Another of that name")[1])
    change_visibility(reviewer, sample_documents["ministry-mou.html"], 2)
    check()
    assert CommitmentRow.objects.filter(fact__document=sample_documents["ministry-mou.html"], level=2).exists()
    for action in reversed(done):
        undo_action(reviewer, action)
        check()


def test_what_differs_is_told_and_put_right_by_a_rebuild(sample_documents):
    row = CommitmentRow.objects.first()
    CommitmentRow.objects.filter(pk=row.pk).update(theme="wrong")
    Party.objects.filter(fact=AgreementRow.objects.first().pk).delete()
    told = differences()
    assert any("differs theme" in line for line in told)
    assert any("Party" in line and "missing" in line for line in told)
    assert any("CellCount" in line for line in told)
    rebuild(CommitmentRow)
    assert not any("CommitmentRow" in line for line in differences())
    rebuild()
    assert differences() == []


def test_a_page_adds_a_handful_of_queries_however_many_facts(sample_documents):
    counts = []
    for name in ("ministry-mou.html", "job-moves.txt", "kluster-nyhet.html"):
        facts = set(Fact.objects.filter(document=sample_documents[name]).values_list("pk", flat=True))
        entities = set(Fact.objects.filter(pk__in=facts).values_list("about", flat=True))
        with CaptureQueriesContext(connection) as queries:
            follow_facts(None, facts=facts, changes=Changes(joined=entities))
        counts.append(len(queries))
    # Rows away and rows in for each table; the facts, their values, who was taken for others; for each table of counts what they were;
    # whose state may be another now (four), and for states the statements of a commitment, their values, what was heard.
    assert max(counts) <= 2 * len(TABLES) + 4 + 2 + 6


def test_the_same_page_read_again_writes_the_same_rows(sample_documents, sample_readings, reviewer):
    before = list(CommitmentRow.objects.order_by("pk").values())
    keep_reading(reviewer, sample_readings["kluster-nyhet.html"], address="https://example.org/kluster-nyhet.html")
    assert list(CommitmentRow.objects.order_by("pk").values()) == before
