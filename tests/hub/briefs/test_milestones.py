"""Milestones: typed by hand and marked so, own reports beside independent assessments, undone exactly, handed out in the terms of others."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.milestones import MAKERS, OCDS, OGP, OGP_MAKERS, STATUSES
from handslag_hub.briefs.queries.milestones import milestones_of
from handslag_hub.briefs.services import take_back, type_assessment, type_milestone
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.checking import differences
from handslag_hub.store.dumping import dump
from handslag_hub.store.erasing.services import erase_person
from handslag_hub.store.models import Action, Entity, Fact
from handslag_hub.store.services import change_visibility, undo_action

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
FORM = {"name": "Gemensam testbädd <öppen>", "lead": "Solvik AB", "support": "Region Norrholm\nNytt Bolag AB", "start": "2026-01", "when": "mars 2026",
    "words": "En gemensam arbetsgrupp har bildats.", "link": "https://example.org/plan", "visibility": "0"}  # fmt: skip
REPORT = {
    "made_by": "own",
    "status": "met",
    "day": "2026-04-01",
    "assessor": "Solvik AB",
    "words": "Klart.",
    "link": "",
    "visibility": "0",
}


@pytest.fixture
def agreement(pages) -> Entity:
    return Entity.objects.get(kind="agreement")


@pytest.fixture
def milestone(agreement, reviewer) -> Fact:
    """One of the agreement's, due in March 2026."""
    return milestone_typed(reviewer, agreement)


def milestone_typed(
    actor: Actor, agreement: Entity, name: str = "Testbädd", when: str = "2026-03", visibility: int = 0
) -> Fact:
    fact, _action = type_milestone(
        actor, agreement, name=name, lead=[], support=[], start="", when=when, words="", link="", visibility=visibility
    )
    return fact


def reported(
    actor: Actor, milestone: Fact, made_by: str, status: str, day: str = "2026-04-01", visibility: int = 0
) -> Fact:
    fact, _action = type_assessment(
        actor,
        milestone.about,
        made_by=made_by,
        status=status,
        day=day,
        assessor=[],
        words="",
        link="",
        visibility=visibility,
    )
    return fact


def seen(actor: Actor, agreement: Entity, known: AsKnown = AsKnown()) -> list:  # noqa: B008  never changed
    return milestones_of(actor, known, agreement, TODAY)


def test_a_milestone_is_typed_and_carries_who_typed_it(agreement, client):
    answer = client.post(f"/agreements/{agreement.uid}/milestones/add", FORM)
    assert answer["Location"] == f"/agreements/{agreement.uid}"
    page = client.get(answer["Location"]).content.decode()
    assert "Gemensam testbädd &lt;öppen&gt;" in page
    assert "typed by" in page
    assert "due day passed" in page
    assert "scheduled (nothing reported)" in page
    # Its words stand in the agreement's document: that is said, with the document.
    assert "in the words of" in page
    fact = Fact.objects.get(kind="milestone")
    assert (fact.document, fact.extractor.is_human) == (None, True)
    values = {row.predicate: row.value for row in fact.statements.order_by("-rank")}
    assert (values["start"], values["when"], values["lead"]) == ("2026-01", "2026-03", "Solvik AB")


def test_words_that_stand_nowhere_are_said_to_stand_nowhere(agreement, client):
    client.post(f"/agreements/{agreement.uid}/milestones/add", FORM | {"words": "Det här har ingen skrivit."})
    assert "its words stand in none of the documents" in client.get(f"/agreements/{agreement.uid}").content.decode()


