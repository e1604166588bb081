"""What the hub folds from facts, made while they are made up: names and their keys, search rows, the rows of lists, traits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from django.db import models
from django.utils import timezone
from hub_rows import Tables
from hub_words import Actors

from handslag.language.search import index_tokens
from handslag_hub.commitments.models import (
    NO_DAY,
    AgreementRow,
    AgreementTheme,
    CommitmentRow,
    Part,
    Party,
    SignalRow,
)
from handslag_hub.commitments.rows import PARTS, themes_of
from handslag_hub.register.models import As, Mention, Trait
from handslag_hub.register.projections.clusters import REGISTERED
from handslag_hub.register.projections.mentions import AS, MentionRow
from handslag_hub.store.models import Name, NameKey, SearchRow
from handslag_hub.store.models.caches import LONG_AGO, UNSEEN, NameKind
from handslag_hub.store.name_forms import keys_of
from handslag_hub.store.refresh.entities import NAME_FIELDS, best_name
from handslag_hub.store.refresh.search import SEARCHED_FACTS
from handslag_hub.store.search_tokens import GROUP_OF

_LISTED = (
    "fact",
    "about",
    "level",
    "said_on",
    "said",
    "known_on",
    "language",
    "zone",
    "status",
    "certainty",
    "created_at",
)
FIELDS_FOLDED: dict[type[models.Model], tuple[str, ...]] = {
    Name: NAME_FIELDS,
    NameKey: ("entity", "kind", "key", "level"),
    SearchRow: ("document", "fact", "entity", "kind", "level", "said_on", "tokens"),
    Mention: MentionRow._fields,
    Trait: ("entity", "name", "value", "level", "count"),
    CommitmentRow: (*_LISTED, "what", "firmness", "cue", "theme", "due_first", "due_last", "due", "due_text", "due_basis", "states"),
    AgreementRow: (*_LISTED, "title", "form", "state", "first_day", "last_day", "day_text", "day_basis", "year", "place"),
    AgreementTheme: ("fact", "rank", "theme"),
    SignalRow: (*_LISTED, "kind", "headline"),
    Party: ("fact", "kind", "rank", "named", "entity", "counted", "name", "parts", "level", "known_on", "due", "language", "zone",
        "status", "firmness", "theme", "states", "said"),
}  # fmt: skip
# Where commitments stand is told when their pages are followed.
_NOT_FOLLOWED = "nnn"
_NO_DAY, _LONG_AGO = NO_DAY.isoformat(), LONG_AGO.strftime("%4Y-%m-%d").zfill(10)
_HAVE_NAMES = {"organisation", "role", "event", "agreement"}
_ABOUT = {"organisation": "organisation", "role": "person", "event": "event"}
Name_ = tuple[int, str, str, int, bool, bool, int]


class Said(NamedTuple):
    """A value of a fact; days as they are written. `quoted`: the quote has its words."""

    predicate: str
    value: str
    named: int | None = None
    first: str | None = None
    last: str | None = None
    precision: str = ""
    quoted: bool = False


class Folded:
    """Takes facts as they come; names, keys and traits are written at the end."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.names: set[Name_] = set()
        # Of those that are found by their name without being actors.
        self.agreements: set[int] = set()
        self.traits: Counter[tuple[int, str, str, int]] = Counter()
        self.texts: dict[str, tuple[str, ...]] = {}

    # --- documents and facts ------------------------------------------------------------------------------------------

    def begin_document(self, key: int, level: int, said_on: str | None, language: str, stamped: str, at: datetime) -> None:  # fmt: skip
        """The facts that follow stand in this document."""
        self.document, self.level, self.said_on, self.language, self.at = key, level, said_on, language, stamped
        self.came_in = timezone.localtime(at).date().isoformat()
        self.known_on = said_on or self.came_in

    def end_document(self, title: Sequence[str], sentences: Sequence[Sequence[str]]) -> None:
        """The document is whole."""
        self._search_row(self.document, None, None, "document", self.level, self.said_on, chain(title, *sentences))

    def add_fact(self, fact: int, kind: str, entity: int, status: str, shown: bool, certainty: str, sentence: Sequence[str], said: Sequence[Said]) -> None:  # fmt: skip
        """A fact of the document."""
        if kind in PARTS:
            self._list_fact(fact, kind, entity, status, shown, certainty, said)
        self._mention(fact, kind, entity, shown, said)
        if not shown:
            return
        level, language = self.level, self.language
        if kind in _HAVE_NAMES:
            self.names.add((entity, said[0].value, language, NameKind.NAME, False, status == "accepted", level))
            if kind == "agreement":
                self.agreements.add(entity)
        named = {one.named: one.value for one in said if one.named}
        for other, name in named.items():
            self.names.add((other, name, language, NameKind.MENTION, False, False, level))
            self.traits[other, "has", kind, level] += 1
        if _ABOUT.get(kind) in REGISTERED:
            self.traits[entity, "has", kind, level] += 1
            if kind == "organisation":
                self.traits[entity, "kind", said[1].value, level] += 1
        if kind in SEARCHED_FACTS:
            self._search_row(
                None,
                fact,
                None,
                kind,
                level,
                self.said_on,
                chain(sentence, (one.value for one in said if not one.quoted)),
            )

    def _mention(self, fact: int, kind: str, entity: int, shown: bool, said: Sequence[Said]) -> None:
        parts: Counter[int] = Counter()
        if _ABOUT.get(kind) in REGISTERED:
            parts[entity] |= As.ABOUT
        for one in said:
            if one.named:
                parts[one.named] |= AS[one.predicate]
        level = self.level if shown else UNSEEN
        for other, part in parts.items():
            self.tables.add(
                Mention, fact, other, kind, int(part), level, self.said_on or _LONG_AGO, self.known_on, "body", self.came_in if shown else None
            )  # fmt: skip

    def _list_fact(self, fact: int, kind: str, entity: int, status: str, shown: bool, certainty: str, said: Sequence[Said]) -> None:  # fmt: skip
        level = self.level if shown else UNSEEN
        by = {one.predicate: one for one in reversed(said)}
        shared = (fact, entity, level, self.said_on, self.said_on or _LONG_AGO, self.known_on, self.language, "body", status, certainty, self.at)  # fmt: skip
        firmness = theme = ""
        due = _NO_DAY
        if kind == "commitment":
            when, firmness = by["when"], by["firmness"].value
            theme, due = by["theme"].value if "theme" in by else "", when.last
            self.tables.add_keyed(CommitmentRow, *shared, by["what"].value, firmness, by["cue"].value, theme, when.first, due, due, when.value, "printed", _NOT_FOLLOWED)  # fmt: skip
        elif kind == "agreement":
            day = by["date"]
            self.tables.add_keyed(AgreementRow, *shared, by["name"].value, "", by["status"].value, day.first, day.last, day.value, "printed", int(day.first[:4]), "")  # fmt: skip
            for rank, key in enumerate(themes_of(said)):
                self.tables.add(AgreementTheme, fact, rank, key)
        else:
            self.tables.add_keyed(SignalRow, *shared, by["kind"].value, by["headline"].value)
        parts: dict[int, tuple[str, Part]] = {}
        for one in said:
            if one.predicate in PARTS[kind]:
                name, before = parts.get(one.named, (one.value, 0))
                parts[one.named] = (name, before | PARTS[kind][one.predicate])
        for rank, (named, (name, part)) in enumerate(parts.items()):
            self.tables.add(Party, fact, kind, rank, named, named, True, name, int(part), level, self.known_on, due, self.language, "body",
                status, firmness, theme, _NOT_FOLLOWED, self.said_on or _LONG_AGO)  # fmt: skip

    def _search_row(self, document: int | None, fact: int | None, entity: int | None, kind: str, level: int, said_on: str | None, texts: Iterable[str]) -> None:  # fmt: skip
        """The tokens of a text are those of its parts, in the order in which they come up: a part is looked at once."""
        known = self.texts
        found: dict[str, None] = {}
        for text in texts:
            tokens = known.get(text)
            if tokens is None:
                tokens = known[text] = dict.fromkeys(index_tokens(text).split())
            found.update(tokens)
        self.tables.add(SearchRow, document, fact, entity, kind, level, said_on, f"g{GROUP_OF[kind]} k{kind} l{level} {' '.join(found)}")  # fmt: skip

    # --- at the end ---------------------------------------------------------------------------------------------------

    def write_names(self, actors: Sequence[Actors]) -> dict[int, tuple[str, int]]:
        """Names, their keys, the search rows of actors, traits; gives entity → (label, level) of all that have a name."""
        kinds = {key: them.kind for them in actors for key in them.keys} | dict.fromkeys(self.agreements, "agreement")
        keys: dict[tuple[int, str, str], int] = {}
        given: dict[int, list[Name_]] = defaultdict(list)
        for row in sorted(self.names):
            self.tables.add(Name, *row)
            entity, name, language, *_, level = row
            given[entity].append(row)
            if kinds[entity] in REGISTERED:
                self.traits[entity, "language", language, level] += 1
            for kind, key in keys_of(kinds[entity], name, language):
                slot = (entity, kind, key[:255])
                keys[slot] = min(level, keys.get(slot, level))
        for slot, level in keys.items():
            self.tables.add(NameKey, *slot, level)
        for entity, rows in given.items():
            if kinds[entity] in {"organisation", "person"}:
                for level in sorted({row[-1] for row in rows}):
                    self._search_row(None, None, entity, kinds[entity], level, None, (row[1] for row in rows if row[-1] == level))  # fmt: skip
        for trait, count in self.traits.items():
            self.tables.add(Trait, *trait, count)
        return {entity: (best_name([(row[1], *row[3:]) for row in rows]), min(row[-1] for row in rows)) for entity, rows in given.items()}  # fmt: skip
