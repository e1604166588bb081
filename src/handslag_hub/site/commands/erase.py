"""`handslag hub erase`: covers everything that names a person, for good."""

from __future__ import annotations

from handslag_hub.site.starting import bring_up_to_date, set_up

set_up()

from django.http import Http404  # noqa: E402  needs `set_up`
from django.utils.translation import gettext as _  # noqa: E402

from handslag.kernel.errors import HandslagError  # noqa: E402
from handslag_hub.accounts.actors import command_actor  # noqa: E402
from handslag_hub.site.commands.language import speak_as_terminal  # noqa: E402
from handslag_hub.store.access import access_entity_by_uid  # noqa: E402
from handslag_hub.store.erasing.services import erase_person  # noqa: E402


class NoSuchPerson(HandslagError):
    """An address under which no person is known."""


def run(uid: str, *, reason: str) -> int:
    """Erases the person at this address (restricts, under archive law); gives the exit status."""
    speak_as_terminal()
    bring_up_to_date()
    actor = command_actor("erase")
    try:
        person = access_entity_by_uid(actor, uid, "person")
    except Http404:
        raise NoSuchPerson(_("%(uid)s: no person has this address; it stands in the address of the person's page") % {"uid": uid}) from None  # fmt: skip
    erasure = erase_person(actor, person, reason)
    done = _("Restricted. Only those who review see it now.") if erasure.restricts else _("Erased.")
    print(f"{erasure.uid}: {done}")  # noqa: T201  this is the command line
    return 0
