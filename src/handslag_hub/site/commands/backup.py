"""`handslag hub backup`: one file with everything."""

from __future__ import annotations

import sys
from pathlib import Path

from handslag_hub.site.starting import bring_up_to_date, set_up

set_up()

from django.utils.translation import gettext as _  # noqa: E402  needs `set_up`
from django.utils.translation import ngettext  # noqa: E402

from handslag_hub.site.commands.language import speak_as_terminal  # noqa: E402
from handslag_hub.site.keeping.backup import back_up  # noqa: E402


def run(path: Path) -> int:
    """Writes the backup; status 1 where an original was not on the disk (the rest is in the file)."""
    speak_as_terminal()
    bring_up_to_date()
    manifest = back_up(path)
    documents, originals = manifest.rows("store.Document"), len(manifest.originals)
    print(_("%(path)s: %(documents)s documents, %(facts)s facts, %(originals)s original files, as of %(moment)s") % {  # noqa: T201  this is the command line
        "path": path, "documents": documents, "facts": manifest.rows("store.Fact"), "originals": originals, "moment": manifest.made_at})  # fmt: skip
    print(_("It holds all documents, whoever may see them, and can be read by whoever has it: keep it as you keep the hub. The hub's keys are not in it."))  # noqa: T201 # fmt: skip
    if manifest.missing:
        words = ngettext("%(count)s original file was not there: %(names)s", "%(count)s original files were not there: %(names)s", len(manifest.missing))  # fmt: skip
        print(words % {"count": len(manifest.missing), "names": ", ".join(manifest.missing[:5])}, file=sys.stderr)  # noqa: T201
    return 1 if manifest.missing else 0
