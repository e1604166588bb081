from __future__ import annotations

import pytest
from canaries import keep_visible
from django.test import Client

from handslag_hub.accounts.actors import Actor, actor_of
from handslag_hub.accounts.models import LAPTOP_USER, User
from handslag_hub.reading.models import Arrival
from handslag_hub.reading.services import Incoming, bring_in
from handslag_hub.store.erasing.services import erase_person
from handslag_hub.store.models import Action, Entity, Fact
from handslag_hub.store.services import review_fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewed(reviewer: Actor, read_text, account) -> Action:
    """The review of somebody else."""
    keep_visible(reviewer, read_text)
    review_fact(actor_of(account("reviewer", "other")), Fact.objects.filter(kind="commitment").first(), "accept")
    return Action.objects.get(verb="review")


def test_the_queue_takes_back_only_ones_own_steps(reviewed: Action, logged_in):
    response = logged_in("reviewer").post("/review/undo", {"action": reviewed.pk})
    assert response.status_code == 409 or b"trail" in response.content
    reviewed.refresh_from_db()
    assert not reviewed.undone


def test_the_trail_takes_back_what_others_did(reviewed: Action, logged_in):
    assert logged_in("reviewer").post(f"/trail/{reviewed.pk}/undo").status_code == 302
    reviewed.refresh_from_db()
    assert reviewed.undone


def test_the_one_user_of_a_laptop_is_there_again_after_the_database_was_replaced(db: None, settings):
    settings.TEAM = False
    client = Client()
    assert client.get("/documents/").status_code == 200
    before = User.objects.get(username=LAPTOP_USER).pk
    User.objects.all().delete()
    User.objects.create(username="somebody", role="reader")
    assert client.get("/documents/add").status_code == 200
    assert User.objects.get(username=LAPTOP_USER).pk != before


def test_names_of_files_batches_and_addresses_are_covered_when_they_come_in(reviewer: Actor, read_text):
    administrator = Actor(None, "Adda", "administrator")
    keep_visible(reviewer, read_text)
    erase_person(administrator, Entity.objects.filter(kind="person", label="Maria Lindqvist").first(), "asked for it")
    bring_in(reviewer, [Incoming("maria-lindqvist.txt", b"x", address="https://example.org/maria-lindqvist")], name="Om Maria Lindqvist")  # fmt: skip
    arrival = Arrival.objects.select_related("batch", "original").get()
    told = f"{arrival.name} {arrival.address} {arrival.batch.name} {arrival.original.name}".lower()
    assert "maria" not in told
    assert "lindqvist" not in told
    assert arrival.ending == ".txt"


def test_only_administrators_find_what_is_kept_of_a_person_on_the_card(reviewer: Actor, read_text, logged_in):
    keep_visible(reviewer, read_text)
    person = Entity.objects.filter(kind="person").first()
    asked = f"/people-data/{person.uid}/"
    shown = {role: asked in logged_in(role).get(f"/register/{person.uid}").content.decode() for role in ("reviewer", "administrator")}  # fmt: skip
    assert shown == {"reviewer": False, "administrator": True}


def test_somebody_is_invited_on_the_command_line(db: None, team: None, capsys: pytest.CaptureFixture[str]):
    from handslag_hub.site.commands import invite  # noqa: PLC0415  sets Django up, which is done here

    assert invite.run("nils", role="reviewer", email="nils@example.org") == 0
    path = capsys.readouterr().out.splitlines()[-1]
    assert User.objects.get(username="nils").role == "reviewer"
    assert Client().get(path, follow=True).status_code == 200
