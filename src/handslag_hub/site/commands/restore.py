"""`handslag hub restore`: a backup becomes the hub, and is checked."""

from __future__ import annotations

import sys
from pathlib import Path

from handslag_hub.site.starting import set_up

set_up()

from django.utils.translation import gettext as _  # noqa: E402  needs `set_up`

from handslag_hub.site.commands.check import tell_problems  # noqa: E402
from handslag_hub.site.commands.language import speak_as_terminal  # noqa: E402
from handslag_hub.site.keeping.restore import restore  # noqa: E402


def run(path: Path, *, replace: bool = False) -> int:
    """Restores and checks; the status is that of the check."""
    speak_as_terminal()
    restored = restore(path, replace=replace)
    manifest = restored.manifest
    print(_("Restored as of %(moment)s: %(documents)s documents, %(facts)s facts, %(originals)s original files.") % {  # noqa: T201  this is the command line
        "moment": manifest.made_at, "documents": manifest.rows("store.Document"), "facts": manifest.rows("store.Fact"),
        "originals": len(manifest.originals)})  # fmt: skip
    if restored.erased_again:
        print(_("Erasures that were applied again: %(count)s.") % {"count": restored.erased_again})  # noqa: T201
    if restored.ended:
        print(_("Private addresses of answers, calendars and news, and tokens of the API, that worked when the backup was made: %(count)s. They are dead, as some may have been withdrawn since: make new ones.") % {"count": restored.ended})  # noqa: T201 # fmt: skip
    if restored.has_other_key:
        print(_("This hub has another key of erasures (erasure.key) than the one that made the backup: names erased there would not be known when a page is read again. Put that key in place first."), file=sys.stderr)  # noqa: T201 # fmt: skip
    return tell_problems()
