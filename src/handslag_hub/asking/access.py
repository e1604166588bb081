"""The doors to letters and answers (for those who review), to what somebody watches, and to what opens by a secret alone."""

from __future__ import annotations

from datetime import date

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from handslag.vocabulary.load import vocabulary
from handslag_hub.accounts.actors import Actor, actor_of
from handslag_hub.accounts.models import Role
from handslag_hub.asking.models import Answer, AnswerAddress, FeedAddress, Letter, NextDate, Note
from handslag_hub.asking.private_addresses import sum_of
from handslag_hub.asking.subjects import Subject
from handslag_hub.store.access import access_entity_by_uid

_PARTIES = ("organisation", "person")


def access_letter_by_uid(actor: Actor, uid: str) -> Letter:
    """The letter at this address, for those who review; Http404 otherwise."""
    found = Letter.objects.filter(uid=uid).select_related("party__canonical", "reminds").first() if actor.may(Role.REVIEWER) else None  # fmt: skip
    if found is None:
        raise Http404(_("There is no such letter."))
    return found


def access_answer_by_key(actor: Actor, key: int) -> Answer:
    """An answer, for those who review; Http404 otherwise."""
    found = Answer.objects.filter(pk=key).select_related("item__letter", "item__fact__about__canonical").first() if actor.may(Role.REVIEWER) else None  # fmt: skip
    if found is None:
        raise Http404(_("There is no such answer."))
    return found


def access_subject(actor: Actor, about: str, uid: str) -> Subject:
    """A commitment, a party or a theme that the actor may see; Http404 otherwise."""
    if about == "theme":
        if uid not in vocabulary("labels")["theme"]:
            raise Http404(_("There is no such theme."))
        return Subject(None, uid)
    kinds = {"commitment": ("commitment",), "party": _PARTIES}.get(about)
    if kinds is None:
        raise Http404(_("There is no such page."))
    return Subject(access_entity_by_uid(actor, uid, *kinds).canonical, "")


def access_note_by_key(actor: Actor, key: int) -> Note:
    """A note of the actor's own; Http404 for anybody else's."""
    found = Note.objects.filter(pk=key, user_id=actor.user_id).first() if actor.user_id else None
    if found is None:
        raise Http404(_("There is no such note."))
    return found


def access_next_date_by_uid(actor: Actor, uid: str) -> NextDate:
    """A next date of the actor's own; Http404 for anybody else's."""
    found = NextDate.objects.filter(uid=uid, user_id=actor.user_id).first() if actor.user_id else None
    if found is None:
        raise Http404(_("There is no such date."))
    return found


def access_answer_address_by_secret(secret: str) -> AnswerAddress:
    """The private address with this secret, whether it still works or not; Http404 for one that never was."""
    found = AnswerAddress.objects.filter(sha256=sum_of(secret)).select_related("letter").first()
    if found is None:
        raise Http404(_("There is no such address. Look whether it was copied whole."))
    return found


def works(address: AnswerAddress, today: date) -> bool:
    """True while answers are taken at the address: its letter is neither withdrawn nor over, and no newer address took its place."""
    letter = address.letter
    return address.ended_at is None and letter.withdrawn_at is None and today <= letter.works_until


def access_owner_by_secret(kind: str, secret: str) -> Actor:
    """Whose feed this is, with the role they have now; Http404 where it was taken back, or its owner has no role any longer."""
    found = FeedAddress.objects.filter(sha256=sum_of(secret), kind=kind, revoked_at=None).select_related("user").first()
    owner = actor_of(found.user) if found else None
    if found is None or owner is None or not owner.role:
        raise Http404(_("There is no such feed."))
    today = timezone.localdate()
    if found.used_on != today:
        FeedAddress.objects.filter(pk=found.pk).update(used_on=today)
    return owner
