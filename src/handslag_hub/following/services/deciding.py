"""What a person decides on a proposed word, and taking it back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from handslag.kernel.claims import Claim
from handslag_hub.accounts.actors import Actor
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action, Fact, Statement, Verdict
from handslag_hub.store.services import review_fact, undo_action
from handslag_hub.store.services.reviewing import last_review


def decide(actor: Actor, evidence: Fact, verdict: str, *, says: str = "", by: str = "", note: str = "", seen: int | None = None) -> Action:  # fmt: skip
    """Confirms (accept), corrects (what it says, who says it) or rejects a word; a correction that changes nothing confirms it."""
    corrected: dict[str, list[Claim]] = {}
    if verdict == Verdict.CORRECT:
        holding = dict(Statement.objects.filter(fact=evidence, holds=True, predicate__in=("says", "by")).values_list("predicate", "value"))  # fmt: skip
        given = {"says": says, "by": by}
        corrected = {name: [Claim(predicate=name, value=value, normal=value)] for name, value in given.items() if value and value != holding.get(name)}  # fmt: skip
        verdict = verdict if corrected else Verdict.ACCEPT
    return review_fact(actor, evidence, verdict, corrected=corrected, note=note, seen=seen)


def take_decision_back(actor: Actor, evidence: Fact) -> Action:
    """Undoes the last decision on a word. Refused where there is none of its own."""
    review = last_review(evidence)
    if review is None or review.action.details.get("fact") != evidence.uid:
        raise Refused(_("Nothing was decided on this by itself: the trail tells what was, and takes it back."))
    return undo_action(actor, review.action)
