"""Which documents are live, folded from the log of presences."""

from __future__ import annotations

from handslag_hub.store.models import Assertion, Document, Presence
from handslag_hub.store.refresh import refresh
from handslag_hub.store.refresh.search import refresh_search


def refresh_documents(documents: list[int]) -> None:
    """Folds the presence of these documents again, and the facts of all versions of their pages."""
    for document in Document.objects.filter(pk__in=documents):
        last = Presence.objects.filter(document=document, action__undone=False).order_by("pk").last()
        live = last is not None and last.present
        if live != document.live:
            document.live = live
            document.save(update_fields=["live"])
    chains = Document.objects.filter(pk__in=documents).values_list("chain", flat=True)
    # Also those of undone assertions: their facts may count no longer.
    facts = Assertion.objects.filter(document__chain__in=list(chains)).values_list("fact", flat=True)
    refresh(set(facts))
    refresh_search(documents=documents)
