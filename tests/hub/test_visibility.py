"""Restricted documents leave no trace for readers: every address that reads, as it is with and without them."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator

import pytest
from canaries import CANARY, keep_hidden, keep_visible
from django.http import HttpResponse
from django.test import Client
from site_addresses import Address, known_keys, known_uids, paths_of, site_addresses

pytestmark = pytest.mark.django_db
# Asked with words that only restricted documents have, and as of days on which they were there.
QUESTIONS = ("", "?q=kanariby", "?q=zebrafink+holding", "?q=Region+Sk%C3%A5ne", "?q=Kanarine", "?on=2031-12-31", "?on=2031-12-31&held=1", "?page=2")  # fmt: skip
_CHANGING = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|name="csrf-token" content="[^"]*"|"csrf_?[tT]oken": ?"[^"]*"'
)
_FOUND = 200


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A refusal is no news here."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def pages() -> list[Address]:
    """Every address of ours that a reader may ask; those that only take POST answer 405."""
    return [address for address in site_addresses() if address.is_ours and not address.name.startswith("health")]


def body_of(response: HttpResponse) -> bytes:
    """All bytes of the answer, those in packed files unpacked."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return b"\n".join(packed.read(name) for name in sorted(packed.namelist()))
    return _CHANGING.sub(b"", content) + "".join(f"\n{name}: {value}" for name, value in sorted(response.items()) if name not in {"ETag", "Date", "Last-Modified"}).encode()  # fmt: skip


def crawl(client: Client, uids: set[str], keys: set[int]) -> dict[str, tuple[int, bytes]]:
    """Path → status and body, of every address with everything that it can be asked for."""
    found = {}
    for address in pages():
        for path in paths_of(address, sorted(uids), sorted(keys)):
            for question in QUESTIONS if not address.arguments else QUESTIONS[:1]:
                response = client.get(path + question)
                found[path + question] = (response.status_code, body_of(response))
    return found


def test_a_reader_sees_the_same_with_and_without_restricted_documents(logged_in, reviewer, read_text, settings):
    settings.LIMITS_PER_MINUTE = {}
    client = logged_in("reader")
    keep_visible(reviewer, read_text)
    uids, keys = known_uids(), known_keys()
    before = crawl(client, uids, keys)
    keep_hidden(reviewer, read_text)
    hidden = known_uids() - uids
    assert len(hidden) > 10
    after = crawl(client, uids, keys)
    assert [path for path in before if before[path] != after[path]] == []
    assert told_apart(client, hidden) == []


def told_apart(client: Client, hidden: set[str]) -> list[str]:
    """The paths to which what is hidden is answered otherwise than what never was."""
    found = []
    for address in pages():
        if all(converter != "StringConverter" for _, converter in address.arguments):
            continue
        for path in paths_of(address, sorted(hidden), [1]):
            uids = [uid for uid in hidden if uid in path]
            made_up = path
            for uid in uids:
                made_up = made_up.replace(uid, "z" * len(uid))
            asked, never = client.get(path), client.get(made_up)
            bodies = [
                re.sub("|".join([*uids, "z{16,24}"]).encode(), b"", body_of(response)) for response in (asked, never)
            ]
            if asked.status_code != never.status_code or bodies[0] != bodies[1]:
                found.append(path)
    return found


def test_the_corpus_would_leak(logged_in, reviewer, read_text):
    """The restricted page changes what those see who may: otherwise the test above would show nothing."""
    keep_visible(reviewer, read_text)
    keep_hidden(reviewer, read_text)
    seen = crawl(logged_in("reviewer"), set(), set())
    assert any(CANARY.search(body) for status, body in seen.values() if status == _FOUND)


def test_hidden_first_makes_no_difference(logged_in, reviewer, read_text, settings):
    """What a restricted document gave first (an entity, its name) stays hidden when a public one gives the entity, too."""
    settings.LIMITS_PER_MINUTE = {}
    keep_hidden(reviewer, read_text)
    keep_visible(reviewer, read_text)
    for path, (_, body) in crawl(logged_in("reader"), known_uids(), known_keys()).items():
        assert "?q=" in path or not CANARY.search(body.replace(path.encode(), b"")), path
