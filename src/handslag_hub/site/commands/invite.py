"""`handslag hub invite`: a new account; its owner chooses the password at the address that is printed."""

from __future__ import annotations

from handslag_hub.site.starting import bring_up_to_date, set_up

set_up()

from django.conf import settings  # noqa: E402  needs `set_up`
from django.utils.translation import gettext as _  # noqa: E402

from handslag.kernel.errors import HandslagError  # noqa: E402
from handslag_hub.accounts.actors import command_actor  # noqa: E402
from handslag_hub.accounts.services import invite_person, password_link  # noqa: E402
from handslag_hub.site.commands.language import speak_as_terminal  # noqa: E402


class NoAccounts(HandslagError):
    """A hub for one person has nobody to invite."""


def run(name: str, *, role: str, email: str) -> int:
    """Makes the account and prints the path of the page where its owner sets a password; gives the exit status."""
    speak_as_terminal()
    if not settings.TEAM:
        raise NoAccounts(_("this hub is for one person: set HANDSLAG_TEAM=1 to make it a team's, then invite"))
    bring_up_to_date()
    actor = command_actor("invite")
    user = invite_person(actor, name, role, email=email)
    path = password_link(actor, user)
    told = _("%(name)s is invited as %(role)s. Give them this address, added to the hub's own; it holds for three days, once:")  # fmt: skip
    print(told % {"name": user.username, "role": user.get_role_display()})  # noqa: T201  this is the command line
    print(path)  # noqa: T201  as above
    return 0
