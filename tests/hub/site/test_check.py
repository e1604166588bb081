"""`handslag hub check` tells what does not hold, and makes caches again when asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.hub.site.conftest import Hub

DAMAGES = {
    "label": "Entity.objects.filter(kind='organisation').update(label='Falskt')",
    "undone": "Action.objects.filter(verb='review').update(undone=True)",
    "removed": "Document.objects.filter(live=True).update(live=False)",
    "found": "SearchRow.objects.filter(fact=None).delete()",
    "index": "connection.cursor().execute(\"INSERT INTO store_searchindex(store_searchindex) VALUES ('delete-all')\")",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_is_told_and_made_again(new_hub: Callable[[str], Hub], damage: str):
    hub = new_hub("here")
    hub.fill()
    before = hub.dump()
    assert "All holds" in hub.verb("check")
    hub.run(f"from django.db import connection\nfrom handslag_hub.store.models import *\n{DAMAGES[damage]}")
    assert "All holds" not in hub.verb("check", status=1)
    assert "All holds" in hub.verb("check", "repair=True")
    assert hub.dump() == before


def test_a_damaged_original_and_a_false_passage_are_told(new_hub: Callable[[str], Hub]):
    hub = new_hub("here")
    hub.fill()
    paths = sorted(path for path in (hub.home / "originals").rglob("*") if path.is_file())
    paths[0].write_text("något annat")
    paths[1].unlink()
    hub.run("from handslag_hub.store.models import *\nPassage.objects.filter(pk=Passage.objects.first().pk).update(quote='nej')")  # fmt: skip
    told = hub.verb("check", status=1)
    assert paths[0].name in told and paths[1].name in told and "is not what the text says" in told
    assert "backup" in told
