"""Reading a document again with the reader as it is now."""

from __future__ import annotations

import time

from handslag.kernel.errors import UnreadableFile
from handslag.reading.deadline import Deadline
from handslag.reading.loading import LoadedDocument, load
from handslag.reading.reader import read_loaded
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.reading.names_known import names_known
from handslag_hub.reading.services.bringing import ending_of
from handslag_hub.reading.services.claiming import LIMITS
from handslag_hub.store.models import Document
from handslag_hub.store.services import Reread, keep_rereading
from handslag_hub.store.services.originals import original_path


def read_again(actor: Actor, document: Document) -> Reread:
    """Reads the document's own text again and keeps what is different now, as one action. UnreadableFile where it takes too long."""
    actor.require(Role.REVIEWER)
    reading = read_loaded(
        _loaded(document),
        said_on=document.said_period or None,
        gazetteer=names_known(),
        deadline=Deadline(LIMITS.reading_seconds, time.monotonic),
    )
    return keep_rereading(actor, document, reading)


def _loaded(document: Document) -> LoadedDocument:
    """The text that was kept, with the structure its file gives where that still gives the same text."""
    name = document.original.name if document.original else document.title or document.uid
    if document.original and not document.original.gone and not document.original.masked:
        path = original_path(document.original.sha256)
        try:
            loaded = load(path, name=name, ending=ending_of(name), limits=LIMITS)
        except UnreadableFile:
            # Its text was read once and is here: that is read, without the hints of its file.
            pass
        else:
            if loaded.text == document.text:
                return loaded
    return LoadedDocument(path=name, sha256=document.sha256, format="txt", text=document.text, title=document.title)
