"""`handslag hub digest`: sends letters with what is new to those who want them; to be run every day."""

from __future__ import annotations

import sys

from handslag_hub.site.starting import bring_up_to_date, set_up

set_up()

from django.utils.translation import gettext as _  # noqa: E402  needs `set_up`
from django.utils.translation import ngettext  # noqa: E402

from handslag_hub.accounts.actors import command_actor  # noqa: E402
from handslag_hub.asking.services.telling import send_digests  # noqa: E402
from handslag_hub.site.commands.language import speak_as_terminal  # noqa: E402


def run() -> int:
    """Sends what is due and says how many letters went out; status 1 where one could not be sent, which is tried again the next time."""
    speak_as_terminal()
    bring_up_to_date()
    sent, failed = send_digests(command_actor("digest"))
    print(ngettext("%(count)s letter was sent", "%(count)s letters were sent", sent) % {"count": sent})  # noqa: T201  this is the command line
    for line in failed:
        print(_("not sent: %(whom)s") % {"whom": line}, file=sys.stderr)  # noqa: T201  as above
    return 1 if failed else 0
