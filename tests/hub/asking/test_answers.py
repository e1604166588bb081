"""The answer page as a stranger finds it, and what becomes of answers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from handslag_hub.asking.models import Answer, AnswerAddress, Letter
from handslag_hub.asking.queries.letters import waiting_answers
from handslag_hub.asking.services import answers as answers_services
from handslag_hub.asking.services.answers import take_answer, take_back_review
from handslag_hub.asking.services.letters import finish_letter, mark_sent, withdraw_letter
from handslag_hub.following.queries.states import states_of
from handslag_hub.store.dumping import dump
from handslag_hub.store.errors import Overtaken
from handslag_hub.store.models import Fact
from handslag_hub.store.services import change_visibility, undo_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(reviewer, write, team, settings) -> str:
    """The path of the answer page of a letter that was sent."""
    settings.SECURE_SSL_REDIRECT = False
    letter = write()
    secret = finish_letter(reviewer, letter)
    mark_sent(reviewer, letter)
    return f"/answer/{secret}"


@pytest.fixture
def stranger(team) -> Client:
    """Nobody, who takes no cookies."""
    return Client(enforce_csrf_checks=True)


def post(client: Client, path: str, **fields: str):
    return client.post(path, {name.replace("_", "-", 1): value for name, value in fields.items()})


def test_the_page_shows_the_own_words_and_nothing_else_of_the_hub(address, stranger, pages):
    page = stranger.get(address)
    text = page.content.decode()
    assert page.status_code == 200
    assert "öppna en klinik för patienter i Skellefteå" in text
    assert '<html lang="sv">' in text
    assert "kanari" not in text
    for link in ("/documents", "/commitments", "/register", "/search", "/account"):
        assert link not in text
    assert page["X-Robots-Tag"].startswith("noindex")
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cache-Control"] == "no-store, private"
    assert page.cookies == {}
    assert "<script" not in text
    assert '<html lang="en">' in stranger.get(f"{address}?language=en").content.decode()


def test_somebody_logged_in_sees_no_more(address, logged_in):
    text = logged_in("administrator").get(address).content.decode()
    assert "/documents" not in text


def test_answering_in_part_and_again(address, stranger):
    page = post(stranger, address, q1_says="done", q1_words="Kliniken öppnade i maj.", q1_day="2025-05-02", q1_link="https://region.example/klinik", q2_says="", name="Åsa Öberg")  # fmt: skip
    assert page.status_code == 200
    assert [(one.item.rank, one.says, one.name) for one in Answer.objects.all()] == [(1, "done", "Åsa Öberg")]
    assert "Kliniken öppnade i maj." in page.content.decode()
    post(stranger, address, q1_says="done", q1_words="Kliniken öppnade i maj.", q1_day="2025-05-02", q1_link="https://region.example/klinik", name="Åsa Öberg")  # fmt: skip
    assert Answer.objects.count() == 1
    post(stranger, address, q1_says="delayed", q1_words="Bara halva.", q2_says="no comment")
    assert [(one.item.rank, one.says) for one in Answer.objects.order_by("pk")] == [(1, "done"), (1, "delayed"), (2, "no comment")]  # fmt: skip
    assert waiting_answers().count() == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"q1_says": "done"},
        {"q1_words": "Klart"},
        {"q1_says": "failed", "q1_words": "x"},
        {"q1_says": "done", "q1_words": "x", "q1_day": "2999-01-01"},
        {"q1_says": "done", "q1_words": "x", "q1_link": "javascript:alert(1)"},
        {"q1_says": "done", "q1_words": "x" * 5000},
        {"q1_says": "done", "q1_words": "x", "q1_day": "igår"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(address, stranger, wrong):
    assert post(stranger, address, **wrong).status_code == 422
    assert Answer.objects.count() == 0


def test_markup_in_an_answer_is_shown_as_text(address, stranger, logged_in):
    post(stranger, address, q1_says="done", q1_words="<script>alert(1)</script>")
    for page in (stranger.get(address), logged_in("reviewer").get("/answers/")):
        assert "<script>alert(1)" not in page.content.decode()
        assert "&lt;script&gt;alert(1)" in page.content.decode()


def test_an_expired_a_withdrawn_and_an_unknown_address_show_nothing(address, stranger, reviewer):
    letter = AnswerAddress.objects.get().letter
    letter.works_until = timezone.localdate() - timedelta(days=1)
    letter.save()
    for path, status in ((address, 410), ("/answer/" + "x" * 43, 404)):
        page = stranger.get(path)
        assert page.status_code == status
        assert "klinik" not in page.content.decode()
        assert page["Cache-Control"] == "no-store, private"
    assert post(stranger, address, q1_says="done", q1_words="x").status_code == 410
    letter.works_until = timezone.localdate()
    letter.save()
    assert stranger.get(address).status_code == 200
    withdraw_letter(reviewer, letter)
    assert stranger.get(address).status_code == 410
    assert Answer.objects.count() == 0


def test_what_was_restricted_since_is_asked_no_longer(address, stranger, reviewer, pages):
    change_visibility(reviewer, pages["public"], 2)
    text = stranger.get(address).content.decode()
    assert "klinik" not in text
    post(stranger, address, q1_says="done", q1_words="x")
    assert Answer.objects.count() == 0


def test_who_asks_too_often_waits(address, stranger, settings):
    settings.LIMITS_PER_MINUTE = {"private": 3}
    found = [stranger.get("/answer/" + "y" * 43, REMOTE_ADDR="192.0.2.7").status_code for _ in range(5)]
    assert found[-1] == 429
    assert stranger.get(address, REMOTE_ADDR="192.0.2.8").status_code == 200


def test_so_many_answers_and_no_more(address, stranger, monkeypatch):
    monkeypatch.setattr(answers_services, "MOST_ANSWERS", 2)
    for words in ("a", "b", "c"):
        page = post(stranger, address, q1_says="underway", q1_words=words)
    assert page.status_code == 409
    assert Answer.objects.count() == 2


def test_whoever_gets_a_new_address_can_answer_though_the_old_one_was_flooded(address, stranger, reviewer, monkeypatch):
    monkeypatch.setattr(answers_services, "MOST_ANSWERS", 2)
    for words in ("a", "b"):
        post(stranger, address, q1_says="underway", q1_words=words)
    new = f"/answer/{finish_letter(reviewer, Letter.objects.get())}"
    assert post(stranger, new, q1_says="done", q1_words="Klart.").status_code == 200
    assert post(stranger, address, q1_says="done", q1_words="c").status_code == 410
    assert Answer.objects.count() == 3


def test_turns_of_direction_in_what_a_stranger_wrote_are_written_out(address, stranger, logged_in):
    post(stranger, address, q1_says="delayed", q1_words="Klart \u202eetni\u202c i maj", q1_link="https://a.example/\u202egpj", name="\u2066Rut")  # fmt: skip
    client, letter = logged_in("reviewer"), Letter.objects.get()
    for page in (stranger.get(address), client.get("/answers/"), client.get(f"/letters/{letter.uid}")):
        shown = re.sub(r'(?s)<textarea.*?</textarea>|(href|value)="[^"]*"', "", page.content.decode())
        assert "⟨U+202E⟩etni⟨U+202C⟩" in shown
        assert not {"\u202e", "\u2066"} & set(shown)


@pytest.fixture
def answer(address, stranger) -> Answer:
    post(stranger, address, q1_says="done", q1_words="Kliniken öppnade i maj.", q1_day="2025-05-02", q1_link="https://region.example/klinik")  # fmt: skip
    return Answer.objects.get()


def state(actor, answer: Answer) -> tuple[str, str | None]:
    followed = states_of(actor, [answer.item.fact])[answer.item.fact_id]
    return followed.state, followed.by


def test_accepted_it_is_evidence_by_the_owner_and_taken_back_it_never_was(reviewer, reader, answer):
    before, state_before = dump(), state(reviewer, answer)
    action = take_answer(reviewer, answer, "accept")
    assert state(reviewer, answer) == ("reported done", "owner")
    word = states_of(reader, [answer.item.fact])[answer.item.fact_id].heard[0]
    assert (word.text, word.said_on, word.status, word.link) == ("Kliniken öppnade i maj.", "2025-05-02", "told", "https://region.example/klinik")  # fmt: skip
    assert waiting_answers().count() == 0
    take_back_review(reviewer, answer)
    assert (dump(), state(reviewer, answer)) == (before, state_before)
    assert waiting_answers().count() == 1
    take_answer(reviewer, answer, "accept")
    assert state(reviewer, answer) == ("reported done", "owner")
    assert action.verb == "type evidence"


def test_undoing_in_the_trail_lets_the_answer_wait_again_and_back(reviewer, answer):
    undoing = undo_action(reviewer, take_answer(reviewer, answer, "accept"))
    assert waiting_answers().count() == 1
    undo_action(reviewer, undoing)
    assert waiting_answers().count() == 0
    assert state(reviewer, answer) == ("reported done", "owner")


def test_an_answer_accepted_anew_goes_back_step_by_step_as_the_trail_has_it(reviewer, answer):
    at_first = dump()
    take_answer(reviewer, answer, "accept")
    once = dump()
    taken_back = take_back_review(reviewer, answer)
    again = take_answer(reviewer, answer, "accept")
    accepted_anew = dump()
    undoing = undo_action(reviewer, again)
    assert (dump(), waiting_answers().count()) == (at_first, 1)
    undo_action(reviewer, undoing)
    assert dump() == accepted_anew
    # Without the taking back both acceptances count; each is taken back for itself.
    undo_action(reviewer, taken_back)
    assert Fact.objects.filter(kind="evidence", counts=True).count() == 2
    take_back_review(reviewer, answer)
    assert (dump(), waiting_answers().count()) == (once, 0)
    take_back_review(reviewer, answer)
    assert (dump(), waiting_answers().count()) == (at_first, 1)


def test_a_correction_is_what_is_told(reviewer, answer):
    take_answer(reviewer, answer, "correct", says="underway", words="Delvis öppen.", day=answer.day)
    assert state(reviewer, answer) == ("underway", "owner")
    answer.refresh_from_db()
    assert answer.words == "Kliniken öppnade i maj."


def test_a_rejected_answer_tells_nothing_and_can_be_taken_back(reviewer, answer):
    before = dump()
    take_answer(reviewer, answer, "reject", note="fel fråga")
    assert dump() == before
    assert waiting_answers().count() == 0
    take_back_review(reviewer, answer)
    assert waiting_answers().count() == 1


def test_no_comment_is_noted_and_told_of_nothing(reviewer, address, stranger):
    post(stranger, address, q1_says="no comment")
    before = dump()
    take_answer(reviewer, Answer.objects.get(), "accept")
    assert dump() == before
    assert waiting_answers().count() == 0


def test_two_reviewers_at_once(reviewer, answer):
    take_answer(reviewer, answer, "accept")
    with pytest.raises(Overtaken):
        take_answer(reviewer, answer, "reject")
    assert Fact.objects.filter(kind="evidence", counts=True).count() == 1


def test_the_page_of_answers_tells_a_correction_by_what_was_changed(answer, logged_in):
    client = logged_in("reviewer")
    assert "Kliniken öppnade i maj." in client.get("/answers/").content.decode()
    form = {"verdict": "accept", "says": "done", "words": "Kliniken öppnade i maj.", "day": "2025-05-02", "visibility": "1"}  # fmt: skip
    client.post(f"/answers/{answer.pk}/review", form)
    assert answer.reviews.get().verdict == "accept"
    client.post(f"/answers/{answer.pk}/take-back")
    client.post(f"/answers/{answer.pk}/review", form | {"words": "Kliniken öppnade den 2 maj."})
    assert answer.reviews.order_by("-pk").first().verdict == "correct"


def test_evidence_is_at_least_as_strict_as_the_commitment(reviewer, answer, pages):
    take_answer(reviewer, answer, "accept", visibility=0)
    assert Fact.objects.get(kind="evidence").level == 0
    change_visibility(reviewer, pages["public"], 1)
    take_back_review(reviewer, answer)
    take_answer(reviewer, answer, "accept", visibility=0)
    assert Fact.objects.get(kind="evidence", counts=True).level == 1


def test_what_came_by_post_is_entered_and_reviewed_like_the_others(reviewer, write, logged_in):
    letter = write()
    finish_letter(reviewer, letter)
    mark_sent(reviewer, letter)
    client = logged_in("reviewer")
    client.post(f"/letters/{letter.uid}/enter", {"q2-says": "underway", "q2-words": "Sagt på mötet.", "name": "Region Norrholm"})  # fmt: skip
    kept = Answer.objects.get()
    assert (kept.address, kept.actor, kept.item.rank) == (None, "reviewer", 2)
    assert waiting_answers().count() == 1


PRIVATE_HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store, private",
    "X-Content-Type-Options": "nosniff",
}


def test_whatever_is_answered_under_a_private_address_has_its_headers(address, stranger, settings):
    answers = {
        200: stranger.get(address),
        405: stranger.put(address),
        404: stranger.get("/answer/nobody"),
        422: post(stranger, address, q1_says="done", q1_day="no day"),
    }
    assert {page.status_code for page in answers.values()} == set(answers)
    feeds = [stranger.get(f"/feeds/x/handslag.{kind}") for kind in ("ics", "atom", "zip")]
    feeds.append(stranger.post("/feeds/x/handslag.ics"))
    assert [page.status_code for page in feeds] == [404, 404, 404, 403]
    settings.SECURE_SSL_REDIRECT = True
    onward = Client().get(address)
    assert onward.status_code == 301
    for page in (*answers.values(), *feeds, onward):
        assert {name: page.headers.get(name) for name in PRIVATE_HEADERS} == PRIVATE_HEADERS
    settings.SECURE_SSL_REDIRECT = False
    assert stranger.get("/letters/").headers.get("Referrer-Policy") != "no-referrer"
