"""Turns of the direction of writing in what strangers wrote are written out wherever it is shown; what is kept and handed out stays as it is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from handslag.reading.claims import organisation_key
from handslag_hub.accounts.actors import actor_of, command_actor
from handslag_hub.asking.services.letters import finish_letter, mail_letter, save_letter, write_letter
from handslag_hub.asking.services.telling import choose_telling, make_feed_address, send_digests, subscribe
from handslag_hub.asking.services.watching import set_watcher
from handslag_hub.asking.subjects import Subject
from handslag_hub.commitments.services import Named, coded_claim, named_claims, type_fact, when_claims, words_claim
from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.services import keep_reading

pytestmark = pytest.mark.django_db

TURNS = ["\u202e", "\u202c", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"]
WHO, WHAT = "Solvik \u202eBA\u202c Nord", "bygga \u2066ett\u2069 hus\u200f i\u061c Umeå"
SHOWN_WHO, SHOWN_WHAT = "Solvik ⟨U+202E⟩BA⟨U+202C⟩ Nord", "bygga ⟨U+2066⟩ett⟨U+2069⟩ hus⟨U+200F⟩ i⟨U+061C⟩ Umeå"
SIGNAL = (
    "Region Norrholm lanserar plattform\n\nRegion Norrholm lanserade i dag en plattform för \u2066hälsodata\u2069.\n"
)
# What a browser sends back or goes to: it stays as it is.
STAYS = re.compile(r'(?s)<textarea.*?</textarea>|\s(?:href|value)="[^"]*"')


@pytest.fixture
def hostile(reviewer) -> tuple[Entity, Fact]:
    """Somebody whose name turns, and a commitment of theirs that does."""
    who = named_claims("who", [Named(WHO, organisation_key(WHO))])
    claims = [*words_claim("what", WHAT), *who, *coded_claim("firmness", "promised"), *when_claims("when", "2028"), *words_claim("words", WHAT)]  # fmt: skip
    fact, _action = type_fact(reviewer, "commitment", WHAT, claims, visibility=0, origin="", language="sv")
    return Entity.objects.get(kind="organisation", label=WHO).canonical, fact


def assert_written_out(page: str, *words: str) -> None:
    shown = STAYS.sub("", page)
    assert not set(TURNS) & set(shown)
    for one in words:
        assert one in shown


def test_on_register_cards_commitments_and_in_the_search(hostile, logged_in):
    party, fact = hostile
    client = logged_in("reviewer")
    assert_written_out(client.get(f"/register/{party.uid}").text, SHOWN_WHO, SHOWN_WHAT)
    assert_written_out(client.get(f"/commitments/{fact.about.uid}").text, SHOWN_WHO, SHOWN_WHAT)
    assert_written_out(client.get("/commitments/").text, SHOWN_WHO, SHOWN_WHAT)
    assert_written_out(client.get("/register/").text, SHOWN_WHO)
    assert "Solvik" in client.get("/search/?q=Solvik").text
    assert_written_out(client.get("/search/?q=Solvik").text)
    # What is kept stays as it was written.
    assert Fact.objects.get(pk=fact.pk).statements.get(predicate="what").value == WHAT
    assert WHAT in client.get("/export/commitments.csv").getvalue().decode()


def test_on_agreement_pages(reviewer, logged_in):
    claims = [*words_claim("name", "Avtal \u202eltva\u202c"), *named_claims("party", [Named(WHO, organisation_key(WHO))]), *words_claim("area", "Vård\u200e och\u2067 hälsa")]  # fmt: skip
    fact, _action = type_fact(reviewer, "agreement", "Avtal \u202eltva\u202c", claims, visibility=0, origin="", language="sv")  # fmt: skip
    client = logged_in("reviewer")
    for path in (f"/agreements/{fact.about.uid}", f"/agreements/{fact.about.uid}/sheet"):
        assert_written_out(client.get(path).text, "Avtal ⟨U+202E⟩ltva⟨U+202C⟩", SHOWN_WHO, "Vård⟨U+200E⟩ och⟨U+2067⟩ hälsa")  # fmt: skip
    assert_written_out(client.get("/agreements/").text, "Avtal ⟨U+202E⟩ltva⟨U+202C⟩")


def test_in_signals(reviewer, read_text, logged_in):
    keep_reading(reviewer, read_text(SIGNAL))
    assert Fact.objects.filter(kind="signal", statements__value__contains="\u2066").exists()
    assert_written_out(logged_in("reader").get("/signals/?adverts=1").text, "⟨U+2066⟩hälsodata⟨U+2069⟩")


def test_in_a_letter_its_mail_and_what_is_copied_of_it(reviewer, hostile, logged_in):
    party, fact = hostile
    client = logged_in("reviewer")
    letter = write_letter(reviewer, party, [fact], language="sv")
    # Where it is edited it stays: the form sends it back.
    draft = client.get(f"/letters/{letter.uid}").text
    assert WHAT in "".join(re.findall(r"(?s)<textarea.*?</textarea>", draft))
    assert_written_out(draft, SHOWN_WHAT)
    finished = client.post(f"/letters/{letter.uid}/finish").text
    assert finished.count(SHOWN_WHAT) == 2
    assert not set(TURNS) & set(finished)
    letter.refresh_from_db()
    today = timezone.localdate()
    save_letter(reviewer, letter, subject=f"Om {WHO}", body=letter.body.replace("\n", "\r\n"), name="", email="post@solvik.example", answer_by=today, works_until=today)  # fmt: skip
    letter.refresh_from_db()
    mail_letter(reviewer, letter, "https://hub.example/answer/SECRET")
    (sent,) = mail.outbox
    assert_written_out(sent.subject, SHOWN_WHO)
    assert_written_out(sent.body, SHOWN_WHAT)
    # Ends of lines are none.
    assert "⟨U+000D⟩" not in sent.body
    letter.refresh_from_db()
    assert WHAT in letter.body
    assert_written_out(client.get(f"/letters/{letter.uid}").text, SHOWN_WHAT)
    secret = finish_letter(reviewer, letter)
    assert_written_out(client.get(f"/answer/{secret}").text, SHOWN_WHAT)


def test_in_news_by_page_feed_and_mail_and_in_the_calendar(hostile, account, team, settings, client, reviewer):
    settings.SECURE_SSL_REDIRECT = False
    party, _fact = hostile
    user = account("reader", "lage")
    somebody = actor_of(user)
    subscribe(somebody, Subject(party, ""), on=True)
    claims = [*words_claim("what", f"{WHAT} till"), *named_claims("who", [Named(WHO, organisation_key(WHO))]), *coded_claim("firmness", "promised"), *when_claims("when", "2029-05-01")]  # fmt: skip
    fact, _action = type_fact(reviewer, "commitment", f"{WHAT} till", claims, visibility=0, origin="", language="sv")
    set_watcher(reviewer, Subject(fact.about, ""), user, on=True)
    feed = client.get(f"/feeds/{make_feed_address(somebody, 'news')}/handslag.atom").text
    assert_written_out(feed, f"{SHOWN_WHAT} till", SHOWN_WHO)
    calendar = client.get(f"/feeds/{make_feed_address(somebody, 'calendar')}/handslag.ics").text.replace("\r\n ", "")
    assert_written_out(calendar, f"{SHOWN_WHAT} till")
    choose_telling(somebody, how="daily", language="sv", no_news=True)
    assert send_digests(command_actor("digest"), now=timezone.now() + timedelta(days=1)) == (1, [])
    assert_written_out(mail.outbox[0].body, SHOWN_WHO)


def test_what_a_form_sends_back_is_what_it_was_given(logged_in):
    page = logged_in("reviewer").get(f"/commitments/add?what={'a' + chr(0x202E) + 'b'}").text
    assert "a\u202eb" in "".join(re.findall(r"(?s)<textarea.*?</textarea>", page))
