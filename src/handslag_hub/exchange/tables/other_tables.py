"""Tables of what is no fact: documents, sources, passages, conflicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from handslag_hub.exchange.addresses import address_of, passage_address
from handslag_hub.exchange.selection import CHUNK, Selection, in_chunks, selected_facts
from handslag_hub.exchange.tables.table import JOINED, Column, Row, Table
from handslag_hub.store.models import Conflict, FactPassage, Statement
from handslag_hub.store.queries import known_documents, known_facts
from handslag_hub.store.refresh.conflicts import contradicting


def document_rows(chosen: Selection, base: str) -> Iterator[Row]:
    """The documents, a row each."""
    documents = known_documents(chosen.actor, chosen.known)
    if chosen.document:
        documents = documents.filter(pk=chosen.document.pk)
    rows = documents.select_related("source").defer("text", "lines", "warnings").order_by("uid")
    for document in rows.iterator(chunk_size=CHUNK):
        yield {
            "document": document.uid,
            "address": address_of(base, document.uid),
            "title": document.title or None,
            "source": str(document.source),
            "page_address": document.address or None,
            "said_on": document.said_on,
            "said_period": document.said_period or None,
            "said_basis": document.said_basis,
            "language": document.language or None,
            "visibility": str(int(document.visibility)),
            "fetched_on": localtime(document.fetched_at).date(),
            "sha256": document.sha256,
            "read_by": document.reader,
        }


def source_rows(chosen: Selection, base: str) -> Iterator[Row]:
    """Who publishes the documents that are seen, a row each."""
    documents = known_documents(chosen.actor, chosen.known).order_by("source__key")
    for key, publisher, kind, licence in documents.values_list("source__key", "source__publisher", "source__kind", "source__licence").distinct():  # fmt: skip
        yield {"source": key, "publisher": publisher or None, "kind": kind, "licence": licence or None}


def evidence_rows(chosen: Selection, base: str) -> Iterator[Row]:
    """Every passage on which a fact rests, a row each."""
    for lot in in_chunks(selected_facts(chosen)):
        facts = {fact.pk: fact for fact in lot}
        rows = FactPassage.objects.filter(fact__in=facts, passage__document__visibility__lte=chosen.actor.level)
        rows = rows.select_related("passage__document").defer("passage__document__text", "passage__document__lines")
        for row in rows.order_by("fact__uid", "rank", "passage__document", "passage__start"):
            fact, passage = facts[row.fact_id], row.passage
            yield {
                "fact": fact.uid,
                "address": address_of(base, fact.uid),
                "kind": fact.kind,
                "rank": row.rank,
                "quote": passage.quote,
                "passage_address": passage_address(base, passage.document.uid, passage.start, passage.end),
                "document": passage.document.uid,
                "document_title": passage.document.title or None,
                "start": passage.start,
                "end": passage.end,
                "zone": passage.zone or None,
                "said_on": passage.document.said_on,
            }


def conflict_rows(chosen: Selection, base: str) -> Iterator[Row]:
    """Values that contradict each other, a row for each value; as known on a day, those of which two sides had been heard by then."""
    conflicts = Conflict.objects.filter(level__lte=chosen.actor.level).select_related("entity", "settlement__statement")
    if chosen.entity:
        conflicts = conflicts.filter(entity=chosen.entity.canonical_id)
    # Of the same conflict at several levels the one that tells most.
    slots = {(row.entity_id, row.predicate): row for row in conflicts.order_by("entity__uid", "predicate", "level")}
    rows = list(slots.values())
    for start in range(0, len(rows), CHUNK):
        lot = rows[start : start + CHUNK]
        sides = _sides(chosen, {row.entity_id for row in lot}, {row.predicate for row in lot})
        for conflict in lot:
            yield from _value_rows(conflict, sides[conflict.entity_id, conflict.predicate], base)


def _value_rows(conflict: Conflict, sides: dict[str, set[str]], base: str) -> Iterator[Row]:
    settled = conflict.settlement.statement if conflict.settlement else None
    values = contradicting(conflict.predicate, sides)
    for value in values:
        yield {
            "entity": conflict.entity.uid,
            "address": address_of(base, conflict.entity.uid),
            "about": conflict.entity.label,
            "field": conflict.predicate,
            "value": value,
            "facts": JOINED.join(address_of(base, uid) for uid in sorted(sides[value])),
            # Settled for a value that is not seen here: as if it were not.
            "settled": str(int(settled.value_normal == value)) if settled and settled.value_normal in values else None,
        }


def _sides(chosen: Selection, entities: set[int], predicates: set[str]) -> dict[tuple[int, str], dict[str, set[str]]]:
    """(Entity, predicate) → value → the facts that say so, of those that the actor sees."""
    facts = known_facts(chosen.actor, chosen.known).filter(about__canonical__in=entities)
    rows = Statement.objects.filter(fact__in=facts.order_by().values("pk"), holds=True, predicate__in=predicates)
    found: dict[tuple[int, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for entity, predicate, value, uid in rows.values_list("fact__about__canonical", "predicate", "value_normal", "fact__uid"):  # fmt: skip
        found[entity, predicate][value].add(uid)
    return found


OTHER_TABLES = (
    Table("evidence", _("Passages"), _("Every passage on which a fact rests, word for word, with its place in the document."), (
        Column("fact", _("Fact")), Column("address", _("Address")), Column("kind", _("Kind")), Column("rank", _("Order"), "number"),
        Column("quote", _("Passage")), Column("passage_address", _("Address of the passage")), Column("document", _("Document")),
        Column("document_title", _("Title of the document")), Column("start", _("From character"), "number"),
        Column("end", _("To character"), "number"), Column("zone", _("Where on the page"), "text", "zone"),
        Column("said_on", _("Said on"), "day"),
    ), evidence_rows),
    Table("documents", _("Documents"), _("The pages that were read."), (
        Column("document", _("Document")), Column("address", _("Address")), Column("title", _("Title")), Column("source", _("Source")),
        Column("page_address", _("Address of the page")), Column("said_on", _("Said on"), "day"), Column("said_period", _("Said, as dated")),
        Column("said_basis", _("Where the day is from"), "text", "said_basis"), Column("language", _("Language"), "text", "language"),
        Column("visibility", _("Who may see it"), "text", "visibility"), Column("fetched_on", _("Added on"), "day"),
        Column("sha256", _("Checksum")), Column("read_by", _("Read by")),
    ), document_rows),
    Table("sources", _("Sources"), _("Who publishes the documents."), (
        Column("source", _("Source")), Column("publisher", _("Publisher")), Column("kind", _("Kind")), Column("licence", _("Licence")),
    ), source_rows),
    Table("conflicts", _("Conflicts"), _("Values that contradict each other, side by side."), (
        Column("entity", _("Entry")), Column("address", _("Address")), Column("about", _("About")), Column("field", _("Field")),
        Column("value", _("Value")), Column("facts", _("Facts that say so")), Column("settled", _("Settled for this value"), "text", "settled"),
    ), conflict_rows),
)  # fmt: skip
