"""Who acts: every write and every reading of what may be private takes an `Actor`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from handslag_hub.accounts.models import Role, User


class Level(IntEnum):
    """Who may see a document and all that rests on it; the stricter the higher."""

    PUBLIC = 0
    INTERNAL = 1
    RESTRICTED = 2


# Readers see what is public or internal; only those who review see what is restricted.
_SEES = {
    Role.READER: Level.INTERNAL,
    Role.REVIEWER: Level.RESTRICTED,
    Role.ADMINISTRATOR: Level.RESTRICTED,
}
_RANK = {"": 0, **{role: rank for rank, role in enumerate(Role.values, 1)}}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or a command, that reads or writes; `name` is what the trail says."""

    user_id: int | None
    name: str
    role: str

    @property
    def level(self) -> Level:
        """The strictest level that the actor sees; PermissionDenied for nobody in particular."""
        if not self.role:
            raise PermissionDenied(_("Log in first."))
        return _SEES[Role(self.role)]

    def may(self, role: str) -> bool:
        """True if the actor's role is `role` or more."""
        return _RANK[self.role] >= _RANK[role]

    def require(self, role: str) -> None:
        """PermissionDenied, with the reason, where the actor's role is less than `role`."""
        if not self.may(role):
            raise PermissionDenied(_("This needs the role “%(role)s”.") % {"role": Role(role).label})


NOBODY = Actor(None, "", "")


def actor_of(user: object) -> Actor:
    """The actor that a logged-in user is; NOBODY for an anonymous or closed account."""
    if isinstance(user, User) and user.is_active:
        return Actor(user.pk, user.get_username(), user.role)
    return NOBODY


def command_actor(command: str) -> Actor:
    """The actor of the command line: who runs it has the data's files, so it may do everything."""
    return Actor(None, f"handslag hub {command}", Role.ADMINISTRATOR)
