"""Who watches what, and what they note for themselves: only the first is in the trail, the rest is nobody's but theirs."""

from __future__ import annotations

from datetime import date, time

from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role, User
from handslag_hub.asking.models import NextDate, Note, Watch
from handslag_hub.asking.queries.watching import is_watched_by, may_watch
from handslag_hub.asking.subjects import Subject
from handslag_hub.store.erasing.guard import mask_text
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action
from handslag_hub.store.writing import log_action, one_writer

_MOST_DATES = 1000
_MOST_NOTES = 1000


def set_watcher(actor: Actor, subject: Subject, user: User, *, on: bool) -> Action:
    """Makes somebody the watcher of something, or no longer. Whoever reviews decides for others, everybody for themselves."""
    actor.require(Role.READER)
    if user.pk != actor.user_id:
        actor.require(Role.REVIEWER)
    if on and not may_watch(user, subject):
        raise Refused(_("%(name)s may not see this, so cannot watch it.") % {"name": user.get_username()})
    with one_writer():
        if is_watched_by(subject, user.pk) == on:
            raise Refused(_("That is so already."))
        action = log_action(actor, "watch" if on else "watch no longer", {"account": user.pk, "entity" if subject.entity else "theme": subject.uid})  # fmt: skip
        Watch.objects.create(**subject.columns, user=user, on=on, action=action)
    return action


def write_note(actor: Actor, subject: Subject, text: str) -> Note:
    """A note for its writer alone."""
    user = _own(actor)
    if not text.strip():
        raise Refused(_("Write something first."))
    with one_writer():
        if Note.objects.filter(user=user).count() >= _MOST_NOTES:
            raise Refused(_("You have %(most)d notes already: delete some.") % {"most": _MOST_NOTES})
        return Note.objects.create(**subject.columns, user_id=user, text=mask_text(text.strip()), at=timezone.now())


def delete_note(actor: Actor, note: Note) -> None:
    """Deletes a note of one's own, for good."""
    if note.user_id != _own(actor):
        raise Refused(_("There is no such note."))
    with one_writer():
        note.delete()


def set_next_date(actor: Actor, subject: Subject, *, day: date, at: time | None, what: str) -> NextDate:
    """When the actor means to look at something again."""
    user = _own(actor)
    now = timezone.now()
    with one_writer():
        if NextDate.objects.filter(user=user, taken_back_at=None).count() >= _MOST_DATES:
            raise Refused(_("You have %(most)d dates already: take some back.") % {"most": _MOST_DATES})
        return NextDate.objects.create(**subject.columns, uid=get_random_string(20, "abcdefghijklmnopqrstuvwxyz234567"), user_id=user,
            day=day, time=at, what=mask_text(what), made_at=now, changed_at=now)  # fmt: skip


def change_next_date(actor: Actor, there: NextDate, *, day: date, at: time | None, what: str) -> None:
    """Moves or renames a date of one's own. Calendars learn of it by its number, which is counted up."""
    _refuse_anothers(actor, there)
    with one_writer():
        there.refresh_from_db()
        if there.taken_back_at:
            raise Refused(_("This date was taken back."))
        if (there.day, there.time, there.what) == (day, at, what):
            return
        there.day, there.time, there.what = day, at, mask_text(what)
        _count_up(there)


def take_back_next_date(actor: Actor, there: NextDate) -> None:
    """Takes a date of one's own back; it stays in the calendar's feed for a while, as cancelled."""
    _refuse_anothers(actor, there)
    with one_writer():
        there.refresh_from_db()
        if there.taken_back_at is None:
            there.taken_back_at = timezone.now()
            _count_up(there)


def _count_up(there: NextDate) -> None:
    there.sequence += 1
    there.changed_at = timezone.now()
    there.save(update_fields=["day", "time", "what", "sequence", "changed_at", "taken_back_at"])


def _refuse_anothers(actor: Actor, there: NextDate) -> None:
    if there.user_id != _own(actor):
        raise Refused(_("There is no such date."))


def _own(actor: Actor) -> int:
    actor.require(Role.READER)
    if actor.user_id is None:
        raise Refused(_("Only somebody with an account has notes, dates and subscriptions."))
    return actor.user_id
