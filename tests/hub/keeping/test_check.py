"""`handslag hub check` tells what does not hold, and makes caches again when asked."""

from __future__ import annotations

import pytest
from tests.hub.keeping.conftest import DUMP, Hub

DAMAGES = {
    "label": "Entity.objects.filter(kind='organisation').update(label='Falskt')",
    "undone": "Action.objects.filter(verb='review').update(undone=True)",
    "removed": "Document.objects.filter(live=True).update(live=False)",
    "found": "SearchRow.objects.filter(fact=None).delete()",
    "ledger": "CommitmentRow.objects.update(firmness='aim')",
    "trait": "Trait.objects.update(count=7)",
    "index": "connection.cursor().execute(\"INSERT INTO store_searchindex(store_searchindex) VALUES ('delete-all')\")",
    "garbled index": 'connection.cursor().execute("UPDATE store_searchindex_data SET block = zeroblob(40) WHERE id > 10")',
}


# Tries the command and says what it gave.
TRY = """
from handslag_hub.site.commands import check
from handslag_hub.commitments.models import CommitmentRow
from handslag_hub.register.models import Trait
from handslag_hub.store.models import *
from django.db import connection
def look(**options):
    print("status", check.run(**options))
"""


# One in the store, one in what another part keeps of it, one in the index; the others by `make sweep`.
FEW = {"label", "trait", "garbled index"}


@pytest.mark.parametrize("damages", [pytest.param(FEW, id="few"), pytest.param(DAMAGES.keys() - FEW, id="others", marks=pytest.mark.long)])  # fmt: skip
def test_damaged_caches_are_told_and_made_again(damages: set[str], filled: Hub, here: Hub):
    each = "".join(
        f"\nprint('damage {name}')\n{DAMAGES[name]}\nlook()\nlook(repair=True)\n" for name in sorted(damages)
    )
    told = here.run(TRY + "look()" + each + DUMP)
    clean, *parts = told.split("damage ")
    assert "All holds" in clean
    assert "status 0" in clean
    assert len(parts) == len(damages)
    for part in parts:
        broken, _, mended = part.partition("status 1")
        assert "All holds" not in broken
        assert "All holds" in mended, part
        assert "status 0" in mended
    assert here.dump == filled.dump


def test_damaged_originals_and_false_passages_are_told(here: Hub):
    paths = sorted(path for path in (here.home / "originals").rglob("*") if path.is_file())
    paths[0].write_text("något annat")
    paths[1].unlink()
    told = here.run(TRY + "Passage.objects.filter(pk=Passage.objects.first().pk).update(quote='nej')\nlook()")
    assert "status 1" in told
    assert paths[0].name in told
    assert paths[1].name in told
    assert "is not what the text says" in told
    assert "backup" in told


def test_following_says_that_the_encoder_is_missing(here: Hub):
    missing = "from handslag.following.linking import meaning\nmeaning._NEEDED += ('not_installed',)\n"
    run = "from handslag_hub.site.commands import follow\nfollow.run()"
    assert "the encoder of sentences is not installed" in here.run(missing + run)
    assert "encoder" not in here.run(run)
