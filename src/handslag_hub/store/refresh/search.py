"""Search rows: one for a document, one for a fact, one for each level of an entity's names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from handslag_hub.store.models import Document, Entity, Fact, FactPassage, Name, SearchRow, Statement
from handslag_hub.store.name_forms import NAMED
from handslag_hub.store.refresh.facts import batches
from handslag_hub.store.refresh.spelling import remember_words
from handslag_hub.store.search_tokens import GROUPS, tokens_of

# An organisation's mention and a person's role are found by the card they belong to.
SEARCHED_FACTS = GROUPS["facts"]


def refresh_search(*, facts: Collection[int] = (), entities: Collection[int] = (), documents: Collection[int] = ()) -> None:  # fmt: skip
    """Makes the search rows of these again."""
    for batch in batches(facts):
        _write(SearchRow.objects.filter(fact__in=batch), fact_rows(batch))
    for batch in batches(entities):
        _write(SearchRow.objects.filter(entity__in=batch), entity_rows(batch))
    for batch in batches(documents):
        _write(SearchRow.objects.filter(document__in=batch), document_rows(batch))


def fact_rows(keys: list[int]) -> Iterable[SearchRow]:
    """A row for every shown fact: its quote and its values."""
    facts = Fact.objects.filter(pk__in=keys, shown=True, kind__in=SEARCHED_FACTS).order_by("pk")
    words: dict[int, list[str]] = defaultdict(list)
    for fact, quote in FactPassage.objects.filter(fact__in=keys, rank=0).order_by("pk").values_list("fact", "passage__quote"):  # fmt: skip
        words[fact].append(quote)
    for fact, value in Statement.objects.filter(fact__in=keys, holds=True).order_by("pk").values_list("fact", "value"):
        words[fact].append(value)
    for fact in facts:
        yield _row("\n".join(words[fact.pk]), fact=fact, kind=fact.kind, level=fact.level, said_on=fact.said_on)


def entity_rows(keys: list[int]) -> Iterable[SearchRow]:
    """A row for every level at which an entity has names."""
    kinds = dict(Entity.objects.filter(pk__in=keys, kind__in=NAMED[:2]).values_list("pk", "kind"))
    names: dict[tuple[int, int], list[str]] = defaultdict(list)
    for entity, level, name in Name.objects.filter(entity__in=kinds).values_list("entity", "level", "name"):  # fmt: skip
        names[entity, level].append(name)
    for (entity, level), found in sorted(names.items()):
        yield _row("\n".join(sorted(set(found))), entity_id=entity, kind=kinds[entity], level=level)


def document_rows(keys: list[int]) -> Iterable[SearchRow]:
    """A row for every live document: its title and its text."""
    for document in Document.objects.filter(pk__in=keys, live=True).order_by("pk"):
        yield _row(f"{document.title}\n{document.text}", document=document, kind="document", level=document.visibility, said_on=document.said_on)  # fmt: skip


def _row(text: str, *, kind: str, level: int, **rest: object) -> SearchRow:
    row = SearchRow(kind=kind, level=level, tokens=tokens_of(text, kind, level), **rest)
    row.text = text
    return row


def _write(there: object, rows: Iterable[SearchRow]) -> None:
    """Only what differs is written: the index is the dearest part of a write."""
    wanted = {_row_key(row): row for row in rows}
    stale = []
    for row in there:
        new = wanted.get(_row_key(row))
        if new is not None and (new.tokens, new.said_on, new.kind) == (row.tokens, row.said_on, row.kind):
            del wanted[_row_key(row)]
        else:
            stale.append(row.pk)
    SearchRow.objects.filter(pk__in=stale).delete()
    SearchRow.objects.bulk_create(wanted.values())
    remember_words(row.text for row in wanted.values())


def _row_key(row: SearchRow) -> tuple[int | None, int | None, int | None, int]:
    return row.document_id, row.fact_id, row.entity_id, row.level
