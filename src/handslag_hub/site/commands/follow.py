"""`handslag hub follow`: what documents say of commitments is found, also in what was kept before."""

from __future__ import annotations

from handslag_hub.site.starting import bring_up_to_date, give_way, set_up

set_up()

from django.utils.translation import get_language, ngettext  # noqa: E402  needs `set_up`
from django.utils.translation import gettext as _  # noqa: E402

from handslag.following.linking.meaning import installed_meaning  # noqa: E402
from handslag.following.wording import said  # noqa: E402
from handslag_hub.following.services.waiting import follow_until_none_waits, let_all_wait  # noqa: E402
from handslag_hub.site.commands.language import speak_as_terminal  # noqa: E402
from handslag_hub.store.models import Fact  # noqa: E402


def run(*, anew: bool = False) -> int:
    """Links what waits, and all that this version has not linked (`anew`: all); prints how much was found, and if the encoder is
    missing. Status 0.
    """
    speak_as_terminal()
    bring_up_to_date()
    give_way()
    if not installed_meaning():
        missing = said("head", "no_encoder")
        _say(missing.sv if get_language() == "sv" else missing.en)
    let_all_wait(anew=anew)
    pages = follow_until_none_waits()
    heard = Fact.objects.filter(kind="evidence", counts=True).exclude(document=None).count()
    _say(ngettext("%(count)s page was looked at.", "%(count)s pages were looked at.", pages) % {"count": pages})
    _say(_("In all, %(count)s passages say something of a commitment.") % {"count": heard})
    return 0


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  this is the command line
