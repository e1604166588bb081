"""Keeping a reading: the page, its facts and passages, joined to what earlier versions of the page said."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from rapidfuzz import fuzz

from handslag.kernel.claims import ClaimedFact, normal_words, stable_uid
from handslag.kernel.errors import BadPeriod
from handslag.kernel.passages import Passage as Place
from handslag.kernel.periods import last_day
from handslag.reading.claims import claims_of
from handslag.reading.results import Reading
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.store.bulk import insert_and_give_keys, insert_rows, select_rows
from handslag_hub.store.erasing.guard import guard_page, guarded_chain
from handslag_hub.store.likeness import likeness_of
from handslag_hub.store.models import (
    Action,
    Assertion,
    Document,
    Fact,
    FactPassage,
    Original,
    Passage,
    Presence,
    Review,
    Source,
    Status,
    Verdict,
)
from handslag_hub.store.models.documents import Visibility
from handslag_hub.store.refresh import refresh
from handslag_hub.store.refresh.additions import refresh_after_adding
from handslag_hub.store.refresh.facts import HEARD, typed_of_agreements
from handslag_hub.store.refresh.search import refresh_search
from handslag_hub.store.services.documents import add_document_again
from handslag_hub.store.services.extractors import reader_of
from handslag_hub.store.services.facts import FactsToKeep, keep_facts
from handslag_hub.store.services.originals import cover_kept
from handslag_hub.store.writing import log_action, one_writer

# Quotes of one kind that agree to this share of their letters are one sentence reworded (rapidfuzz ratio, 0 to 100).
_REWORDED = 80


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a page: `outcome` is new, version, same or again (added back after a removal)."""

    document: Document
    outcome: str
    facts: int = 0
    vanished: int = 0
    check_again: int = 0


def keep_reading(
    actor: Actor,
    reading: Reading,
    *,
    original: Original | None = None,
    address: str = "",
    visibility: int = 0,
    fetched_at: datetime | None = None,
    version_of: Document | None = None,
) -> Kept:
    """Keeps what was read of a page. The same page twice changes nothing; a newer version of it supersedes the older.

    `version_of` says by hand that the page is a newer version of one that has another address, or none.
    """
    actor.require(Role.REVIEWER)
    address = normal_address(address)
    sha256 = original.sha256 if original else hashlib.sha256(reading.text.encode()).hexdigest()
    # Facts are known again by the address as it came, the page is kept under one that names nobody who was erased.
    came_as = version_of.chain if version_of else chain_of(address, sha256)
    chain = guarded_chain(address, came_as)
    uid = stable_uid("document", chain, sha256)
    with one_writer():
        versions = _versions(chain)
        there = next((version for version in versions if version.sha256 == sha256), None)
        if there is not None and there.live:
            return Kept(there, "same")
        if there is not None:
            add_document_again(actor, there)
            return Kept(there, "again", facts=there.facts.count())
        guarded = guard_page(reading, claims_of(reading, came_as), address, chain)
        reading, claimed, address = guarded.reading, guarded.claimed, guarded.address
        if guarded.restricted:
            visibility = Visibility.RESTRICTED
        if guarded.masked and original is not None:
            cover_kept(original)
        earlier = next((version for version in reversed(versions) if version.live), None)
        action = log_action(actor, "add document", {"document": uid, "facts": len(claimed)})
        document = _write_document(reading, uid=uid, chain=chain, address=address, sha256=sha256, original=original,
            visibility=visibility, fetched_at=fetched_at or action.at, earlier=earlier)  # fmt: skip
        insert_rows(Presence, ("document", "present", "action"), [(document.pk, True, action.pk)])
        given = FactsToKeep(claimed=claimed, document=document, extractor=reader_of(reading), action=action, at=action.at,
            places=_write_passages(document, claimed))  # fmt: skip
        kept = keep_facts(given)
        added = refresh_after_adding(given, kept, new_page=True)
        rest = _facts_of_chain(chain) - set(kept.keys.values()) if versions else set()
        check_again = _mark_reworded(action, kept.keys, rest) if rest else 0
        # New facts are folded already; those known before, and those that this version has no longer, are folded now.
        again = {key for uid, key in kept.keys.items() if uid not in kept.new} | rest
        fresh = {kept.keys[uid] for uid in kept.new}
        # What an agreement is told by now lets others know what was typed of it.
        if any(fact.kind == "agreement" for fact in claimed if fact.uid in kept.new):
            again |= typed_of_agreements(fresh)
        refresh(again | fresh if check_again else again, added=[added])
        if earlier:
            refresh_search(documents=[earlier.pk])
        vanished = (
            Fact.objects.filter(pk__in=rest, counts=True, printed=False).exclude(kind__in=HEARD).count() if rest else 0
        )
    outcome = "version" if earlier else "new"
    return Kept(document, outcome, facts=len(kept.keys), vanished=vanished, check_again=check_again)


