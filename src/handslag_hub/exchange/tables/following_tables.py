"""Where commitments stand, what was heard of them, and passages that contradict each other: the words of `handslag follow`."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from handslag_hub.design.words import language_now
from handslag_hub.exchange.addresses import address_of, passage_address
from handslag_hub.exchange.full_facts import FullFact, full_facts
from handslag_hub.exchange.selection import Selection, in_chunks, selected_facts
from handslag_hub.exchange.tables.table import JOINED, Column, Row, Table
from handslag_hub.following.queries.contradictions import Contradicting, view_contradictions
from handslag_hub.following.queries.states import Followed, Word
from handslag_hub.store.models import Passage

# In the table of commitments, behind what they say.
STANDING = (
    Column("state", _("Where it stands"), "text", "commitment_state"),
    Column("state_since", _("Since")),
    Column("state_by", _("By whose word"), "text", "heard_by"),
    Column("due_passed", _("Its time is over"), "text", "settled"),
    Column("last_heard", _("Last heard of on"), "day"),
    Column("silent_days", _("Days since it was last heard of"), "number"),
    Column("words_heard", _("Words heard"), "number"),
)


def standing_cells(full: FullFact) -> Row:
    """Where a commitment stands; empty where it is not followed."""
    followed = full.followed
    if followed is None:
        return dict.fromkeys(column.key for column in STANDING)
    return {
        "state": followed.state,
        "state_since": followed.since or None,
        "state_by": followed.by,
        "due_passed": None if followed.due_passed is None else str(int(followed.due_passed)),
        "last_heard": followed.last_heard,
        "silent_days": followed.silent_days,
        "words_heard": sum(word.moves for word in full.heard),
    }


def heard_rows(chosen: Selection, base: str) -> Iterator[Row]:
    """What was heard of the commitments, a row for each word; what a person rejected is left out. A commitment stated twice comes once."""
    given: set[str] = set()
    for lot in in_chunks(selected_facts(chosen).filter(kind="commitment")):
        for full in full_facts(chosen, lot):
            commitment = full.fact.about.canonical or full.fact.about
            if full.followed and commitment.uid not in given:
                given.add(commitment.uid)
                start: Row = {
                    "commitment": commitment.uid,
                    "address": address_of(base, commitment.uid),
                    "who": JOINED.join(value.value for value in full.view.values.get("who", [])) or None,
                    "what": full.view.first("what") or None,
                    "state": full.followed.state,
                }
                for word in full.heard:
                    yield start | _heard_cells(word, full.followed, base)


def _heard_cells(word: Word, followed: Followed, base: str) -> Row:
    document, passage = word.document, word.passage
    return {
        "says": word.says,
        "by": word.by,
        "said_on": word.said_on or None,
        "words": word.text or None,
        "passage_address": passage_address(base, document.uid, passage.start, passage.end) if document and passage else None,
        "source": str(document.source) if document else None,
        "document_title": (document.title or None) if document else None,
        "document_address": address_of(base, document.uid) if document else None,
        "page_address": (document.address or None) if document else None,
        "basis": word.basis or None,
        "certainty": word.certainty,
        "word_status": word.status,
        "moves_state": str(int(word.moves)),
        "why": word.why or None,
        "evidence_address": address_of(base, word.fact.uid),
    }  # fmt: skip


def contradiction_rows(chosen: Selection, base: str) -> Iterator[Row]:
    """Passages that cannot both be so, a row for each two of which both sides may be seen."""
    for lot in in_chunks(selected_facts(chosen).filter(kind="contradiction")):
        for one in view_contradictions(chosen.actor, lot):
            if len(one.sides) > 1:
                yield _contradiction_row(one, base)


def _contradiction_row(one: Contradicting, base: str) -> Row:
    row: Row = {
        "contradiction": one.fact.uid,
        "address": address_of(base, one.fact.uid),
        "kind": one.kind,
        "what": one.what,
        "language": language_now(),
        "commitment_address": JOINED.join(address_of(base, value.uid) for value in one.of) or None,
        "holds": one.holds or None,
        "status": str(one.fact.status),
    }
    for side, passage in zip("ab", one.sides, strict=False):
        row |= {f"{side}_{key}": cell for key, cell in _side(passage, base).items()}
    return row


def _side(passage: Passage, base: str) -> Row:
    document = passage.document
    return {
        "quote": passage.quote,
        "passage_address": passage_address(base, document.uid, passage.start, passage.end),
        "document_title": document.title or None,
        "source": str(document.source),
        "said_on": document.said_on,
    }


def _side_columns(side: str, quote: str, address: str, title: str, source: str, day: str) -> tuple[Column, ...]:
    keys = (("quote", quote), ("passage_address", address), ("document_title", title), ("source", source))
    return (*(Column(f"{side}_{key}", header) for key, header in keys), Column(f"{side}_said_on", day, "day"))


FOLLOWING_TABLES = (
    Table("heard", _("Heard since"), _("What later documents, or somebody directly, say of commitments: a row for each, with the passage and the reason."), (
        Column("commitment", _("Commitment")), Column("address", _("Address")), Column("who", _("Who")), Column("what", _("What")),
        Column("state", _("Where it stands"), "text", "commitment_state"), Column("says", _("What it says"), "text", "says"),
        Column("by", _("Who says it"), "text", "heard_by"), Column("said_on", _("Said, as dated")), Column("words", _("Words")),
        Column("passage_address", _("Address of the passage")), Column("source", _("Source")), Column("document_title", _("Title of the document")),
        Column("document_address", _("Address of the document here")), Column("page_address", _("Address of the page")),
        Column("basis", _("Basis"), "text", "basis"), Column("certainty", _("Certainty"), "text", "certainty"),
        Column("word_status", _("Review"), "text", "word_status"), Column("moves_state", _("Moves the state"), "text", "settled"),
        Column("why", _("The reason")), Column("evidence_address", _("Address of the link")),
    ), heard_rows),
    Table("contradictions", _("Passages against each other"), _("Figures, sums, durations and prices of one thing that differ, with both passages."), (
        Column("contradiction", _("Contradiction")), Column("address", _("Address")), Column("kind", _("Kind"), "text", "contradiction_kind"),
        Column("what", _("What differs")), Column("language", _("Language"), "text", "language"), Column("commitment_address", _("Address of the commitment")),
        *_side_columns("a", _("First passage"), _("Address of the first passage"), _("Title of the first document"), _("First source"), _("First said on")),
        *_side_columns("b", _("Second passage"), _("Address of the second passage"), _("Title of the second document"), _("Second source"), _("Second said on")),
        Column("holds", _("Settled"), "text", "contradiction_holds"), Column("status", _("Review"), "text", "status"),
    ), contradiction_rows),
)  # fmt: skip
