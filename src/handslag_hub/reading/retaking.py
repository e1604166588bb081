"""Taking over what was decided of a fact before its page changed a word in it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from handslag.kernel.claims import Claim
from handslag_hub.accounts.actors import Actor
from handslag_hub.reading.cards import Row, rows_of
from handslag_hub.reading.naming import known_entity
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Action, Fact, FactPassage, Review, Statement, Status, Verdict
from handslag_hub.store.queries import Value
from handslag_hub.store.services import review_fact

# Two quotes of more words than this are shown without their differences: finding these takes the product of the lengths.
_MOST_WORDS = 1500


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of one of two texts; `differs` where the other has something else, or nothing."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """A fact as it was before the page changed: its quote and the new one word by word, and what was decided of it."""

    fact: Fact
    review: Review | None
    old: list[Change]
    new: list[Change]
    rows: list[Row]


def earlier_of(actor: Actor, fact: Fact, quote: str) -> Earlier | None:
    """What a fact that is to be checked again was before; None for other facts, and where the actor may not see it."""
    old = fact.rewords
    if old is None or fact.status != Status.CHECK_AGAIN or old.level > actor.level:
        return None
    rows = FactPassage.objects.filter(fact=old, rank=0, passage__document__visibility__lte=actor.level)
    last = rows.select_related("passage").order_by("-passage__document").first()
    before, now = word_changes(last.passage.quote if last else "", quote)
    review, _corrected = _decided(old)
    return Earlier(old, review, before, now, rows_of(old.kind, _correction_values(old)))


def word_changes(old: str, new: str) -> tuple[list[Change], list[Change]]:
    """Both texts in stretches, those told apart in which they differ."""
    ours, theirs = re.findall(r"\s+|[^\W_]+|.", old), re.findall(r"\s+|[^\W_]+|.", new)
    if max(len(ours), len(theirs)) > _MOST_WORDS:
        return [Change(old, False)], [Change(new, False)]
    before, now = [], []
    for what, a, b, c, d in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if a < b:
            before.append(Change("".join(ours[a:b]), what != "equal"))
        if c < d:
            now.append(Change("".join(theirs[c:d]), what != "equal"))
    return before, now


def take_over(actor: Actor, fact: Fact, *, seen: int | None) -> Action:
    """Says of the fact what was last said of the one it rewords: the same verdict, with the same correction."""
    if fact.rewords is None:
        raise Refused(_("This is no reworded fact: there is nothing to take over."))
    review, corrected = _decided(fact.rewords)
    if review is None:
        raise Refused(_("Nothing was decided of the earlier words: there is nothing to take over."))
    verdict = Verdict.CORRECT if corrected and review.verdict != Verdict.REJECT else review.verdict
    given = _claims(fact.rewords, corrected) if verdict == Verdict.CORRECT else {}
    return review_fact(actor, fact, verdict, corrected=given, seen=seen)


def _decided(fact: Fact) -> tuple[Review | None, dict[str, int]]:
    """The last verdict of a person on the fact, and which review corrects which predicate."""
    last: Review | None = None
    corrected: dict[str, int] = {}
    for review in Review.objects.filter(fact=fact, action__undone=False).select_related("action").order_by("pk"):
        if review.verdict == Verdict.CLEAR:
            last, corrected = None, {}
        elif review.verdict != Verdict.CHECK_AGAIN:
            last = review
            corrected |= dict.fromkeys(review.corrected, review.pk) if review.verdict == Verdict.CORRECT else {}
    return last, corrected


def _correcting(fact: Fact, corrected: dict[str, int]) -> Sequence[Statement]:
    rows = Statement.objects.filter(fact=fact, review__in=set(corrected.values())).select_related("object_now")
    return [row for row in rows.order_by("rank", "pk") if corrected.get(row.predicate) == row.review_id]


def _claims(fact: Fact, corrected: dict[str, int]) -> dict[str, list[Claim]]:
    claims: dict[str, list[Claim]] = {predicate: [] for predicate in corrected}
    for said in _correcting(fact, corrected):
        named = said.object_now
        claims[said.predicate].append(Claim(predicate=said.predicate, value=said.value, normal=said.value_normal,
            object=known_entity(named) if named else None, basis=said.basis, unit=said.unit,
            valid_from=said.valid_from, valid_to=said.valid_to, precision=said.precision))  # fmt: skip
    return claims


def _correction_values(fact: Fact) -> dict[str, list[Value]]:
    values: dict[str, list[Value]] = {}
    for said in _correcting(fact, _decided(fact)[1]):
        value = Value(said.pk, said.predicate, said.value, said.value_normal, said.basis, said.unit, by_hand=True)
        values.setdefault(said.predicate, []).append(value)
    return values
