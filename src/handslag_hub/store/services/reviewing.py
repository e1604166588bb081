"""Reviewing: verdicts on facts, and corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from handslag.kernel.claims import Claim
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.store.erasing.guard import mask_corrections, mask_text
from handslag_hub.store.errors import Overtaken, Refused
from handslag_hub.store.models import Action, Document, Fact, Review, Statement, Status, Verdict
from handslag_hub.store.refresh import refresh
from handslag_hub.store.services.extractors import person_of
from handslag_hub.store.services.facts import find_or_make_entities
from handslag_hub.store.writing import log_action, one_writer


class Judged(NamedTuple):
    """One fact of several that are reviewed together; `corrected` and `seen` as `review_fact` has them."""

    fact: Fact
    verdict: str
    corrected: Mapping[str, Sequence[Claim]] = {}
    seen: int | None = None


def review_fact(
    actor: Actor,
    fact: Fact,
    verdict: str,
    *,
    corrected: Mapping[str, Sequence[Claim]] | None = None,
    note: str = "",
    seen: int | None = None,
) -> Action:
    """Adds a verdict. `corrected` gives, for a correction, the values of each predicate that it replaces (none: no such value).

    `seen` is the last review (its key, 0 for none) that the reviewer had before their eyes: Overtaken where another came since.
    """
    return review_facts(actor, verdict, [Judged(fact, verdict, corrected or {}, seen)], note=note)


def review_facts(actor: Actor, verdict: str, judged: Sequence[Judged], *, note: str = "") -> Action:
    """As `review_fact`, for several facts as one action, told in the trail as `verdict`: all of it is written or nothing is."""
    actor.require(Role.REVIEWER)
    masked = [one._replace(corrected={name: mask_corrections(values) for name, values in one.corrected.items()}) for one in judged]  # fmt: skip
    if any((one.verdict == Verdict.CORRECT) != bool(one.corrected) for one in masked):
        raise Refused(_("A correction changes at least one value; to leave all as they are, accept."))
    uids = [one.fact.uid for one in judged]
    with one_writer():
        for one in masked:
            _refuse_overtaken(one)
        about = {"fact": uids[0]} if len(uids) == 1 else {"facts": uids}
        action = log_action(actor, "review", {**about, "verdict": str(verdict)})
        for one in masked:
            review = Review.objects.create(
                fact=one.fact, verdict=one.verdict, corrected=sorted(one.corrected), note=mask_text(note), action=action
            )
            _write_corrections(actor, review, one.corrected)
        refresh([one.fact.pk for one in judged], judged=True)
    for one in judged:
        one.fact.refresh_from_db()
    return action


def _refuse_overtaken(judged: Judged) -> None:
    last = last_review(judged.fact)
    if judged.seen is not None and judged.seen != (last.pk if last else 0):
        by = last.action.actor if last else _("somebody who took it back")
        raise Overtaken(_("%(who)s has decided on this in the meantime. Nothing of yours was written; look again.") % {"who": by})  # fmt: skip


def accept_certain(actor: Actor, document: Document) -> Action:
    """Accepts, as one action, all facts of a document that are certain and that nobody reviewed."""
    actor.require(Role.REVIEWER)
    with one_writer():
        facts = list(Fact.objects.filter(document=document, shown=True, certainty="certain", status=Status.UNREVIEWED, level__lte=actor.level))  # fmt: skip
        if not facts:
            raise Refused(_("There is nothing left on this page that is certain and not reviewed."))
        action = log_action(actor, "accept certain", {"document": document.uid, "facts": len(facts)})
        Review.objects.bulk_create(Review(fact=fact, verdict=Verdict.ACCEPT, action=action) for fact in facts)
        refresh([fact.pk for fact in facts], judged=True)
    return action


def last_review(fact: Fact) -> Review | None:
    """The last verdict on the fact that was not undone."""
    return Review.objects.filter(fact=fact, action__undone=False).select_related("action").order_by("pk").last()


def _write_corrections(actor: Actor, review: Review, corrected: Mapping[str, Sequence[Claim]]) -> None:
    claims = [claim for values in corrected.values() for claim in values]
    entities = find_or_make_entities(claim.object for claim in claims if claim.object)
    extractor = person_of(actor)
    Statement.objects.bulk_create(
        Statement(fact=review.fact, predicate=claim.predicate, value=claim.value, value_normal=claim.normal,
            object_id=entities[claim.object.uid] if claim.object else None, object_now_id=entities[claim.object.uid] if claim.object else None,
            unit=claim.unit[:100], valid_from=claim.valid_from, valid_to=claim.valid_to, precision=claim.precision, basis=claim.basis,
            extractor=extractor, review=review, action=review.action, rank=rank, created_at=timezone.now(), holds=False)
        for values in corrected.values()
        for rank, claim in enumerate(values)
    )  # fmt: skip
