"""Letters: made of the party's own words, edited, finished, sent, withdrawn, reminded of."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email.header import decode_header, make_header
from email.utils import getaddresses

import pytest
from django.core import mail
from django.utils import timezone, translation

from handslag_hub.asking.composing import day_words, sentence_around, with_other_days
from handslag_hub.asking.models import AnswerAddress, Letter
from handslag_hub.asking.queries.choosing import askable
from handslag_hub.asking.queries.letters import overdue_letters, standings
from handslag_hub.asking.services.letters import (
    finish_letter,
    mail_letter,
    mark_sent,
    remind,
    rewrite_letter,
    save_letter,
    withdraw_letter,
    write_letter,
)
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Fact
from handslag_hub.store.services import change_visibility, remove_document, review_fact

pytestmark = pytest.mark.django_db


def day_words_in(language: str, day: date) -> str:
    with translation.override(language):
        return day_words(day)


@pytest.mark.parametrize(
    ("text", "passage", "said"),
    [
        (
            "Rubrik\n\nMötet var kort. Region Väst ska underteckna det i maj. Sedan regnade det.",
            "underteckna det",
            "Region Väst ska underteckna det i maj.",
        ),
        ("Vi ses. Region Väst ska\nunderteckna det", "underteckna det", "Region Väst ska\nunderteckna det"),
        ("underteckna det", "underteckna det", "underteckna det"),
        ("ord " * 200 + "underteckna det" + " ord" * 200, "underteckna det", "underteckna det"),
        ("Först. Region Väst ska börja. De ska sluta. Sist.", "börja. De ska", "Region Väst ska börja. De ska sluta."),
    ],
)
def test_a_passage_is_told_in_its_sentence(text, passage, said):
    start = text.index(passage)
    assert sentence_around(text, start, start + len(passage)) == said


def edited(letter: Letter, **changed: object) -> dict[str, object]:
    names = ("subject", "body", "name", "email", "answer_by", "works_until")
    return {name: getattr(letter, name) for name in names} | changed


def test_a_letter_has_the_very_passages_with_source_day_and_due_in_the_language_of_the_words(write, pages):
    letter = write()
    assert letter.language == "sv"
    items = list(letter.items.order_by("rank"))
    assert [item.quote in pages["public"].text for item in items] == [True, True]
    assert [item.source for item in items] == [pages["public"].title] * 2
    assert (
        items[0].quote == "Region Norrholm ska öppna en klinik för patienter i Skellefteå senast den 1 september 2025."
    )
    for item in items:
        assert f"“{item.quote}”" in letter.body or f"”{item.quote}”" in letter.body
    assert "Region Norrholm satsar på vård, 3 februari 2025" in letter.body
    assert "Senast: 1 september 2025" in letter.body
    assert "Senast: 15 december 2027" in letter.body
    assert "[adress]" in letter.body


def test_the_language_can_be_changed_and_the_quotes_stay(reviewer, write):
    letter = write()
    rewrite_letter(reviewer, letter, "en")
    assert "Due: 1 September 2025" in letter.body
    assert "öppna en klinik för patienter i Skellefteå" in letter.body
    with pytest.raises(Refused):
        rewrite_letter(reviewer, letter, "de")


def test_what_is_restricted_is_listed_but_never_told(reviewer, region):
    lines, _more = askable(reviewer, region)
    restricted = [line for line in lines if not line.may_be_told]
    assert len(restricted) == 1
    with pytest.raises(Refused, match="those who review"):
        write_letter(reviewer, region, [restricted[0].row.fact])


def test_silent_and_due_ones_are_told_apart(reviewer, region):
    due, _ = askable(reviewer, region, "due")
    silent, _ = askable(reviewer, region, "silent")
    assert [str(line.row.due_last) for line in due] == ["2025-09-01", "2026-03-01"]
    assert len(silent) == 3
    assert all(line.followed.silent_days > 365 for line in silent)


def test_a_changed_day_is_changed_in_the_text_too(reviewer, write):
    letter = write()
    today = timezone.localdate()
    save_letter(reviewer, letter, **edited(letter, answer_by=today + timedelta(days=7), works_until=letter.answer_by))
    letter.refresh_from_db()
    asked = re.search(r"senast den (.*?) på denna privata adress, som gäller till och med den (.*?):", letter.body)
    assert list(asked.groups()) == [day_words_in("sv", letter.answer_by), day_words_in("sv", letter.works_until)]


def test_days_that_change_places_do_not_run_into_each_other():
    day = timezone.localdate().replace(year=2027, month=5, day=1)
    other = day.replace(month=6)
    assert with_other_days("by 1 May 2027, until 1 June 2027", "en", [(day, other), (other, day)]) == "by 1 June 2027, until 1 May 2027"  # fmt: skip


def test_the_secret_is_kept_as_a_sum_only_and_a_new_one_ends_the_one_before(reviewer, write):
    letter = write()
    first = finish_letter(reviewer, letter)
    assert len(first) >= 43
    second = finish_letter(reviewer, letter)
    kept = AnswerAddress.objects.order_by("pk")
    assert [one.ended_at is None for one in kept] == [False, True]
    assert not any(first in str(vars(one)) or second in str(vars(one)) for one in [*kept, letter])


def test_without_a_place_for_the_address_a_letter_is_not_finished(reviewer, write):
    letter = write()
    save_letter(reviewer, letter, **edited(letter, body="Hej"))
    with pytest.raises(Refused, match="address"):
        finish_letter(reviewer, letter)


def test_by_mail_the_letter_goes_out_once_with_the_address_in_its_place(reviewer, write):
    letter = write()
    save_letter(reviewer, letter, **edited(letter, name="Åsa Öberg", email="asa@region.example"))
    mail_letter(reviewer, letter, "https://hub.example/answer/SECRET")
    assert len(mail.outbox) == 1
    sent = mail.outbox[0]
    assert sent.to == ["Åsa Öberg <asa@region.example>"] or "asa@region.example" in sent.to[0]
    secret = re.search(r"https://hub\.example/answer/(\S+)", sent.body).group(1)
    assert len(secret) >= 43
    assert "[adress]" not in sent.body
    with pytest.raises(Refused):
        mail_letter(reviewer, letter, "https://hub.example/answer/SECRET")
    assert len(mail.outbox) == 1


def test_where_the_mail_server_refuses_the_letter_is_a_draft_as_before(reviewer, write, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    letter = write()
    save_letter(reviewer, letter, **edited(letter, email="asa@region.example"))
    with pytest.raises(Refused, match="not sent"):
        mail_letter(reviewer, letter, "https://hub.example/answer/SECRET")
    letter.refresh_from_db()
    assert letter.sent_at is None
    assert not letter.addresses.filter(ended_at=None).exists()


def test_a_sent_letter_stays_as_it_is(reviewer, write):
    letter = write()
    with pytest.raises(Refused, match="Finish"):
        mark_sent(reviewer, letter)
    finish_letter(reviewer, letter)
    mark_sent(reviewer, letter)
    with pytest.raises(Refused, match="stays"):
        save_letter(reviewer, letter, **edited(letter, subject="x"))


def test_withdrawing_kills_every_address(reviewer, write):
    letter = write()
    finish_letter(reviewer, letter)
    mark_sent(reviewer, letter)
    withdraw_letter(reviewer, letter)
    assert not letter.addresses.filter(ended_at=None).exists()
    for change in (withdraw_letter, finish_letter, remind):
        with pytest.raises(Refused):
            change(reviewer, letter)


def test_overdue_letters_are_listed_until_somebody_is_reminded(reviewer, write):
    letter = write()
    finish_letter(reviewer, letter)
    mark_sent(reviewer, letter)
    later = letter.answer_by + timedelta(days=1)
    assert list(overdue_letters(reviewer, letter.answer_by)) == []
    assert list(overdue_letters(reviewer, later)) == [letter]
    assert [one.state for one in standings([letter], later)] == ["overdue"]
    reminder = remind(reviewer, letter)
    assert reminder.subject.startswith("Påminnelse: ")
    assert reminder.items.count() == 2
    assert list(overdue_letters(reviewer, later)) == [letter]
    finish_letter(reviewer, reminder)
    mark_sent(reviewer, reminder)
    assert list(overdue_letters(reviewer, later)) == [reminder]
    assert letter.addresses.filter(ended_at=None).exists()


def test_readers_write_no_letters(reader, reviewer, region, write):
    from django.core.exceptions import PermissionDenied  # noqa: PLC0415

    with pytest.raises(PermissionDenied):
        write_letter(reader, region, [Fact.objects.filter(kind="commitment").first()])


def test_the_list_asks_as_much_for_many_letters_as_for_one(reviewer, write, django_assert_max_num_queries):
    for count in (1, 4):
        while Letter.objects.count() < count:
            write()
        with django_assert_max_num_queries(1 + 3):
            assert len(standings(list(Letter.objects.select_related("party")), timezone.localdate())) == count


def test_what_may_no_longer_be_told_leaves_with_no_letter(reviewer, write, pages):
    """A draft holds the words of a page that was restricted, or removed, after it was written."""
    restricted, removed = write(), write()
    Letter.objects.update(email="halsa@norrholm.example")
    change_visibility(reviewer, pages["public"], 2)
    with pytest.raises(Refused):
        mail_letter(reviewer, restricted, "https://hub.example/SECRET")
    change_visibility(reviewer, pages["public"], 0)
    remove_document(reviewer, pages["public"])
    with pytest.raises(Refused):
        finish_letter(reviewer, removed)
    assert mail.outbox == []
    assert not AnswerAddress.objects.exists()


def test_a_reminder_asks_only_what_may_still_be_asked(reviewer, write, pages):
    letter = write()
    finish_letter(reviewer, letter)
    mark_sent(reviewer, letter)
    later = letter.answer_by + timedelta(days=1)
    review_fact(reviewer, letter.items.get(rank=1).fact, "reject")
    reminder = remind(reviewer, letter)
    assert [item.rank for item in reminder.items.all()] == [1]
    assert "Skellefteå" not in reminder.body
    change_visibility(reviewer, pages["public"], 2)
    with pytest.raises(Refused):
        remind(reviewer, letter)
    # Nobody can answer what is asked no longer.
    assert list(overdue_letters(reviewer, later)) == []
    assert [(one.state, one.left) for one in standings([letter], later)] == [("sent", 0)]


def test_a_day_that_changes_changes_no_word_of_the_party(reviewer, write):
    letter = write()
    due = date(2027, 12, 15)
    words = "rapport om hälsodata senast den 15 december 2027"
    for answer_by in (due, date(2027, 12, 16)):
        save_letter(reviewer, letter, **edited(letter, answer_by=answer_by, works_until=date(2027, 12, 20)))
        letter.refresh_from_db()
        assert words in letter.body
        assert "Senast: 15 december 2027" in letter.body
        assert f"Svara gärna senast den {answer_by.day} december 2027" in letter.body


def test_a_mail_goes_to_domains_with_any_letters(reviewer, write):
    letter = write()
    save_letter(reviewer, letter, **edited(letter, name="Växjös hälsa", email="halsa@växjö.example"))
    mail_letter(reviewer, letter, "https://hub.example/SECRET")
    (name, address), *others = getaddresses(mail.outbox[0].to)
    assert (str(make_header(decode_header(name))), address, others) == ("Växjös hälsa", "halsa@xn--vxj-qla6g.example", [])  # fmt: skip


def test_a_letter_to_an_address_that_no_mail_can_have_stays_a_draft(reviewer, write):
    letter = write()
    save_letter(reviewer, letter, **edited(letter, name="Växjös hälsa", email=f"halsa@{'ö' * 62}.example"))
    with pytest.raises(Refused):
        mail_letter(reviewer, letter, "https://hub.example/SECRET")
    letter.refresh_from_db()
    assert letter.sent_at is None
    assert mail.outbox == []


def test_what_stands_in_the_head_of_a_mail_is_one_line(reviewer, write, logged_in):
    letter = write()
    given = edited(letter, name="Växjö\r\nBcc: alla@example.org", subject="Fråga\nBcc: alla@example.org", email="halsa@norrholm.example")  # fmt: skip
    assert logged_in("reviewer").post(f"/letters/{letter.uid}", given).status_code == 302
    letter.refresh_from_db()
    assert (letter.name, letter.subject) == ("Växjö Bcc: alla@example.org", "Fråga Bcc: alla@example.org")
    mail_letter(reviewer, letter, "https://hub.example/SECRET")
    assert mail.outbox[0].recipients() == mail.outbox[0].to


def test_what_was_edited_in_a_draft_is_finished_and_sent(reviewer, write, logged_in):
    """Whoever edits the text and then asks to finish or to send it means the text before their eyes."""
    client, letter, sent = logged_in("reviewer"), write(), write()
    page = client.get(f"/letters/{letter.uid}").text
    assert re.search(r'<form[^>]* id="draft"', page)
    assert f'form="draft" formaction="/letters/{letter.uid}/finish"' in page
    given = edited(letter, body=letter.body.replace("Med vänlig hälsning", "Tack på förhand"))
    finished = client.post(f"/letters/{letter.uid}/finish", given).text
    assert "Tack på förhand" in finished
    assert "Med vänlig hälsning" not in finished
    assert client.post(f"/letters/{letter.uid}/finish", given | {"body": "Utan plats"}).status_code == 422
    Letter.objects.filter(pk=sent.pk).update(email="halsa@norrholm.example")
    given = edited(sent, body=sent.body.replace("Med vänlig hälsning", "Tack på förhand"), email="annan@norrholm.example")  # fmt: skip
    client.post(f"/letters/{sent.uid}/mail", given)
    # The button named another address.
    assert mail.outbox == []
    client.post(f"/letters/{sent.uid}/mail", given)
    assert [message.to for message in mail.outbox] == [["annan@norrholm.example"]]
    assert "Tack på förhand" in mail.outbox[0].body
