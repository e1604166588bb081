"""Search: documents, facts and actors that answer a question, as far as the actor may see them and as known on a day.

FTS5 and PostgreSQL index the same tokens (`search_tokens`), so both give the same hits in the same order: actors, documents, facts;
within each the newest row first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from django.db import connection

from handslag.language.search import Query, holds_phrases
from handslag_hub.accounts.actors import Actor
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Document, Entity, Name, SearchRow, Statement
from handslag_hub.store.models.documents import Visibility
from handslag_hub.store.queries import FactView, known_documents, known_facts, view_facts
from handslag_hub.store.search_tokens import BLOCK, BLOCK_HERE, GROUP_OF, GROUPS, row_question

COUNTED = 1000
"""Hits of one kind are counted up to this many; what is beyond is "more"."""

# Rows asked for at once. Where every row has to be looked at by itself (a day, a phrase), at most this many are.
_CHUNK = 200
_MOST_LOOKED_AT = 5000
# Stands between two texts of a row: a word that nobody types, so that no phrase reaches from one text into the next.
_BREAK = "\nx0x0x\n"


@dataclass(frozen=True, slots=True)
class Hit:
    """A document, a fact or an actor that was found; `row` is its place in the order. `names`: all that an actor is called."""

    row: int
    document: Document | None = None
    fact: FactView | None = None
    entity: Entity | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The hits of one group. `count` is how many there are, or, with `more`, how many there are at least."""

    group: str
    hits: list[Hit] = field(default_factory=list)
    count: int = 0
    more: bool = False
    next_row: int | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found, section by section in their order."""

    query: Query
    sections: list[Section]

    @property
    def count(self) -> int:
        """How many hits there are, at least."""
        return sum(section.count for section in self.sections)


def find(actor: Actor, known: AsKnown, query: Query, *, kinds: Collection[str] = (), limit: int = 10, before: int | None = None) -> Hits:  # fmt: skip
    """The newest `limit` hits of every group that has one of these kinds (all kinds, if none is named).

    `before` is a section's `next_row`: hits further down. The number of queries does not grow with hits.
    """
    wanted = {group: [kind for kind in members if not kinds or kind in kinds] for group, members in GROUPS.items()}
    sections = [
        _find_section(actor, known, query, group, members, limit, before)
        for group, members in wanted.items()
        if members
    ]
    return Hits(query, sections)


def is_found(actor: Actor, query: Query) -> bool:
    """Whether any row that the actor may see answers the query, leaving the order of its words aside."""
    return count_rows(actor, query, 1) > 0


def count_rows(actor: Actor, query: Query, most: int) -> int:
    """How many rows that the actor may see answer the query, counted up to `most`."""
    return len(_rows(row_question(query, kinds=GROUP_OF, level=actor.level, vendor=connection.vendor), None, most))


def documents_answering(query: Query, most: int) -> list[int]:
    """The newest documents whose words answer the query, whoever may see them: for work that shows nothing to anybody."""
    if query.is_empty:
        return []
    question = row_question(query, kinds=GROUPS["documents"], level=max(Visibility.values), vendor=connection.vendor)
    rows = SearchRow.objects.filter(pk__in=_rows(question, None, most), document__isnull=False)
    return list(rows.values_list("document", flat=True))


def _find_section(actor: Actor, known: AsKnown, query: Query, group: str, kinds: list[str], limit: int, before: int | None) -> Section:  # fmt: skip
    if query.is_empty:
        return Section(group)
    question = row_question(query, kinds=kinds, level=actor.level, vendor=connection.vendor)
    if known.day is None and not query.needs_text:
        rows = _rows(question, before, COUNTED + 1)
        found, more = rows[:COUNTED], len(rows) > COUNTED
    else:
        found, more = _looked_at(question, before, _check_of(actor, known, query, group))
    hits, count, last = _LOADERS[group](actor, known, found, limit)
    return Section(group, hits, count, more, last if last is not None and last > found[-1] else None)


def _looked_at(question: str, before: int | None, check: Callable[[list[int]], set[int]]) -> tuple[list[int], bool]:
    """The rows that hold when looked at one by one, and whether there may be more than were looked at."""
    found: list[int] = []
    looked = 0
    while looked < _MOST_LOOKED_AT and len(found) < COUNTED:
        rows = _rows(question, before, _CHUNK)
        kept = check(rows) if rows else set()
        found += [row for row in rows if row in kept]
        if len(rows) < _CHUNK:
            return found, False
        looked, before = looked + len(rows), rows[-1]
    return found, True


# Nothing that was typed stands in the commands: it comes as a parameter, and of that only tokens.
_NEWEST_ON_SQLITE = """
    SELECT rowid FROM store_searchindex WHERE store_searchindex MATCH %(question)s AND rowid < %(before)s
    ORDER BY rowid DESC LIMIT %(most)s"""
# The blocks come in order and are only asked until there are enough rows.
_NEWEST_ON_POSTGRESQL = """
    SELECT found.id
    FROM (SELECT block FROM generate_series((SELECT max(id) FROM store_searchrow WHERE id < %(before)s) / %(block)s, 0, -1) AS block
          ORDER BY block DESC) AS blocks
    CROSS JOIN LATERAL (
        SELECT id FROM store_searchrow
        WHERE lexemes @@ replace(%(question)s, %(here)s, '/' || blocks.block)::tsquery AND id < %(before)s ORDER BY id DESC) AS found
    ORDER BY blocks.block DESC, found.id DESC LIMIT %(most)s"""
_BEYOND_ALL = 2**62


def _rows(question: str, before: int | None, most: int) -> list[int]:
    """The newest rows that answer, by their keys."""
    asked = {"question": question, "before": _BEYOND_ALL if before is None else before, "most": most}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_NEWEST_ON_POSTGRESQL, {**asked, "block": BLOCK, "here": BLOCK_HERE})
        else:
            cursor.execute(_NEWEST_ON_SQLITE, asked)
        return [row[0] for row in cursor.fetchall()]


# --- as known on a day, phrases -----------------------------------------------------------------------------------------


def _check_of(actor: Actor, known: AsKnown, query: Query, group: str) -> Callable[[list[int]], set[int]]:
    def check(rows: list[int]) -> set[int]:
        kept = set(rows) if known.day is None else _known_rows(actor, known, group, rows)
        return _holding(query, group, kept) if query.needs_text else kept

    return check


def _known_rows(actor: Actor, known: AsKnown, group: str, rows: list[int]) -> set[int]:
    if group == "documents":
        return set(SearchRow.objects.filter(pk__in=rows, document__in=known_documents(actor, known).values("pk")).values_list("pk", flat=True))  # fmt: skip
    if group == "facts":
        return set(SearchRow.objects.filter(pk__in=rows, fact__in=known_facts(actor, known).values("pk")).values_list("pk", flat=True))  # fmt: skip
    canonical = dict(SearchRow.objects.filter(pk__in=rows).values_list("pk", "entity__canonical"))
    known_then = _actors_known(actor, known, set(canonical.values()))
    return {row for row, entity in canonical.items() if entity in known_then}


def _actors_known(actor: Actor, known: AsKnown, canonical: set[int]) -> set[int]:
    """Those that some fact, as known on the day, is about or names."""
    facts = known_facts(actor, known)
    about = facts.filter(about__canonical__in=canonical).values_list("about__canonical", flat=True)
    named = Statement.objects.filter(object_now__canonical__in=canonical, holds=True, fact__in=facts.values("pk"))
    return set(about) | set(named.values_list("object_now__canonical", flat=True))


def _holding(query: Query, group: str, rows: set[int]) -> set[int]:
    """The rows whose text has the phrases of the query; one text at a time."""
    return {row for row, text in _texts(group, rows) if holds_phrases(text, query)}


def _texts(group: str, rows: set[int]) -> Iterator[tuple[int, str]]:
    found = SearchRow.objects.filter(pk__in=rows)
    if group == "documents":
        for row, title, text in found.values_list("pk", "document__title", "document__text").iterator(20):
            yield row, f"{title}\n{text}"
        return
    words: dict[int, list[str]] = {row: [] for row in rows}
    if group == "facts":
        quotes = found.filter(fact__fact_passages__rank=0).values_list("pk", "fact__fact_passages__passage__quote")
        values = found.filter(fact__statements__holds=True).values_list("pk", "fact__statements__value")
        pairs = [*quotes, *values]
    else:
        entities = dict(found.values_list("pk", "entity"))
        levels = dict(found.values_list("pk", "level"))
        names: dict[tuple[int, int], list[str]] = {}
        for entity, level, name in Name.objects.filter(entity__in=set(entities.values())).values_list("entity", "level", "name"):  # fmt: skip
            names.setdefault((entity, level), []).append(name)
        pairs = [(row, name) for row, entity in entities.items() for name in names.get((entity, levels[row]), ())]
    for row, text in pairs:
        words[row].append(text)
    yield from ((row, _BREAK.join(texts)) for row, texts in words.items())


# --- what is shown of a hit ------------------------------------------------------------------------------------------------


def _load_documents(actor: Actor, known: AsKnown, rows: list[int], limit: int) -> tuple[list[Hit], int, int | None]:
    shown = rows[:limit]
    of = dict(SearchRow.objects.filter(pk__in=shown).values_list("pk", "document"))
    found = known_documents(actor, known).select_related("source").defer("lines", "warnings").in_bulk(of.values())
    hits = [Hit(row, document=found[of[row]]) for row in shown if of.get(row) in found]
    return hits, len(rows), shown[-1] if shown else None


def _load_facts(actor: Actor, known: AsKnown, rows: list[int], limit: int) -> tuple[list[Hit], int, int | None]:
    shown = rows[:limit]
    of = dict(SearchRow.objects.filter(pk__in=shown).values_list("pk", "fact"))
    facts = known_facts(actor, known).filter(pk__in=of.values()).select_related("about__canonical", "document")
    facts = facts.defer("document__text", "document__lines", "document__warnings")
    views = {view.fact.pk: view for view in view_facts(actor, facts)}
    hits = [Hit(row, fact=views[of[row]]) for row in shown if of.get(row) in views]
    return hits, len(rows), shown[-1] if shown else None


def _load_actors(actor: Actor, _known: AsKnown, rows: list[int], limit: int) -> tuple[list[Hit], int, int | None]:
    """Every level of an actor's names is a row, and so is every member of a merged one: they are one hit, at the newest of them."""
    of = dict(SearchRow.objects.filter(pk__in=rows).values_list("pk", "entity__canonical"))
    first: dict[int, int] = {}
    for row in rows:
        first.setdefault(of[row], row)
    shown = dict(list(first.items())[:limit])
    # Rows of who is shown here may stand further down: whoever goes on from here may meet somebody again.
    further = list(shown.values())[-1] if len(first) > limit else (rows[-1] if rows else None)
    entities = Entity.objects.filter(level__lte=actor.level).in_bulk(shown)
    names: dict[int, set[str]] = {key: set() for key in shown}
    for key, name in Name.objects.filter(entity__canonical__in=shown, level__lte=actor.level).values_list("entity__canonical", "name"):  # fmt: skip
        names[key].add(name)
    hits = [Hit(row, entity=entities[key], names=tuple(sorted(names[key]))) for key, row in shown.items() if key in entities]  # fmt: skip
    return hits, len(first), further


_LOADERS = {"actors": _load_actors, "documents": _load_documents, "facts": _load_facts}
