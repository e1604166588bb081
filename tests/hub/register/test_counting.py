"""Traits are counted on, fact by fact, and mentions follow: they must be what all facts give again, whatever was done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection, transaction

from handslag_hub.register.models import Mention, Trait
from handslag_hub.register.projections.checking import rebuild_mentions
from handslag_hub.register.projections.clusters import REGISTERED
from handslag_hub.register.projections.following import refresh_projections
from handslag_hub.register.projections.mentions import MentionRow, mentions_now
from handslag_hub.register.queries.mentions import Sort, mentions_of
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Action, Document, Entity, Fact
from handslag_hub.store.queries import known_facts
from handslag_hub.store.services import (
    add_document_again,
    judge_sameness,
    keep_reading,
    remove_document,
    review_fact,
    split_entity,
    undo_action,
)

pytestmark = pytest.mark.django_db


def traits() -> set[tuple]:
    assert mentions() == set(mentions_now(list(Fact.objects.values_list("pk", flat=True)))) != set()
    return set(Trait.objects.values_list("entity", "name", "value", "level", "count"))


def mentions() -> set[MentionRow]:
    return {MentionRow(*row) for row in Mention.objects.values_list(*MentionRow._fields)}


def counted_again() -> set[tuple]:
    with transaction.atomic():
        Trait.objects.all().delete()
        refresh_projections(list(Entity.objects.filter(kind__in=REGISTERED).values_list("pk", flat=True)))
        found = traits()
        transaction.set_rollback(True)
    return found


def test_traits_counted_on_are_those_of_all_facts(sample_documents: dict[str, Document], sample_readings, reviewer):
    assert traits() == counted_again() != set()
    fact = Fact.objects.filter(kind="organisation", shown=True).first()
    for verdict in ("accept", "reject", "unsure"):
        action = review_fact(reviewer, fact, verdict)
        assert traits() == counted_again(), verdict
    undo_action(reviewer, action)
    remove_document(reviewer, sample_documents["branschnyhet.txt"])
    assert traits() == counted_again()
    keep_reading(reviewer, sample_readings["branschnyhet.txt"], address="https://example.org/branschnyhet.txt")
    assert traits() == counted_again()
    # The same page elsewhere, for fewer eyes; then a newer version of a page that says something else.
    keep_reading(reviewer, sample_readings["job-moves.txt"], address="https://example.org/other", visibility=2)
    keep_reading(reviewer, sample_readings["job-moves.txt"], address="https://example.org/branschnyhet.txt")
    assert traits() == counted_again()


def test_traits_follow_joining_and_parting(sample_documents: dict[str, Document], reviewer):
    a, b = Entity.objects.filter(kind="organisation", facts__shown=True).distinct()[:2]
    action = judge_sameness(reviewer, a, b, "same")
    assert traits() == counted_again()
    fact = Fact.objects.filter(about=b).first()
    review_fact(reviewer, fact, "reject")
    assert traits() == counted_again()
    split_entity(reviewer, b, [Fact.objects.filter(about=a).first()], "Skild AB")
    assert traits() == counted_again()
    undo_action(reviewer, action)
    assert traits() == counted_again()


def test_a_hub_from_before_is_given_the_mentions_of_its_facts(sample_documents: dict[str, Document], reviewer):
    a, b = Entity.objects.filter(kind="organisation", facts__shown=True).distinct()[:2]
    judge_sameness(reviewer, a, b, "same")
    review_fact(reviewer, Fact.objects.filter(about=b).first(), "reject")
    kept = mentions()
    Mention.objects.all().delete()
    for step in ("0003_mentions", "0004_mentions_held_since"):
        import_module(f"handslag_hub.register.migrations.{step}").fill(None, connection.schema_editor())
    assert mentions() == kept


@pytest.mark.parametrize("each", [12, pytest.param(1, marks=pytest.mark.long, id="every entry")])
def test_what_a_card_counts_of_the_hubs_past_is_what_it_held(each: int, sample_documents: dict[str, Document], sample_readings, reviewer):  # fmt: skip
    """A fact a day is rejected, taken back, printed elsewhere; a page is removed, added again, its removal undone.

    Asked of the entries that the facts mention, and of one in `each` of all others.
    """
    begun = datetime(2026, 3, 1, 12, tzinfo=UTC)
    Action.objects.update(at=begun)
    Fact.objects.update(created_at=begun)
    page = sample_documents["branschnyhet.txt"]
    facts = list(Fact.objects.filter(document=page, shown=True)[:3])
    steps = [
        lambda: review_fact(reviewer, facts[0], "accept"),
        lambda: review_fact(reviewer, facts[1], "reject"),
        lambda: remove_document(reviewer, page),
        lambda: undo_action(reviewer, Action.objects.latest("pk")),
        lambda: review_fact(reviewer, facts[1], "clear"),
        lambda: keep_reading(reviewer, sample_readings["branschnyhet.txt"], address="https://example.org/there"),
        lambda: remove_document(reviewer, page),
        lambda: add_document_again(reviewer, page),
    ]
    for day, step in enumerate(steps, 1):
        before = set(Fact.objects.values_list("pk", flat=True))
        newest = Action.objects.latest("pk").pk
        step()
        Action.objects.filter(pk__gt=newest).update(at=begun + timedelta(days=day))
        Fact.objects.exclude(pk__in=before).update(created_at=begun + timedelta(days=day))
    rebuild_mentions()
    touched = set(Mention.objects.filter(fact__in=facts).values_list("entity", flat=True))
    others = sorted(set(Mention.objects.values_list("entity", flat=True)) - touched)
    entries = [*touched, *others[::each]]
    assert len(entries) > len(touched) > 0
    counted = set()
    for day in range(-1, len(steps) + 1):
        known = AsKnown((begun + timedelta(days=day)).date(), held=True)
        held = set(known_facts(reviewer, known).values_list("pk", flat=True))
        for entry in entries:
            there = mentions_of(reviewer, known, entry)
            wanted = Mention.objects.filter(entity=entry, fact__in=held).order_by("-said", "-fact")
            assert list(there.facts()) == there.first(Sort(), 1000) == list(wanted.values_list("fact", flat=True))
            assert sum(cell.n for cell in there.cells()) == wanted.count()
            counted.add((day, wanted.count()))
    assert len({day for day, n in counted if n}) == len(steps) + 1