@pytest.mark.parametrize(("changed", "said"), [({"name": ""}, "required"), ({"when": "2025"}, "before it begins"), ({"lead": ""}, "required"), ({"when": "30.2.2026"}, "calendar")])  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(agreement, client, changed, said):
    answer = client.post(f"/agreements/{agreement.uid}/milestones/add", FORM | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Fact.objects.filter(kind="milestone").exists()


def test_own_report_and_independent_assessment_stand_beside_each_other(milestone, agreement, client, reviewer):
    path = f"/milestones/{milestone.about.uid}"
    assert client.post(f"{path}/report", REPORT)["Location"] == path
    assert (
        client.post(
            f"{path}/report", REPORT | {"made_by": "independent", "status": "partly met", "day": "2026-05"}
        ).status_code
        == 302
    )
    (one,) = seen(reviewer, agreement)
    assert [view.first("status") for view in one.own] == ["met"]
    assert [view.first("status") for view in one.independent] == ["partly met"]
    assert one.differ
    assert "Both stand." in client.get(path).content.decode()
    assert "they differ" in client.get(f"/agreements/{agreement.uid}").content.decode()


def test_a_later_report_comes_first_and_replaces_none(milestone, agreement, reviewer):
    reported(reviewer, milestone, "own", "scheduled", "2026-02-01")
    reported(reviewer, milestone, "own", "not met", "2026-06-01")
    reported(reviewer, milestone, "own", "partly met", "2026-04-01")
    (one,) = seen(reviewer, agreement)
    assert [view.first("status") for view in one.own] == ["not met", "partly met", "scheduled"]


def test_a_report_of_the_future_is_refused(milestone, client):
    answer = client.post(f"/milestones/{milestone.about.uid}/report", REPORT | {"day": "2099"})
    assert answer.status_code == 422
    assert "This day has not come yet." in answer.content.decode()


def test_taking_back_is_exact(milestone, agreement, reviewer):
    report = reported(reviewer, milestone, "own", "met")
    with_it = dump()
    take_back(reviewer, report)
    without = dump()
    assert seen(reviewer, agreement)[0].own == []
    undo_action(reviewer, Action.objects.order_by("-pk").first())
    assert dump() == with_it
    assert [view.fact.pk for view in seen(reviewer, agreement)[0].own] == [report.pk]
    take_back(reviewer, report)
    assert dump() == without
    take_back(reviewer, milestone)
    assert seen(reviewer, agreement) == []
    assert list(differences()) == []


def test_a_milestone_is_never_less_strict_than_its_agreement_nor_a_report_than_its_milestone(
    agreement, reviewer, reader, pages
):
    change_visibility(reviewer, pages["agreement"], 2)
    milestone = milestone_typed(reviewer, agreement)
    report = reported(reviewer, milestone, "own", "met")
    assert (milestone.level, report.level) == (2, 2)


def test_a_reader_sees_of_a_milestone_only_what_is_theirs(milestone, agreement, reviewer, reader):
    reported(reviewer, milestone, "own", "met")
    reported(reviewer, milestone, "independent", "not met", visibility=2)
    milestone_typed(reviewer, agreement, "Hemlig", visibility=2)
    (one,) = seen(reader, agreement)
    assert (len(one.own), len(one.independent), one.differ) == (1, 0, False)
    assert len(seen(reviewer, agreement)) == 2


def test_as_the_hub_held_it_before_it_was_typed(milestone, agreement, reviewer):
    assert seen(reviewer, agreement, AsKnown(date(2026, 1, 1), held=True)) == []
    assert seen(reviewer, agreement, AsKnown(date(2026, 1, 1))) == []


def test_it_is_handed_out_in_the_terms_of_ocds_and_ogp(milestone, reviewer, client):
    for status in STATUSES:
        for maker in MAKERS:
            reported(reviewer, milestone, maker, status)
    rows = list(
        csv.DictReader(
            io.StringIO(
                b"".join(client.get("/export/assessments.csv?columns=keys").streaming_content).decode().lstrip("\ufeff")
            )
        )
    )
    assert len(rows) == len(STATUSES) * len(MAKERS)
    for row in rows:
        status = next(key for key in STATUSES if OCDS[key] == row["ocds_status"])
        assert row["ogp_completion"] == OGP[status]
        assert row["ogp_assessment"] in OGP_MAKERS.values()
        assert row["milestone_address"].endswith(milestone.about.uid)
    (told,) = csv.DictReader(
        io.StringIO(
            b"".join(client.get("/export/milestones.csv?columns=keys").streaming_content).decode().lstrip("\ufeff")
        )
    )
    assert (told["name"], told["when_last"]) == ("Testbädd", "2026-03-31")


def test_whoever_is_erased_is_covered_in_milestones_too(agreement, client, reviewer):
    client.post(
        f"/agreements/{agreement.uid}/milestones/add",
        FORM | {"lead": "Karin Almgren", "words": "Karin Almgren leder arbetet."},
    )
    person = Entity.objects.get(kind="person", label="Karin Almgren")
    erase_person(Actor(None, "Ada", "administrator"), person, reason="asked for it")
    page = client.get(f"/agreements/{agreement.uid}").content.decode()
    assert "Almgren" not in page
    assert "\u2588" in page


def test_queries_do_not_grow_with_milestones(agreement, reviewer, client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/agreements/{agreement.uid}").status_code == 200
        return len(asked)

    def more(count: int) -> None:
        for number in range(count):
            milestone = milestone_typed(reviewer, agreement, f"Milstolpe {number}")
            reported(reviewer, milestone, "own", "met")
            reported(reviewer, milestone, "independent", "met")

    more(1)
    queries()
    at_one = queries()
    more(4)
    assert queries() == at_one


def test_the_page_of_a_milestone_says_as_that_of_its_agreement_where_its_words_stand(pages, reviewer, client):
    agreement = Entity.objects.get(kind="agreement")
    words = "En gemensam arbetsgrupp har bildats."
    milestone, _ = type_milestone(reviewer, agreement, name="Gruppen", lead=[], support=[], start="", when="", words=words, link="", visibility=0)  # fmt: skip
    for path in (f"/agreements/{agreement.uid}", f"/milestones/{milestone.about.uid}"):
        page = client.get(path).content.decode()
        assert "in the words of" in page, path
        assert "stand in none of the documents" not in page, path


def test_nothing_is_chosen_for_whoever_types_a_report_or_a_commitment(pages, reviewer, client):
    agreement = Entity.objects.get(kind="agreement")
    milestone, _ = type_milestone(reviewer, agreement, name="Gruppen", lead=[], support=[], start="", when="", words="", link="", visibility=0)  # fmt: skip
    assert client.post(f"/milestones/{milestone.about.uid}/report", {"made_by": "", "status": "", "day": "2026-10", "visibility": "0"}).status_code == 422  # fmt: skip
    for path, names in (
        (f"/milestones/{milestone.about.uid}", ("made_by", "status")),
        ("/commitments/add", ("firmness",)),
    ):
        page = client.get(path).content.decode()
        for name in names:
            select = page.split(f'<select name="{name}"')[1].split("</select>")[0]
            assert re.search(r'<option value=""( selected)?>', select), name
