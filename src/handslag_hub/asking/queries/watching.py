"""Who watches what, and what somebody noted for themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from handslag_hub.accounts.actors import Actor, actor_of
from handslag_hub.accounts.models import LAPTOP_USER, Role, User
from handslag_hub.asking.models import NextDate, Note, Watch
from handslag_hub.asking.models.subjects import AboutSomething
from handslag_hub.asking.subjects import Subject
from handslag_hub.commitments.models import CommitmentRow
from handslag_hub.following.queries.states import Followed, Word, states_of
from handslag_hub.store.models import Entity

# What was taken back stays so long in the calendar's feed, as cancelled, for calendars that look seldom.
_CANCELLED_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class DueDay:
    """The last day on which a watched commitment is due, as the newest of what states it has it; and where it stands."""

    uid: str
    what: str
    day: date
    known_at: datetime
    followed: Followed | None = None

    @property
    def changed_at(self) -> datetime:
        """When it, or what was heard of it, came in last."""
        heard = self.followed.heard if self.followed else ()
        return max([self.known_at, *(word.fact.created_at for word in heard)])

    @property
    def last_word(self) -> Word | None:
        """The newest word that the state may count."""
        counting = [word for word in (self.followed.heard if self.followed else ()) if word.moves and word.said_on]
        return counting[-1] if counting else None


def watches_now() -> QuerySet[Watch]:
    """The entries of the log that hold: the last that counts for somebody and something, where it says "on"."""
    counting = Watch.objects.filter(action__undone=False)
    same = Q(entity__canonical=OuterRef("entity__canonical")) | Q(entity=None, theme=OuterRef("theme"), theme__gt="")
    later = counting.filter(same, user=OuterRef("user"), pk__gt=OuterRef("pk"))
    return counting.filter(~Exists(later), on=True)


def watchers_of(subject: Subject) -> list[User]:
    """Who watches something, of those whose account is open."""
    watching = watches_now().filter(subject.condition, user__is_active=True)
    return list(User.objects.filter(pk__in=watching.values("user")).order_by("username"))


def is_watched_by(subject: Subject, user: int) -> bool:
    """True if somebody watches it now."""
    return watches_now().filter(subject.condition, user=user).exists()


def watched_by(actor: Actor) -> list[Subject]:
    """What the actor watches and may see, the latest first."""
    rows = watches_now().filter(user=actor.user_id).select_related("entity__canonical").order_by("-pk")
    return [subject for subject in subjects_of(actor, rows) if subject is not None]


def subjects_of(actor: Actor, rows: Iterable[AboutSomething]) -> list[Subject | None]:
    """What each row is about; None for what the actor may not see (any longer). No query, if rows come with `entity__canonical`."""
    found: list[Subject | None] = []
    for row in rows:
        if row.entity is None:
            found.append(Subject(None, row.theme))
            continue
        entity = row.entity.canonical or row.entity
        found.append(Subject(entity, "") if may_see(actor, entity) else None)
    return found


def may_see(actor: Actor, entity: Entity) -> bool:
    """True if something is known of the entity at the actor's level."""
    return entity.level is not None and entity.level <= actor.level


def notes_of(actor: Actor, subject: Subject) -> QuerySet[Note]:
    """The actor's own notes about something, the newest first."""
    return Note.objects.filter(subject.condition, user=actor.user_id).order_by("-pk")


def dates_of(actor: Actor, subject: Subject | None = None) -> QuerySet[NextDate]:
    """The actor's own next dates, about something or all, the next first."""
    dates = NextDate.objects.filter(user=actor.user_id, taken_back_at=None)
    if subject is not None:
        dates = dates.filter(subject.condition)
    return dates.select_related("entity__canonical").order_by("day", "time", "pk")


def dates_for_calendar(actor: Actor) -> list[tuple[NextDate, Subject | None]]:
    """All dates of the actor, those taken back lately too, with what they are about (None: not to be seen any longer)."""
    recent = Q(taken_back_at=None) | Q(taken_back_at__gte=timezone.now() - _CANCELLED_FOR)
    rows = list(NextDate.objects.filter(recent, user=actor.user_id).select_related("entity__canonical").order_by("pk"))
    return list(zip(rows, subjects_of(actor, rows), strict=True))


def due_days_watched(actor: Actor) -> list[DueDay]:
    """The due days of the commitments that the actor watches and may see, with where they stand. A dozen queries, however many."""
    watched = [subject.entity for subject in watched_by(actor) if subject.about == "commitment"]
    rows = CommitmentRow.objects.filter(about__in=watched, level__lte=actor.level, due_last__isnull=False).select_related("about")  # fmt: skip
    newest = {row.about_id: row for row in rows.order_by("said", "pk")}
    followed = states_of(actor, [row.pk for row in newest.values()])
    return [DueDay(row.about.uid, row.what, row.due_last, row.created_at, followed.get(row.pk)) for row in newest.values()]  # fmt: skip


def people_who_may_watch(actor: Actor, subject: Subject, but: Iterable[User]) -> list[User]:
    """Whom those who review may make a watcher: open accounts that may see the thing, but for these."""
    if not actor.may(Role.REVIEWER):
        return []
    without = {user.pk for user in but} | {actor.user_id}
    people = User.objects.filter(is_active=True).exclude(username=LAPTOP_USER).order_by("username")
    return [user for user in people if user.pk not in without and may_watch(user, subject)]


def may_watch(user: User, subject: Subject) -> bool:
    """True for somebody who may see what is to be watched."""
    owner = actor_of(user)
    return bool(owner.role) and (subject.entity is None or may_see(owner, subject.entity))
