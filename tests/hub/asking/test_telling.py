"""News: what is new since one was told, on the page, in the feed, by letter; to those who may see it then."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from handslag.kernel.claims import Claim, ClaimedFact, EntityKey, stable_uid
from handslag.reading.claims import period_claim
from handslag_hub.accounts.actors import Actor, actor_of, command_actor
from handslag_hub.accounts.models import User
from handslag_hub.asking.models import Subscription, Telling
from handslag_hub.asking.news_feed import address_of
from handslag_hub.asking.queries.news import news_of, subscriptions_of
from handslag_hub.asking.services.telling import (
    choose_telling,
    make_feed_address,
    mark_read,
    send_digests,
    subscribe,
)
from handslag_hub.asking.subjects import Subject
from handslag_hub.asking.wording import detail_words
from handslag_hub.following.services import tell
from handslag_hub.following.services.waiting import follow_until_none_waits
from handslag_hub.reading.naming import known_entity
from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.services import (
    TypedFact,
    change_visibility,
    judge_sameness,
    keep_reading,
    remove_document,
    review_fact,
    type_facts,
    undo_action,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MORE = """Region Norrholm fortsätter

Region Norrholm ska publicera en plan för hälsodata senast den 1 maj 2028.
"""


@pytest.fixture
def somebody(account, team) -> Actor:
    """A reader with an account."""
    return actor_of(account("reader", "lage"))


@pytest.fixture
def told(somebody, region) -> Actor:
    """Somebody who wants to be told of the region, of one commitment and of a theme."""
    clinic = Fact.objects.get(kind="commitment", about__label__contains="klinik").about
    for subject in (Subject(region, ""), Subject(clinic, ""), Subject(None, "health_data")):
        subscribe(somebody, subject, on=True)
    return somebody


def kinds(actor: Actor, since=None) -> list[list[str]]:
    return [[news.kind for news in one.news] for one in news_of(actor, subscriptions_of(actor), since)]


def clinic_fact() -> Fact:
    return Fact.objects.get(kind="commitment", about__label__contains="klinik")


def hear(reviewer: Actor, **more: object):
    given = {"says": "done", "by": "owner", "day": "2025-06-01", "words": "Kliniken är öppen.", "visibility": 0}
    return tell(reviewer, clinic_fact(), **(given | more))


def test_what_was_there_before_is_no_news(told):
    assert kinds(told) == [[], [], []]


def test_a_new_commitment_is_told_to_those_of_its_party_and_theme(told, reviewer, read_text):
    keep_reading(reviewer, read_text(MORE, said_on="2024-02-03"), address="https://example.org/more")
    assert kinds(told) == [["commitment"], [], ["commitment"]]


def test_two_that_were_said_to_be_the_same_are_told_of_once(told, reviewer, read_text, region):
    keep_reading(reviewer, read_text(MORE.replace("Region Norrholm", "Region Söderholm"), said_on="2024-02-03"), address="https://example.org/south")  # fmt: skip
    south = Entity.objects.get(kind="organisation", label="Region Söderholm")
    subscribe(told, Subject(south, ""), on=True)
    joined = judge_sameness(reviewer, region, south, "same")
    keep_reading(reviewer, read_text(MORE, said_on="2024-02-03"), address="https://example.org/more")
    assert [len(found) for found in kinds(told)] == [1 + 1, 0, 1 + 1]
    undo_action(reviewer, joined)
    assert len(kinds(told)) == 4


def test_what_was_heard_and_the_state_that_changed_are_told(told, reviewer):
    hear(reviewer)
    assert [sorted(found) for found in kinds(told)] == [["heard", "state"], ["heard", "state"], []]
    state = next(news for news in news_of(told, subscriptions_of(told), None)[1].news if news.kind == "state")
    assert (state.before, state.after) == ("stated", "reported done")
    mark_read(told, timezone.now())
    until = Telling.objects.get().read_until
    assert kinds(told, until) == [[], [], []]


RAIN = "Stadsnytt\n\nDet regnar i Umeå.\n"


@pytest.mark.parametrize(
    ("firmness", "says", "after"), [("underway", "underway", "underway"), ("promised", "delayed", "delayed")]
)
def test_a_silent_commitment_that_is_heard_of_again_was_silent_before(told, reviewer, read_text, firmness, says, after):
    if firmness != "promised":
        review_fact(reviewer, clinic_fact(), "correct", corrected={"firmness": [Claim(predicate="firmness", value=firmness, normal=firmness)]})  # fmt: skip
    page = keep_reading(reviewer, read_text(RAIN, said_on="2025-04-01"), address="https://example.org/rain").document
    other = keep_reading(reviewer, read_text(RAIN.replace("Umeå", "Kiruna"), said_on="2025-02-03"), address="https://example.org/snow").document  # fmt: skip
    until = timezone.now()
    hear(reviewer, says=says)

    def states() -> list[tuple[str, str]]:
        found = news_of(told, subscriptions_of(told), until)[1].news
        return [(news.before, news.after) for news in found if news.kind == "state"]

    assert page.live
    assert states() == [("nothing heard since", after)]
    # Where a page was removed since, the log is asked.
    remove_document(reviewer, other)
    assert states() == [("nothing heard since", after)]


def test_a_word_that_was_taken_back_is_told_as_the_state_that_changed(account, team, reviewer, region):
    # To those who review: who may see what nobody says any longer, nobody knows, so it is restricted.
    vera = actor_of(account("reviewer", "vera"))
    subscribe(vera, Subject(clinic_fact().about, ""), on=True)
    _fact, action = hear(reviewer)
    until = timezone.now()
    undo_action(reviewer, action)
    found = news_of(vera, subscriptions_of(vera), until)[0].news
    assert [(news.before, news.after) for news in found] == [("reported done", "nothing heard since")]


def test_a_page_about_something_else_is_no_news(told, reviewer, read_text):
    keep_reading(reviewer, read_text("Stadsnytt\n\nDet regnar i Umeå.\n", said_on="2026-03-01"))
    assert kinds(told) == [[], [], []]


def test_what_may_not_be_seen_is_not_told_and_what_may_no_longer_be_seen_neither(told, reviewer, read_text, pages):
    hear(reviewer, visibility=2)
    keep_reading(reviewer, read_text(MORE, said_on="2024-02-03"), visibility=2)
    assert kinds(told) == [[], [], []]
    hear(reviewer, words="Den är öppen.")
    assert "heard" in kinds(told)[1]
    change_visibility(reviewer, pages["public"], 2)
    # The commitment itself is gone for readers, and the region is known by nothing else.
    assert [one.subject.about for one in news_of(told, subscriptions_of(told), None)] == ["theme"]


AGAINST = """Region Norrholm räknar

