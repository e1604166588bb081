"""The ledger against an oracle that reads the facts themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handslag_hub.accounts.actors import Actor
from handslag_hub.commitments.models import Part
from handslag_hub.commitments.queries.agreements import named_in
from handslag_hub.commitments.queries.ledger import SHELVES, LedgerChoice, facets_of, listed, rows_shown
from handslag_hub.commitments.queries.standing import look_of
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity, Fact, Statement
from handslag_hub.store.queries import known_documents, known_facts
from handslag_hub.store.services import judge_sameness, review_fact

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


class Oracle:
    """Commitments as the facts say, one dictionary each; narrowed and counted by hand."""

    def __init__(self, actor: Actor, known: AsKnown) -> None:
        self.rows = []
        newest = max(known_documents(actor, known).filter(said_on__lte=TODAY).values_list("said_on", flat=True))
        for fact in known_facts(actor, known).filter(kind="commitment"):
            values = list(
                Statement.objects.filter(fact=fact, holds=True)
                .select_related("object_now__canonical")
                .order_by("rank", "pk")
            )
            first = {value.predicate: value for value in reversed(values)}
            named = {
                v.object_now.canonical_id
                for v in values
                if v.object_now and v.predicate in ("who", "said_by", "to_whom")
            }
            theme = first["theme"].value if "theme" in first else ""
            due = first["when"].valid_to if "when" in first else None
            begun = {"done": "reported done", "underway": "underway"}
            silent = fact.said_on is not None and fact.said_on < newest
            standing = "nothing heard since" if silent else begun.get(first["firmness"].value, "stated")
            self.rows.append({"standing": standing, "pk": fact.pk, "firmness": first["firmness"].value, "theme": theme, "language": fact.language,
                "zone": fact.zone, "status": fact.status, "due": due, "named": named})  # fmt: skip

    def left(self, choice: LedgerChoice, *, but: str = "") -> list[dict]:
        return [row for row in self.rows if self._fits(row, choice, but)]

    @staticmethod
    def _fits(row: dict, choice: LedgerChoice, but: str) -> bool:
        if any(values and name != but and row[name] not in values for name, values in choice.shelves.items()):
            return False
        if choice.party and but != "party" and choice.party.canonical_id not in row["named"]:
            return False
        if not choice.due or but == "due":
            return True
        return fits_due(choice.due, row["due"], row["firmness"], choice)


def fits_due(name: str, due: date | None, firmness: str, choice: LedgerChoice) -> bool:
    if name == "open" or due is None:
        return name == "open" and due is None
    return {
        "passed": due < TODAY and firmness != "done",
        "soon": TODAY <= due <= TODAY + timedelta(days=30),
        "later": due > TODAY + timedelta(days=30),
        "range": (choice.due_from or date.min) <= due <= (choice.due_to or date.max),
    }[name]


def choices_of(rows: Iterable[dict]) -> list[LedgerChoice]:
    party = Entity.objects.get(pk=Counter(pk for row in rows for pk in row["named"]).most_common(1)[0][0])
    shelves = [{}, {"theme": frozenset(["financing"])}, {"firmness": frozenset(["promised", "planned"]), "language": frozenset(["en"])},
        {"status": frozenset(["accepted"])}, {"standing": frozenset(["stated"])}, {"standing": frozenset(["nothing heard since", "underway"])}, {"zone": frozenset(["body"]), "theme": frozenset([""])}]  # fmt: skip
    plain = [
        LedgerChoice(s, p, d) for s, p, d in product(shelves, (None, party), ("", "passed", "soon", "later", "open"))
    ]
    return [*plain[::3], LedgerChoice(due="range", due_from=date(2026, 12, 1)), LedgerChoice(due="range", due_from=date(2026, 10, 1), due_to=date(2026, 12, 31))]  # fmt: skip


@pytest.mark.parametrize("known", [AsKnown(), AsKnown(date(2026, 11, 10)), AsKnown(date(2099, 1, 1), held=True)])
def test_rows_counts_and_facets_are_those_of_the_facts(sample_documents, mixed_documents, reviewer, reader, known):
    facts = list(Fact.objects.filter(kind="commitment").order_by("pk"))
    review_fact(reviewer, facts[0], "reject")
    for fact in facts[1:6]:
        review_fact(reviewer, fact, "accept")
    merge_two_named_together(reviewer)
    for actor in (reviewer, reader):
        oracle = Oracle(actor, known)
        assert len(oracle.rows) > 10
        for choice in choices_of(oracle.rows)[:: 1 if known.day is None else 4]:
            expected = oracle.left(choice)
            facets = facets_of(actor, known, choice, TODAY)
            assert set(listed(actor, known, choice, look_of(actor, known, TODAY))) == {row["pk"] for row in expected}
            assert facets.total == len(expected)
            for name in SHELVES:
                assert dict(facets.shelves[name]) == dict(
                    Counter(row[name] for row in oracle.left(choice, but=name))
                ), name
            for name, count in facets.due.items():
                assert count == sum(
                    fits_due(name, row["due"], row["firmness"], choice) for row in oracle.left(choice, but="due")
                ), name
            counted = Counter(pk for row in oracle.left(choice, but="party") for pk in row["named"])
            uids = dict(Entity.objects.filter(pk__in=counted).values_list("uid", "pk"))
            assert [n for _, _, n in facets.parties] == sorted(counted.values(), reverse=True)[: len(facets.parties)]
            assert all(counted[uids[uid]] == n for uid, _, n in facets.parties)


def merge_two_named_together(reviewer: Actor) -> None:
    """Takes two organisations that one commitment names to be the same: it must be counted once."""
    for fact in Fact.objects.filter(kind="commitment", shown=True):
        named = list(
            Entity.objects.filter(mentions__fact=fact, mentions__predicate="who", kind="organisation").distinct()
        )
        if len(named) > 1:
            judge_sameness(reviewer, named[0], named[1], "same")
            return
    pytest.fail("no commitment names two organisations")


def test_the_order_is_by_due_day_and_what_has_none_comes_last(sample_documents, reviewer):
    for sort, latest_first in (("due", False), ("-due", True)):
        days = [row.due_last for row in rows_shown(reviewer, AsKnown(), LedgerChoice(sort=sort), TODAY, 1)]
        given = [day for day in days if day]
        assert given == sorted(given, reverse=latest_first)
        assert days == [*given, *[None] * (len(days) - len(given))]
    said = [row.said_on for row in rows_shown(reviewer, AsKnown(), LedgerChoice(sort="-said"), TODAY, 1)]
    given = [day for day in said if day]
    assert said == [*sorted(given, reverse=True), *[None] * (len(said) - len(given))]


def test_nothing_of_a_restricted_page_is_shown_counted_or_offered_to_a_reader(mixed_documents, as_somebody):
    reader, reviewer = as_somebody("reader"), as_somebody("reviewer")
    secret = Fact.objects.get(
        kind="commitment", document=mixed_documents["restricted"], statements__value__contains="factory"
    )
    biotech = Entity.objects.get(mentions__fact=secret, mentions__predicate="who")
    theirs, ours = reviewer.get("/commitments/").text, reader.get("/commitments/").text
    for words in ("factory", "Norrholm Biotech", "nurses"):
        assert words in theirs
        assert words not in ours
    assert "4 commitments" in theirs
    assert "2 commitments" in ours
    assert "0 commitments" not in reader.get("/commitments/", {"party": biotech.uid}).text
    assert "Norrholm Biotech" not in reader.get("/commitments/", {"party": biotech.uid}).text
    assert "Nobody in the register" in reader.get("/commitments/", {"name": "Norrholm Biotech"}).text
    assert reader.get(f"/commitments/{secret.about.uid}").status_code == 404
    assert reviewer.get(f"/commitments/{secret.about.uid}").status_code == 200
    skills = reader.get("/commitments/", {"theme": "advanced_therapies"}).text
    assert "factory" not in skills


def test_a_page_asks_as_many_queries_for_many_rows_as_for_few(
    mixed_documents, sample_readings, reviewer, as_somebody, request
):
    client = as_somebody("reviewer")

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    paths = ("/commitments/", "/commitments/?due=passed", "/agreements/", "/signals/?adverts=1", "/conflicts/")
    for path in paths:
        queries(path)
    few = {path: queries(path) for path in paths[:2]}
    request.getfixturevalue("sample_documents")
    many = {path: queries(path) for path in paths}
    assert {path: many[path] for path in few} == few
    assert max(many.values()) < 30


def test_who_is_named_in_a_commitment_is_told_with_address(sample_documents, reviewer):
    row = rows_shown(reviewer, AsKnown(), LedgerChoice(), TODAY, 1)[0]
    (names,) = named_in(reviewer, [row.pk], Part.WHO).values()
    assert all(kind in ("organisation", "person", "") for kind, _, _ in names)


def test_a_range_that_ends_before_it_begins_is_refused_beside_its_field(sample_documents, as_somebody):
    page = as_somebody("reader").get("/commitments/", {"due_from": "2026-12-01", "due_to": "2026-11-01"}).text
    assert "This day lies before the first one." in page
    assert "91 commitments" in page
