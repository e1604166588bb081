"""What this part holds of people: told, erased, and in no backup as a secret that opens something."""

from __future__ import annotations

import zipfile
from datetime import date

import pytest
from canaries import PUBLIC
from django.utils import timezone

from handslag_hub.accounts.actors import Actor, actor_of
from handslag_hub.asking.models import Answer, AnswerReview, Letter, LetterItem, NextDate, Note
from handslag_hub.asking.services.answers import Given, enter_answers, keep_answers, take_answer
from handslag_hub.asking.services.letters import finish_letter, mark_sent, save_letter, write_letter
from handslag_hub.asking.services.telling import make_feed_address
from handslag_hub.asking.services.watching import set_next_date, write_note
from handslag_hub.asking.subjects import Subject
from handslag_hub.site.keeping.backup import back_up
from handslag_hub.store.erasing.export import person_data
from handslag_hub.store.erasing.services import erase_person
from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.services import keep_reading

pytestmark = pytest.mark.django_db
ADMINISTRATOR = Actor(None, "Ada", "administrator")


@pytest.fixture
def letter(reviewer, read_text, db) -> Letter:
    """A letter to somebody by name, with an answer of hers that was taken."""
    keep_reading(reviewer, read_text(PUBLIC))
    body = Entity.objects.get(kind="organisation", label="Kluster Syd").canonical
    letter = write_letter(reviewer, body, [Fact.objects.filter(kind="commitment").first()])
    days = {"answer_by": letter.answer_by, "works_until": letter.works_until}
    save_letter(reviewer, letter, subject="Till Maria Lindqvist", body=f"Hej Maria Lindqvist!\n{letter.body}", name="Maria Lindqvist", email="maria.lindqvist@kluster.example", **days)  # fmt: skip
    finish_letter(reviewer, letter)
    mark_sent(reviewer, letter)
    keep_answers(letter.addresses.get(), [Given(letter.items.get(), "done", "Maria Lindqvist klippte bandet.", timezone.localdate())], name="Maria Lindqvist")  # fmt: skip
    take_answer(reviewer, Answer.objects.get(), "accept", note="Maria Lindqvist ringde också")
    return letter


@pytest.fixture
def person(letter) -> Entity:
    """Whose name it is."""
    return Entity.objects.get(kind="person", label="Maria Lindqvist").canonical


def test_what_is_held_is_told_but_not_the_words_of_private_notes(person, account, letter):
    writer = actor_of(account("reader"))
    write_note(writer, Subject(None, "health_data"), "Maria Lindqvist är trevlig")
    data = person_data(ADMINISTRATOR, person)
    assert [one["to"] for one in data["letters"]] == ["Maria Lindqvist"]
    assert [one["by"] for one in data["answers"]] == ["Maria Lindqvist"]
    assert len(data["answers_reviewed"]) == 1
    assert data["private_notes"] == 1
    assert "trevlig" not in str(data)


def test_erasing_covers_the_name_in_all_of_it(person, account, letter, reviewer, settings, tmp_path, django_capture_on_commit_callbacks):  # fmt: skip
    settings.ERASURES = tmp_path / "erasures.jsonl"
    writer = actor_of(account("reader"))
    write_note(writer, Subject(person, ""), "Maria Lindqvist är trevlig")
    set_next_date(writer, Subject(person, ""), day=date(2027, 1, 1), at=None, what="Ring Maria Lindqvist")
    erase_person(ADMINISTRATOR, person, "hon bad om det")
    for model in (Letter, LetterItem, Answer, AnswerReview, Note, NextDate):
        for row in model.objects.values():
            assert "lindqvist" not in str(row).casefold(), model.__name__
    # And what comes in anew is covered, too.
    enter_answers(reviewer, letter, [Given(letter.items.get(), "done", "Maria Lindqvist igen", timezone.localdate())], name="Maria Lindqvist")  # fmt: skip
    write_note(writer, Subject(None, "health_data"), "Maria Lindqvist igen")
    assert "Lindqvist" not in str(list(Answer.objects.values()) + list(Note.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_no_secret_that_opens_something(letter, reviewer, account, tmp_path):
    secrets = [finish_letter(reviewer, letter), make_feed_address(actor_of(account("reader")), "calendar")]
    back_up(tmp_path / "hub.backup")
    with zipfile.ZipFile(tmp_path / "hub.backup") as packed:
        held = b"".join(packed.read(name) for name in packed.namelist())
    assert b"asking" in b"".join(name.encode() for name in packed.namelist())
    assert not any(secret.encode() in held for secret in secrets)