def _versions(chain: str) -> list[Document]:
    """The versions of a page that are here already, oldest first; of a new page nothing is made."""
    if not select_rows(Document, ("id",), chain=[chain]):
        return []
    return list(Document.objects.filter(chain=chain).order_by("pk").defer("text", "lines"))


def normal_address(address: str) -> str:
    """A web address without fragment, in one spelling of scheme and host; anything else as it is."""
    parts = urlsplit(address.strip())
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        return address.strip()
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, ""))


def chain_of(address: str, sha256: str) -> str:
    """What all versions of a page share: its address, or its first version's sum."""
    return stable_uid("page", address or sha256)


def _write_document(reading: Reading, *, uid: str, chain: str, address: str, sha256: str, original: Original | None,
    visibility: int, fetched_at: datetime, earlier: Document | None) -> Document:  # fmt: skip
    about = reading.document
    host = urlsplit(address).netloc if address.startswith(("http://", "https://")) else ""
    known = select_rows(Source, ("id",), key=[host or "files"])
    source = known[0][0] if known else Source.objects.create(key=host or "files", kind="site" if host else "files").pk
    return Document.objects.create(
        uid=uid, chain=chain, source_id=source, address=address[:2000], sha256=sha256, title=about.title[:1000], language=about.language,
        said_on=_last_day(about.said_on), said_period=about.said_on, said_precision=about.said_precision, said_basis=about.said_basis,
        fetched_at=fetched_at, text=reading.text, lines=[[line.start, line.end, line.zone, line.language] for line in reading.lines],
        warnings=[[notice.code, notice.message] for notice in reading.warnings], original=original, visibility=visibility,
        supersedes=earlier, reader=about.reader, likeness=likeness_of(reading.text),
    )  # fmt: skip


def _last_day(period: str) -> object:
    try:
        return last_day(period) if period else None
    except BadPeriod:
        return None


def _write_passages(document: Document, claimed: Sequence[ClaimedFact]) -> dict[tuple[int, int], int]:
    places: dict[tuple[int, int], Place] = {}
    for fact in claimed:
        for place in fact.passages:
            places.setdefault((place.start, place.end), place)
    rows = ((document.pk, place.start, place.end, place.quote, place.zone) for place in places.values())
    return insert_and_give_keys(Passage, ("document", "start", "end", "quote", "zone"), rows, ("start", "end"))


def _facts_of_chain(chain: str) -> set[int]:
    return set(Assertion.objects.filter(document__chain=chain, action__undone=False).values_list("fact", flat=True))


def _mark_reworded(action: Action, kept: dict[str, int], rest: set[int]) -> int:
    """Facts of this version that an earlier version has with other words, and that somebody reviewed: to be checked again.

    The mark belongs to the action that added the version: undone with it.
    """
    reviewed = (Status.ACCEPTED, Status.CORRECTED, Status.REJECTED)
    before = _quotes(rest, status__in=reviewed)
    new = _quotes(set(kept.values()), status=Status.UNREVIEWED)
    marked: list[tuple[int, int]] = []
    for fact, kind, about, quote in new:
        alike = [
            (fuzz.ratio(normal_words(quote), normal_words(old_quote)), old)
            for old, old_kind, old_about, old_quote in before
            if old_kind == kind and (kind not in {"organisation", "role", "event", "agreement"} or old_about == about)
        ]
        score, old = max(alike, default=(0, 0))
        if score >= _REWORDED:
            marked.append((fact, old))
    for fact, old in marked:
        Fact.objects.filter(pk=fact).update(rewords=old)
        Review.objects.create(fact_id=fact, verdict=Verdict.CHECK_AGAIN, action=action)
    return len(marked)


def _quotes(facts: set[int], **conditions: object) -> list[tuple[int, str, int, str]]:
    rows = FactPassage.objects.filter(fact__in=facts, rank=0, **{f"fact__{key}": value for key, value in conditions.items()})  # fmt: skip
    newest: dict[int, tuple[int, str, int, str]] = {}
    for fact, kind, about, quote in rows.order_by("passage__document").values_list("fact", "fact__kind", "fact__about", "passage__quote"):  # fmt: skip
        newest[fact] = (fact, kind, about, quote)
    return list(newest.values())
