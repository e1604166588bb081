"""All that is folded, by addresses: two stores that know the same give the same bytes, whatever the keys of their rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, Q

from handslag_hub.store.models import (
    Assertion,
    Conflict,
    Document,
    Entity,
    Fact,
    FactPassage,
    Name,
    NameKey,
    SearchRow,
    Statement,
)

_FACT = ("uid", "kind", "entity__uid", "about__uid", "certainty", "document__uid", "position", "zone", "language", "said_on", "level",
    "status", "counts", "shown", "printed")  # fmt: skip
_STATEMENT = ("fact__uid", "rank", "predicate", "value", "value_normal", "object__uid", "object_now__uid", "unit", "valid_from", "valid_to",
    "precision", "basis", "extractor__name")  # fmt: skip
_NAME = ("entity__uid", "name", "language", "kind", "by_hand", "accepted", "level")
_CONFLICT = ("entity__uid", "predicate", "level", "values", "settlement__note", "settlement__statement__value")


def dump() -> bytes:
    """The state of the store, a line of JSON for each row, in order.

    Rows that only entries of undone actions speak of are left out: they stay in the tables, and nobody is shown them.
    """
    lines = [json.dumps([what, *row], default=str, ensure_ascii=False) for what, row in _rows()]
    return "\n".join(sorted(lines)).encode()


def _rows() -> Iterator[tuple[str, Iterable[object]]]:
    heard = Exists(Assertion.objects.filter(fact=OuterRef("pk"), action__undone=False))
    facts = Fact.objects.filter(heard)
    keys = facts.values("pk")
    present = Document.objects.filter(Exists(Assertion.objects.filter(document=OuterRef("pk"), action__undone=False)) | Q(live=True))  # fmt: skip
    tables = (
        ("document", present.values_list("uid", "live", "visibility", "sha256")),
        ("fact", facts.values_list(*_FACT)),
        ("statement", Statement.objects.filter(fact__in=keys, holds=True).values_list(*_STATEMENT)),
        ("passage", FactPassage.objects.filter(fact__in=keys, passage__document__in=present.values("pk"))
            .values_list("fact__uid", "rank", "passage__document__uid", "passage__start", "passage__end", "passage__quote", "passage__zone")),
        ("entity", Entity.objects.filter(level__isnull=False).values_list("uid", "kind", "canonical__uid", "label", "level")),
        ("name", Name.objects.values_list(*_NAME)),
        ("key", NameKey.objects.values_list("entity__uid", "kind", "key", "level")),
        ("conflict", Conflict.objects.values_list(*_CONFLICT)),
        ("found", SearchRow.objects.values_list("document__uid", "fact__uid", "entity__uid", "kind", "level", "said_on", "tokens")),
    )  # fmt: skip
    for what, rows in tables:
        for row in rows:
            yield what, row
