"""What a person decides on a proposed word, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from handslag.kernel.claims import Claim
from handslag_hub.accounts.actors import Actor
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action, Fact, Statement, Verdict
from handslag_hub.store.services import Judged, review_facts, undo_action
from handslag_hub.store.services.reviewing import last_review
from handslag_hub.store.writing import one_writer


def decide(actor: Actor, evidence: Fact, verdict: str, *, says: str = "", by: str = "", note: str = "", seen: int | None = None) -> Action:  # fmt: skip
    """Confirms (accept), corrects (what it says, who says it) or rejects a word; a correction that changes nothing confirms it."""
    return decide_on_all(actor, [evidence], verdict, says=says, by=by, note=note, seen={} if seen is None else {evidence.pk: seen})  # fmt: skip


def decide_on_all(actor: Actor, facts: Sequence[Fact], verdict: str, *, says: str = "", by: str = "", note: str = "", seen: Mapping[int, int] | None = None) -> Action:  # fmt: skip
    """As `decide`, on words that are one to whoever decides (one page at several addresses): one action, written for all or for none.

    `seen` has for each fact's key the last review that was before their eyes (0 for none): Overtaken where another came since.
    """
    seen = seen or {}
    with one_writer():
        judged = [_judged(fact, verdict, says, by, seen.get(fact.pk)) for fact in facts]
        told = verdict if any(one.verdict == verdict for one in judged) else judged[0].verdict
        return review_facts(actor, told, judged, note=note)


def _judged(evidence: Fact, verdict: str, says: str, by: str, seen: int | None) -> Judged:
    if verdict != Verdict.CORRECT:
        return Judged(evidence, verdict, {}, seen)
    holding = dict(Statement.objects.filter(fact=evidence, holds=True, predicate__in=("says", "by")).values_list("predicate", "value"))  # fmt: skip
    given = {"says": says, "by": by}
    corrected = {name: [Claim(predicate=name, value=value, normal=value)] for name, value in given.items() if value and value != holding.get(name)}  # fmt: skip
    return Judged(evidence, Verdict.CORRECT if corrected else Verdict.ACCEPT, corrected, seen)


def take_decision_back(actor: Actor, evidence: Fact) -> Action:
    """Undoes the last decision on a word, with all that was decided on in one. Refused where there is none of its own."""
    review = last_review(evidence)
    details = review.action.details if review else {}
    if review is None or evidence.uid not in (details.get("fact"), *_listed(details.get("facts"))):
        raise Refused(_("Nothing was decided on this by itself: the trail tells what was, and takes it back."))
    return undo_action(actor, review.action)


def _listed(uids: object) -> list[object]:
    """The facts that a decision on several names; of other actions only their number stands there."""
    return uids if isinstance(uids, list) else []
