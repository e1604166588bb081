"""Folding: from the log entries of one fact to what is true of it now. No database here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handslag_hub.store.models import Status, Verdict
from handslag_hub.store.models.documents import Visibility

STRICTEST = Visibility.RESTRICTED

STATUS_AFTER = {
    Verdict.ACCEPT: Status.ACCEPTED,
    Verdict.CORRECT: Status.CORRECTED,
    Verdict.REJECT: Status.REJECTED,
    Verdict.UNSURE: Status.UNSURE,
    Verdict.CLEAR: Status.UNREVIEWED,
    Verdict.CHECK_AGAIN: Status.CHECK_AGAIN,
}


@dataclass(frozen=True, slots=True)
class PageState:
    """What matters of a document to the facts in it."""

    pk: int
    chain: str
    live: bool
    visibility: int
    said_on: date | None
    language: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One entry of the log of assertions: found in a document, or (None) typed."""

    document: int | None
    on: bool
    visibility: int | None = None
    action: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """One review: its verdict, and the predicates it corrects."""

    pk: int
    verdict: str
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One statement, as far as folding is concerned. `made_by` is the review of a correction, None for what was read or typed."""

    pk: int
    predicate: str
    made_by: int | None
    document: int | None
    action: int


@dataclass(frozen=True, slots=True)
class State:
    """What is folded of a fact."""

    document: int | None
    counts: bool
    printed: bool
    level: int
    said_on: date | None
    status: Status

    @property
    def shown(self) -> bool:
        """True if the fact counts and nobody rejected it."""
        return self.counts and self.status != Status.REJECTED


def fold_fact(
    heard: Sequence[Heard],
    reviews: Sequence[Judged],
    pages: Mapping[int, PageState],
    newest: Mapping[str, int],
) -> State:
    """The state of a fact after its log entries (oldest first, those of undone actions left out).

    `pages` holds every document in `heard`; `newest` the newest live document of every chain. A document that was removed takes its
    printing away; a fact is as visible as the strictest live document that prints it.
    """
    last: dict[int | None, Heard] = {entry.document: entry for entry in heard}
    typed = last.get(None)
    printing = [pages[pk] for pk, entry in last.items() if pk is not None and entry.on]
    live = [page for page in printing if page.live]
    is_typed = typed is not None and typed.on
    resting = live or printing or [pages[pk] for pk in last if pk is not None]
    levels = [page.visibility for page in resting]
    if typed is not None and (is_typed or not resting):
        levels.append(typed.visibility or 0)
    days = [page.said_on for page in resting if page.said_on]
    home = max((page.pk for page in resting), default=None)
    return State(
        document=home,
        counts=bool(live) or is_typed,
        printed=is_typed or any(newest.get(page.chain) == page.pk for page in live),
        # Of what no entry speaks of any longer nobody knows who may see it.
        level=max(levels, default=STRICTEST),
        said_on=min(days, default=None),
        status=STATUS_AFTER[Verdict(reviews[-1].verdict)] if reviews else Status.UNREVIEWED,
    )


def fold_contradiction(
    state: State,
    heard: Sequence[Heard],
    pages: Mapping[int, PageState],
    documents: Collection[int],
    newest: Mapping[str, int],
) -> State:
    """As `fold_fact` has it, of what rests on all of several documents (`documents`): it counts while all of them print it, and is known
    once the last of them was said.
    """
    last = {entry.document: entry.on for entry in heard if entry.document is not None}
    printing = [pages[pk] for pk, on in last.items() if on]
    days = [page.said_on for page in printing if page.said_on]
    counts = bool(documents) and all(last.get(pk) and pages[pk].live for pk in documents)
    printed = all(newest.get(page.chain) == page.pk for page in printing)
    strict = max((page.visibility for page in printing), default=STRICTEST)
    return replace(
        state, counts=counts, printed=printed, level=max(state.level, strict), said_on=max(days, default=None)
    )


def fold_values(
    statements: Sequence[Said], heard: Sequence[Heard], reviews: Sequence[Judged], home: int | None
) -> set[int]:
    """The statements of a fact that hold: those of the last reading of the document it stands in, with corrections in their place.

    A reading that said just what the one before it had said wrote no statements of its own: its are the newest up to it, also those of
    an action that was undone since. A later correction of the same predicate replaces an earlier one; a verdict that is no correction leaves corrections as they are,
    except CLEAR, which takes them back.
    """
    read = [said for said in statements if said.made_by is None]
    entries = [entry.action for entry in heard if entry.on and entry.document == home]
    batches = {(said.action, said.document == home, said.document or 0) for said in read}
    base = max((batch for batch in batches if entries and batch[0] <= entries[-1]), default=None)
    corrected: dict[str, int] = {}
    for review in reviews:
        if review.verdict == Verdict.CLEAR:
            corrected = {}
        elif review.verdict == Verdict.CORRECT:
            corrected.update(dict.fromkeys(review.corrected, review.pk))
    holding = {
        said.pk
        for said in read
        if (said.action, said.document == home, said.document or 0) == base and said.predicate not in corrected
    }
    return holding | {said.pk for said in statements if said.made_by and corrected.get(said.predicate) == said.made_by}
