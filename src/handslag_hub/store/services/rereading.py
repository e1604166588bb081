"""Keeping a second reading of a document whose text is the same: by a newer reader, or with more names known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from handslag.kernel.claims import ClaimedFact
from handslag.kernel.passages import Passage as Place
from handslag.reading.claims import claims_of
from handslag.reading.results import Reading
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.store.errors import Refused
from handslag_hub.store.fold import STRICTEST
from handslag_hub.store.models import Action, Assertion, Document, Extractor, Fact, FactPassage, Passage, Review
from handslag_hub.store.refresh import Added, refresh
from handslag_hub.store.refresh.additions import refresh_after_adding
from handslag_hub.store.refresh.facts import HEARD, OF, strictness_of, typed_of_agreements
from handslag_hub.store.services.extractors import reader_of
from handslag_hub.store.services.facts import FactsToKeep, find_entities, keep_facts, unchanged
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
        return _keep_difference(actor, document, claims_of(reading, document.chain), reader_of(reading), "read again")


def keep_heard(
    actor: Actor,
    document: Document,
    claimed: Sequence[ClaimedFact],
    extractor: Extractor,
    elsewhere: Mapping[str, tuple[Document, Place]] | None = None,
) -> Reread:
    """Keeps what a live document says of commitments, as `keep_rereading` keeps what else it says: as one action, and only what differs.

    `elsewhere` has, for a contradiction, the passage of another document. Refused where the document is removed.
    """
    actor.require(Role.REVIEWER)
    with one_writer():
        document.refresh_from_db(fields=["live", "visibility"])
        if not document.live:
            raise Refused(_("The document is removed: add it again first."))
        return _keep_difference(actor, document, claimed, extractor, "follow", elsewhere or {})


def _keep_difference(actor: Actor, document: Document, claimed: Sequence[ClaimedFact], extractor: Extractor, verb: str, elsewhere: Mapping[str, tuple[Document, Place]] | None = None) -> Reread:  # fmt: skip
    proposed = {fact.uid for fact in claimed}
    on = _facts_on(document, is_evidence=verb == "follow")
    known = dict(Fact.objects.filter(uid__in=proposed).values_list("uid", "pk"))
    same = unchanged(claimed, known) & set(on)
    news = [fact for fact in claimed if fact.uid not in same]
    gone = _never_reviewed({key for uid, key in on.items() if uid not in proposed})
    if not news and not gone:
        return Reread(None)
    action = log_action(actor, verb, {"document": document.uid, "facts": len(news), "gone": len(gone)})
    added = _keep(document, news, extractor, action) if news else []
    Assertion.objects.bulk_create(
        Assertion(fact_id=fact, document=document, on=False, cause=verb, action=action) for fact in sorted(gone)
    )
    _keep_elsewhere(action, {uid: key for one in added for uid, key in one.kept.keys.items()}, elsewhere or {})
    made = {one.kept.keys[uid] for one in added for uid in one.kept.new if uid not in (elsewhere or {})}
    again = set(Assertion.objects.filter(action=action).values_list("fact", flat=True)) - made
    refresh(again | typed_of_agreements(made), added=added)
    more = sum(fact.uid not in on for fact in news)
    return Reread(action, added=more, changed=len(news) - more, gone=len(gone))


def _keep(document: Document, news: Sequence[ClaimedFact], extractor: Extractor, action: Action) -> list[Added]:
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
    levels = _strictness(news)
    found = []
    for level in sorted({levels.get(fact.uid, 0) for fact in news}):
        given = FactsToKeep(claimed=[fact for fact in news if levels.get(fact.uid, 0) == level], document=document, extractor=extractor,
            action=action, places=places, at=action.at, cause=action.verb, visibility=level or None)  # fmt: skip
        found.append(refresh_after_adding(given, keep_facts(given)))
    return found


def _keep_elsewhere(action: Action, keys: Mapping[str, int], elsewhere: Mapping[str, tuple[Document, Place]]) -> None:
    """The other sides of contradictions: they rest on both documents, and are folded once both are written."""
    for uid, (other, place) in elsewhere.items():
        if uid not in keys:
            continue
        passage, _made = Passage.objects.get_or_create(document=other, start=place.start, end=place.end, defaults={"quote": place.quote, "zone": place.zone})  # fmt: skip
        FactPassage.objects.get_or_create(fact_id=keys[uid], passage=passage, defaults={"rank": 1})
        Assertion.objects.create(fact_id=keys[uid], document=other, on=True, cause=action.verb, action=action)


def _strictness(claimed: Sequence[ClaimedFact]) -> dict[str, int]:
    """Evidence is never less strict than what it is of."""
    of = {fact.uid: [claim.object.uid for claim in fact.claims if claim.predicate == OF and claim.object] for fact in claimed}  # fmt: skip
    keys = find_entities({uid for uids in of.values() for uid in uids})
    levels = strictness_of(keys.values())
    return {
        fact: max((levels[keys[uid]] if uid in keys else STRICTEST for uid in uids), default=0)
        for fact, uids in of.items()
    }


def _facts_on(document: Document, *, is_evidence: bool) -> dict[str, int]:
    """The facts that the document prints, as the log has it: uid → key; those of what it says of commitments, or the others."""
    last: dict[str, tuple[int, bool]] = {}
    entries = Assertion.objects.filter(document=document, action__undone=False).order_by("pk")
    entries = entries.filter(fact__kind__in=HEARD) if is_evidence else entries.exclude(fact__kind__in=HEARD)
    for uid, key, on in entries.values_list("fact__uid", "fact", "on"):
        last[uid] = (key, on)
    return {uid: key for uid, (key, on) in last.items() if on}


def _never_reviewed(facts: set[int]) -> set[int]:
    return facts - set(Review.objects.filter(fact__in=facts, action__undone=False).values_list("fact", flat=True))
