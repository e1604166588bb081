"""Who or what gave a fact: a version of the reader, or a person."""

from __future__ import annotations

from handslag.reading.results import Reading
from handslag_hub.accounts.actors import Actor
from handslag_hub.store.bulk import select_rows
from handslag_hub.store.models import Extractor


def reader_of(reading: Reading) -> Extractor:
    """The extractor that stands for the reader of a page, in its version."""
    version = reading.document.reader.partition(" ")[2]
    reader = Extractor(name="handslag", version=version, parameters_hash="", is_human=False)
    known = select_rows(Extractor, ("id",), name=[reader.name], version=[version], parameters_hash=[""], is_human=[False])  # fmt: skip
    if known:
        reader.pk = known[0][0]
    else:
        reader.save()
    return reader


def person_of(actor: Actor) -> Extractor:
    """The extractor that stands for a person."""
    extractor, _made = Extractor.objects.get_or_create(name=actor.name, version="", parameters_hash="", is_human=True)
    return extractor