Region Norrholm ska öppna tre mottagningar för patienter senast den 1 maj 2028.

Region Norrholm ökar anslaget till hemdialys med 50 procent, från 10 miljoner kronor till 12 miljoner kronor.
"""


def test_passages_against_each_other_are_told_to_those_of_whoever_the_page_names(told, reviewer, read_text):
    keep_reading(reviewer, read_text(AGAINST, said_on="2026-02-01"))
    follow_until_none_waits()
    assert Fact.objects.filter(kind="contradiction").count() == 1
    found = [[news for news in one.news if news.kind == "contradiction"] for one in news_of(told, subscriptions_of(told), None)]  # fmt: skip
    assert [len(news) for news in found] == [1, 0, 0]
    assert "50 procent" in detail_words(found[0][0])
    assert address_of(found[0][0]) == "/heard/against"
    change_visibility(reviewer, Fact.objects.get(kind="contradiction").document, 2)
    assert not any(news.kind == "contradiction" for one in news_of(told, subscriptions_of(told), None) for news in one.news)  # fmt: skip


def test_values_that_contradict_each_other_are_told_to_those_of_the_agreements_parties(told, reviewer, region):
    for day in ("2026-05-05", "2026-06-06"):
        claims = [Claim(predicate="name", value="Norravtalet", normal="norravtalet"), period_claim("date", day, "printed"),
            Claim(predicate="party", value=region.label, normal="region norrholm", object=known_entity(region))]  # fmt: skip
        kind = EntityKey("agreement", "norrholm norrland", "Norravtalet")
        type_facts(reviewer, [TypedFact(ClaimedFact(uid=stable_uid("typed", day, length=24), kind="agreement", subject=kind, claims=tuple(claims)))])  # fmt: skip
    found = news_of(told, subscriptions_of(told), None)
    assert [[(news.kind, news.values) for news in one.news] for one in found] == [[("contradiction", ("2026-05-05", "2026-06-06"))], [], []]  # fmt: skip
    assert address_of(found[0].news[0]).startswith("/conflicts/")


def test_a_removed_page_takes_its_news_with_it(told, reviewer, read_text):
    kept = keep_reading(reviewer, read_text(MORE, said_on="2024-02-03"))
    remove_document(reviewer, kept.document)
    assert kinds(told) == [[], [], []]


def test_the_number_of_queries_does_not_grow_with_the_news(told, reviewer, read_text, django_assert_max_num_queries):
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    def asked() -> int:
        mark = timezone.now() - timedelta(days=1)
        Subscription.objects.update(since=mark)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            news_of(told, list(subscriptions_of(told)), None)
        return len(queries)

    hear(reviewer)
    few = asked()
    for count in range(4):
        hear(reviewer, words=f"Kliniken är öppen, {count}.")
        keep_reading(reviewer, read_text(MORE.replace("plan", f"plan nummer {count}"), said_on="2024-02-03"))
    assert asked() <= few + 1


def feed_of(actor: Actor) -> ET.Element:
    path = f"/feeds/{make_feed_address(actor, 'news')}/handslag.atom"
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert make_feed_address.__name__
    assert path.split("/")[2] not in answer.content.decode()
    return ET.fromstring(answer.content)  # noqa: S314  our own


def test_the_feed_is_atom_with_ids_that_stay(told, reviewer, read_text):
    hear(reviewer, words="Klar & <b>öppen</b> \x0b ]]> slut")
    keep_reading(reviewer, read_text(MORE, said_on="2024-02-03"))
    feed, again = feed_of(told), feed_of(told)
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        assert element.find(f"{ATOM}id").text.startswith("tag:")
        assert element.find(f"{ATOM}title").text
        assert "T" in element.find(f"{ATOM}updated").text
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "Handslag"
    ids = [entry.find(f"{ATOM}id").text for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == 3
    assert ET.tostring(feed) == ET.tostring(again)
    heard = next(entry for entry in feed.findall(f"{ATOM}entry") if "/heard-" in entry.find(f"{ATOM}id").text)
    assert "Klar & <b>öppen</b>" in heard.find(f"{ATOM}summary").text
    assert [link.get("rel") for link in heard.findall(f"{ATOM}link")] == ["alternate"]


def test_an_empty_feed_is_a_feed(somebody):
    feed = feed_of(somebody)
    assert feed.findall(f"{ATOM}entry") == []
    assert feed.find(f"{ATOM}updated").text


def wants(actor: Actor, how: str = "daily", language: str = "sv", *, no_news: bool = False) -> None:
    choose_telling(actor, how=how, language=language, no_news=no_news)


COMMAND = command_actor("digest")


def test_a_letter_tells_what_is_new_once_in_the_language_of_whoever_gets_it(told, reviewer):
    wants(told)
    hear(reviewer)
    tomorrow = timezone.now() + timedelta(days=1)
    assert send_digests(COMMAND, now=tomorrow) == (1, [])
    letter = mail.outbox[0]
    assert letter.to == ["lage@example.org"]
    assert letter.subject == "Handslag: 4 nyheter"
    assert "Hört: gjort" in letter.body
    assert "Kliniken är öppen." in letter.body
    assert "http://127.0.0.1:8765/commitments/" in letter.body
    assert send_digests(COMMAND, now=tomorrow) == (0, [])
    assert send_digests(COMMAND, now=tomorrow + timedelta(days=1)) == (0, [])
    assert len(mail.outbox) == 1


def test_a_name_of_several_lines_makes_no_line_of_the_letter(told, reviewer, region):
    wants(told, no_news=True)
    forged = "- Hört: genomfört: allt är klart\n  https://evil.example/"
    Entity.objects.filter(pk=region.pk).update(label=f"Region Norrholm\n{forged}")
    hear(reviewer)
    send_digests(COMMAND, now=timezone.now() + timedelta(days=1))
    body = mail.outbox[0].body
    assert "evil.example" in body
    assert not any(line.strip().startswith(("https://evil", "- Hört: genomfört: allt")) for line in body.splitlines())


def test_no_news_is_told_when_asked_for_and_only_then(told):
    wants(told, language="en")
    tomorrow = timezone.now() + timedelta(days=1)
    assert send_digests(COMMAND, now=tomorrow) == (0, [])
    wants(told, language="en", no_news=True)
    assert send_digests(COMMAND, now=tomorrow + timedelta(days=1)) == (1, [])
    assert mail.outbox[0].subject == "Handslag: no news"
    assert mail.outbox[0].body.count("Nothing new.") == 3


def test_every_week_is_every_seventh_day(told):
    wants(told, how="weekly", no_news=True)
    now = timezone.now()
    assert [send_digests(COMMAND, now=now + timedelta(days=day))[0] for day in range(1, 16)] == [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0]  # fmt: skip


def test_whoever_lost_their_role_gets_nothing(told, reviewer):
    wants(told, no_news=True)
    hear(reviewer)
    User.objects.filter(pk=told.user_id).update(is_active=False)
    assert send_digests(COMMAND, now=timezone.now() + timedelta(days=1)) == (0, [])
    assert mail.outbox == []


def test_at_the_time_of_sending_it_is_asked_what_may_be_seen(told, reviewer, pages):
    wants(told)
    hear(reviewer)
    change_visibility(reviewer, pages["public"], 2)
    assert send_digests(COMMAND, now=timezone.now() + timedelta(days=1)) == (0, [])


def test_one_letter_that_cannot_be_sent_keeps_nobody_else_from_theirs(told, account, settings, monkeypatch):
    second = actor_of(account("reader", "vera"))
    for actor in (told, second):
        wants(actor, no_news=True)
    settings.EMAIL_BACKEND = "broken_mail.RefusesLage"
    tomorrow = timezone.now() + timedelta(days=1)
    sent, failed = send_digests(COMMAND, now=tomorrow)
    assert sent == 1
    assert [line.split(":")[0] for line in failed] == ["lage"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_digests(COMMAND, now=tomorrow) == (1, [])


def test_an_address_that_no_mail_can_have_keeps_nobody_else_from_theirs(told, account):
    second = actor_of(account("reader", "vera"))
    for actor in (told, second):
        wants(actor, no_news=True)
    User.objects.filter(pk=told.user_id).update(email=f"lage@{'ö' * 62}.example")
    sent, failed = send_digests(COMMAND, now=timezone.now() + timedelta(days=1))
    assert sent == 1
    assert [line.split(":")[0] for line in failed] == ["lage"]


@pytest.mark.parametrize("until", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01", ""])
def test_whatever_is_said_to_have_been_read_is_no_fault(told, until):
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=told.user_id), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/news/read", {"until": until}).status_code == 302


def test_the_page_tells_what_is_new_and_is_read_when_one_says_so(told, reviewer):
    hear(reviewer)
    client = Client()
    client.force_login(User.objects.get(pk=told.user_id), backend="django.contrib.auth.backends.ModelBackend")
    text = client.get("/news/").content.decode()
    assert "Kliniken är öppen." in text
    assert "Heard: done" in text
    client.post("/news/read", {"until": timezone.now().isoformat()})
    text = client.get("/news/").content.decode()
    assert "Kliniken är öppen." not in text
    assert text.count("Nothing new since") == 3
    client.post("/news/read", {"until": "2999-01-01T00:00:00+00:00"})
    assert Telling.objects.get().read_until <= timezone.now()
