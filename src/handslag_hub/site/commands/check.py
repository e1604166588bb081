"""`handslag hub check`: whether everything holds that must; caches can be made again."""

from __future__ import annotations

import sys

from handslag_hub.site.starting import bring_up_to_date, set_up

set_up()

from django.utils.translation import gettext as _  # noqa: E402  needs `set_up`

from handslag_hub.site.commands.language import speak_as_terminal  # noqa: E402
from handslag_hub.site.keeping.problems import problems  # noqa: E402
from handslag_hub.site.keeping.repair import repair as repair_caches  # noqa: E402


def run(*, repair: bool = False) -> int:
    """Prints what does not hold and what to do; status 0 if all holds (after the repair, if one was asked for), otherwise 1."""
    speak_as_terminal()
    bring_up_to_date()
    if repair:
        repair_caches()
        _say(_("The caches were made again."))
    return tell_problems()


def tell_problems() -> int:
    """Prints the problems, and what to do about each kind; status 0 or 1."""
    kinds = set()
    for kind, line in problems():
        kinds.add(kind)
        _say(line)
    advice = {
        "caches": _("Caches differ from what the logs give: `handslag hub check --repair` makes them again."),
        "database": _("The database is damaged: restore the latest backup (`handslag hub restore`)."),
        "originals": _("Original files are not as they came in: put them back from a backup; what was read from them is not touched."),
    }  # fmt: skip
    for kind in sorted(kinds):
        print(advice[kind], file=sys.stderr)  # noqa: T201  this is the command line
    if not kinds:
        _say(_("All holds: the database, the passages, the original files, and every cache is what the logs give."))
    return 1 if kinds else 0


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  this is the command line
