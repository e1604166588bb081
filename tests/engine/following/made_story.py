"""Documents over time for tests, as the reader gives them."""

from __future__ import annotations

import hashlib

from handslag.cli.following_documents import commitments_of, document_of
from handslag.following.documents import Commitment, Document
from handslag.following.following import follow
from handslag.following.results import Followed, Following
from handslag.reading.loading.document import LoadedDocument
from handslag.reading.reader import read_loaded
from handslag.reading.results import Reading

PROMISE = """\
Region Österdalen

Pressmeddelande 14 januari 2026

Region Österdalen ska öppna en testbädd för hemdialys i Almvik senast i juni 2026.

Region Österdalen ska också anställa fyra dialyssköterskor före sommaren.
"""
DONE = """\
Region Österdalen

Nyhet 2 juni 2026

Testbädden för hemdialys i Almvik öppnade i går, enligt plan.

Region Österdalen har anställt fyra dialyssköterskor sedan i april.
"""
OTHER = """\
Västerviks Kurir, 9 juni 2026

NOTISER
Region Halland har öppnat en testbädd för tandvård.
Handbollslaget värvar fyra nya spelare.
"""


def reading(text: str, path: str, said_on: str | None) -> Reading:
    """The text as a file of that name would be read."""
    sha256 = hashlib.sha256(f"{path}\n{text}".encode()).hexdigest()
    return read_loaded(LoadedDocument(path=path, sha256=sha256, format="txt", text=text), said_on=said_on)


def story(*pages: tuple[str, str | None]) -> tuple[list[Document], list[Commitment]]:
    """The documents and the commitments read in them; each page with its day."""
    readings = [reading(text, f"{number}.txt", day) for number, (text, day) in enumerate(pages, 1)]
    return [document_of(one) for one in readings], [c for one in readings for c in commitments_of(one)]


def followed(*pages: tuple[str, str | None], as_of: str = "2026-12-31") -> Following:
    documents, commitments = story(*pages)
    return follow(documents, commitments, as_of)


def about(following: Following, word: str) -> Followed:
    """The one commitment whose words hold `word`."""
    found = [item for item in following.commitments if word in item.commitment.what]
    assert len(found) == 1, [item.commitment.what for item in following.commitments]
    return found[0]
