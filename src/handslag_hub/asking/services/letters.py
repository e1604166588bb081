"""Writing letters: made of the party's own words, edited, finished with a private address, sent, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor, Level
from handslag_hub.accounts.models import Role, User
from handslag_hub.asking.composing import OwnWords, compose, has_place, language_of, with_address, with_other_days
from handslag_hub.asking.models import AnswerAddress, Letter, LetterItem
from handslag_hub.asking.private_addresses import new_secret
from handslag_hub.asking.queries.answering import STILL_ASKED
from handslag_hub.asking.queries.choosing import words_of
from handslag_hub.asking.queries.letters import unanswered
from handslag_hub.design.shown import visible
from handslag_hub.store.erasing.guard import mask_text
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.writing import log_action, one_writer

# Days until an answer is asked for, and for how many days more the address works.
DAYS_TO_ANSWER, DAYS_MORE = 28, 28
LONGEST_DAYS = 366
MOST_ITEMS = 50


def write_letter(actor: Actor, party: Entity, facts: Sequence[Fact], *, language: str = "", otherwise: str = "en", reminds: Letter | None = None) -> Letter:  # fmt: skip
    """A draft that asks a party about these commitments, in the language of most of their words (`otherwise` where that is open)."""
    actor.require(Role.REVIEWER)
    if not facts:
        raise Refused(_("Choose at least one commitment to ask about."))
    if len(facts) > MOST_ITEMS:
        raise Refused(_("A letter asks about at most %(most)d commitments.") % {"most": MOST_ITEMS})
    if any(fact.level >= Level.RESTRICTED for fact in facts):
        raise Refused(_("What only those who review may see is not told in a letter."))
    words = words_of(actor, facts)
    language = language or language_of((fact.language for fact in facts), otherwise)
    today = timezone.localdate()
    answer_by = today + timedelta(days=DAYS_TO_ANSWER)
    works_until = answer_by + timedelta(days=DAYS_MORE)
    name, email = (reminds.name, reminds.email) if reminds else ("", "")
    with one_writer():
        letter = Letter(uid=get_random_string(16, "abcdefghijklmnopqrstuvwxyz234567"), party=party, language=language, name=name, email=email,
            answer_by=answer_by, works_until=works_until, reminds=reminds, user_id=actor.user_id, actor=actor.name, made_at=timezone.now())  # fmt: skip
        letter.subject, letter.body = _composed(letter, words)
        letter.save()
        LetterItem.objects.bulk_create(
            LetterItem(letter=letter, rank=rank, fact=fact, quote=one.quote, source=one.source[:1000], said_on=one.said_on,
                due=one.due[:200], language=fact.language)
            for rank, (fact, one) in enumerate(zip(facts, words, strict=True), 1)
        )  # fmt: skip
        log_action(actor, "write letter", {"letter": letter.uid, "entity": party.uid, "commitments": len(facts)})
    return letter


def remind(actor: Actor, letter: Letter) -> Letter:
    """A draft that reminds of a letter: about what was not answered yet. The address of the letter works on."""
    actor.require(Role.REVIEWER)
    if letter.sent_at is None or letter.withdrawn_at:
        raise Refused(_("Only a letter that was sent, and not withdrawn, can be reminded of."))
    left = unanswered(letter)
    if not left:
        raise Refused(_("Everything in this letter that may still be asked was answered."))
    return write_letter(actor, letter.party, [item.fact for item in left], language=letter.language, reminds=letter)


def save_letter(actor: Actor, letter: Letter, *, subject: str, body: str, name: str, email: str, answer_by: date, works_until: date) -> None:  # fmt: skip
    """Keeps a draft as it was edited. Days that changed are changed in the text, too. Refused where it was sent or withdrawn."""
    actor.require(Role.REVIEWER)
    with one_writer():
        letter.refresh_from_db()
        _refuse_unless_draft(letter)
        changed = [(letter.answer_by, answer_by), (letter.works_until, works_until)]
        quotes = list(letter.items.values_list("quote", flat=True))
        letter.body = with_other_days(mask_text(body), letter.language, changed, but=quotes)
        letter.subject, letter.name, letter.email = mask_text(subject), mask_text(name), email
        letter.answer_by, letter.works_until = answer_by, works_until
        letter.save(update_fields=["body", "subject", "name", "email", "answer_by", "works_until"])


def rewrite_letter(actor: Actor, letter: Letter, language: str) -> None:
    """Writes the draft anew in a language: what was edited in it is gone."""
    actor.require(Role.REVIEWER)
    if language not in {"sv", "en"}:
        raise Refused(_("Letters are written in Swedish or English."))
    with one_writer():
        letter.refresh_from_db()
        _refuse_unless_draft(letter)
        letter.language = language
        items = letter.items.order_by("rank")
        letter.subject, letter.body = _composed(letter, [OwnWords(item.quote, item.source, item.said_on, item.due) for item in items])  # fmt: skip
        letter.save(update_fields=["language", "subject", "body"])


def finish_letter(actor: Actor, letter: Letter) -> str:
    """Makes a private address for the letter; gives its secret, which nobody can be shown again. Addresses made before end."""
    actor.require(Role.REVIEWER)
    with one_writer():
        letter.refresh_from_db()
        _refuse_ended(letter)
        if letter.sent_at is None and letter.items.exclude(STILL_ASKED).exists():
            raise Refused(_("Something that this letter tells was restricted, rejected or removed since: withdraw it and write a new one."))  # fmt: skip
        if not has_place(letter.body):
            raise Refused(_("The text does not say where the address is to stand: write %(mark)s there.") % {"mark": _("[address]")})  # fmt: skip
        now = timezone.now()
        letter.addresses.filter(ended_at=None).update(ended_at=now)
        secret, kept = new_secret()
        AnswerAddress.objects.create(letter=letter, sha256=kept, made_at=now)
        log_action(actor, "make address", {"letter": letter.uid})
    return secret


def mark_sent(actor: Actor, letter: Letter) -> None:
    """Notes that the finished letter is on its way, by post or however else."""
    actor.require(Role.REVIEWER)
    with one_writer():
        letter.refresh_from_db()
        _refuse_unless_draft(letter)
        if not letter.addresses.filter(ended_at=None).exists():
            raise Refused(_("Finish the letter first: it has no address for the answer yet."))
        letter.sent_at = timezone.now()
        letter.save(update_fields=["sent_at"])
        log_action(actor, "send letter", {"letter": letter.uid, "entity": letter.party.uid})


def mail_letter(actor: Actor, letter: Letter, address: str) -> bool:
    """Finishes the letter and sends it by e-mail; `address` is that of the answer page with SECRET where the secret is to stand.

    Gives whether it went out, and not to the terminal only. Refused where the mail server does not take it: it is a draft again then.
    Nobody waits for the mail server but who sends: the letter is noted as sent before, so that it goes out once.
    """
    actor.require(Role.REVIEWER)
    if not letter.email:
        raise Refused(_("There is no e-mail address to send the letter to."))
    to = _receiver(letter.name, letter.email)
    with one_writer():
        letter.refresh_from_db()
        _refuse_unless_draft(letter)
        body = with_address(letter.body, address.replace("SECRET", finish_letter(actor, letter)))
        letter.sent_at, letter.by_mail = timezone.now(), True
        letter.save(update_fields=["sent_at", "by_mail"])
    writer = User.objects.filter(pk=actor.user_id).exclude(email="").first()
    message = EmailMessage(visible(letter.subject), visible(body), settings.DEFAULT_FROM_EMAIL, [to], reply_to=[writer.email] if writer else None)  # fmt: skip
    try:
        message.send()
    except (OSError, ValueError) as error:
        with one_writer():
            Letter.objects.filter(pk=letter.pk).update(sent_at=None, by_mail=False)
            letter.addresses.filter(ended_at=None).update(ended_at=timezone.now())
        raise Refused(_("The letter was not sent: %(why)s. It is a draft as before.") % {"why": error}) from error
    with one_writer():
        log_action(actor, "send letter", {"letter": letter.uid, "entity": letter.party.uid})
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def _receiver(name: str, email: str) -> str:
    """To whom a mail goes, as its head says it; the domain as the net knows it ("växjö.se" is xn--vxj-qla6g.se there)."""
    local, _at, domain = email.rpartition("@")
    try:
        address = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise Refused(_("The letter was not sent: %(why)s. It is a draft as before.") % {"why": error}) from error
    return formataddr((name, address)) if name else address


def withdraw_letter(actor: Actor, letter: Letter) -> None:
    """Takes a letter back: its addresses are dead from now on. What was answered stays."""
    actor.require(Role.REVIEWER)
    with one_writer():
        letter.refresh_from_db()
        if letter.withdrawn_at:
            raise Refused(_("This letter is withdrawn already."))
        letter.withdrawn_at = timezone.now()
        letter.save(update_fields=["withdrawn_at"])
        letter.addresses.filter(ended_at=None).update(ended_at=letter.withdrawn_at)
        log_action(actor, "withdraw letter", {"letter": letter.uid, "entity": letter.party.uid})


def _composed(letter: Letter, words: Sequence[OwnWords]) -> tuple[str, str]:
    sent = letter.reminds.sent_at if letter.reminds else None
    return compose(letter.language, party=str(letter.party), name=letter.name, words=words, answer_by=letter.answer_by,
        works_until=letter.works_until, writer=_writer_of(letter), reminds=timezone.localdate(sent) if sent else None)  # fmt: skip


def _writer_of(letter: Letter) -> str:
    user = User.objects.filter(pk=letter.user_id).first()
    return (user.get_full_name() or user.get_username()) if user and settings.TEAM else "…"


def _refuse_ended(letter: Letter) -> None:
    if letter.withdrawn_at:
        raise Refused(_("This letter is withdrawn."))
    if letter.works_until < timezone.localdate():
        raise Refused(_("The last day of the address has passed: choose a later one."))


def _refuse_unless_draft(letter: Letter) -> None:
    if letter.sent_at or letter.withdrawn_at:
        raise Refused(_("This letter was sent or withdrawn: it stays as it is."))
