"""Keeping a second reading of a document whose text is the same: by a newer reader, or with more names known."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from handslag.reading.claims import claims_of
from handslag.reading.results import Reading
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action, Assertion, Document, Fact, Passage, Review
from handslag_hub.store.refresh import Added, refresh
from handslag_hub.store.refresh.additions import refresh_after_adding
from handslag_hub.store.services.extractors import reader_of
from handslag_hub.store.services.facts import FactsToKeep, keep_facts, unchanged
from handslag_hub.store.writing import log_action, one_writer


@dataclass(frozen=True, slots=True)
class Reread:
    """What a second reading changed: facts that are new or say something else, and facts that are proposed no longer.

    `action` is None where nothing changed.
    """

    action: Action | None
    added: int = 0
    changed: int = 0
    gone: int = 0


def keep_rereading(actor: Actor, document: Document, reading: Reading) -> Reread:
    """Keeps a second reading of a live document, as one action that can be undone.

    What is no longer proposed counts no longer, unless somebody reviewed it; what is proposed as before stays untouched; what was
    rejected stays rejected. Refused where the reading is of another text, or the document is removed.
    """
    actor.require(Role.REVIEWER)
    if reading.text != document.text:
        raise Refused(_("The reading is of another text than the document's."))
    with one_writer():
        document.refresh_from_db(fields=["live"])
        if not document.live:
            raise Refused(_("The document is removed: add it again first."))
        claimed = claims_of(reading, document.chain)
        proposed = {fact.uid for fact in claimed}
        on = _facts_on(document)
        known = dict(Fact.objects.filter(uid__in=proposed).values_list("uid", "pk"))
        same = unchanged(claimed, known) & set(on)
        news = [fact for fact in claimed if fact.uid not in same]
        gone = _never_reviewed({key for uid, key in on.items() if uid not in proposed})
        if not news and not gone:
            return Reread(None)
        action = log_action(actor, "read again", {"document": document.uid, "facts": len(news), "gone": len(gone)})
        added = [_keep(document, reading, news, action)] if news else []
        Assertion.objects.bulk_create(
            Assertion(fact_id=fact, document=document, on=False, cause="read again", action=action) for fact in sorted(gone)
        )  # fmt: skip
        made = {one.kept.keys[uid] for one in added for uid in one.kept.new}
        refresh(set(Assertion.objects.filter(action=action).values_list("fact", flat=True)) - made, added=added)
    more = sum(fact.uid not in on for fact in news)
    return Reread(action, added=more, changed=len(news) - more, gone=len(gone))


def _keep(document: Document, reading: Reading, news: list, action: Action) -> Added:
    wanted = {(place.start, place.end): place for fact in news for place in fact.passages}
    Passage.objects.bulk_create(
        [
            Passage(document=document, start=place.start, end=place.end, quote=place.quote, zone=place.zone)
            for place in wanted.values()
        ],
        ignore_conflicts=True,
    )
    rows = Passage.objects.filter(document=document).values_list("start", "end", "pk")
    places = {(start, end): pk for start, end, pk in rows if (start, end) in wanted}
    given = FactsToKeep(claimed=news, document=document, extractor=reader_of(reading), action=action, places=places, at=action.at, cause="read again")  # fmt: skip
    return refresh_after_adding(given, keep_facts(given))


def _facts_on(document: Document) -> dict[str, int]:
    """The facts that the document prints, as the log has it: uid → key."""
    last: dict[str, tuple[int, bool]] = {}
    entries = Assertion.objects.filter(document=document, action__undone=False).order_by("pk")
    for uid, key, on in entries.values_list("fact__uid", "fact", "on"):
        last[uid] = (key, on)
    return {uid: key for uid, (key, on) in last.items() if on}


def _never_reviewed(facts: set[int]) -> set[int]:
    return facts - set(Review.objects.filter(fact__in=facts, action__undone=False).values_list("fact", flat=True))
