"""A reading as the JSON object of `handslag-reading/1`."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from handslag.kernel.passages import Passage
from handslag.reading.results import FORMAT, DocumentFacts, Item, LineFact, Notice, Reading

LISTS = ("organisations", "people", "events", "agreements", "figures", "quotes", "commitments", "signals")
_OF_EVERY_ITEM = ("id", "evidence", "certainty")


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading with the contract's keys, in the contract's order, made of plain dicts, lists and scalars.

    `dropped`, which the contract does not name, counts the facts whose passage was not found verbatim.
    """
    return {
        "format": FORMAT,
        "document": _plain_fields(reading.document),
        "text": reading.text,
        "warnings": [_plain_fields(notice) for notice in reading.warnings],
        "lines": [_plain_fields(line) for line in reading.lines],
        **{key: [_item(item) for item in getattr(reading, key)] for key in LISTS},
        "dropped": reading.dropped,
    }


def json_text(value: dict[str, Any]) -> str:
    """The object as JSON text, one list item a line: small, quick to make, and readable in a diff.

    Characters stand as they are; only a text with lone surrogates, which UTF-8 cannot carry, is written in ASCII.
    """
    text = _json_lines(value, in_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _json_lines(value, in_ascii=True)
    return text


def _json_lines(value: dict[str, Any], *, in_ascii: bool) -> str:
    encode = json.JSONEncoder(ensure_ascii=in_ascii, allow_nan=False).encode
    entries = []
    for key, part in value.items():
        if isinstance(part, list) and part:
            written = "[\n  " + ",\n  ".join(encode(item) for item in part) + "\n ]"
        else:
            written = encode(part)
        entries.append(f" {encode(key)}: {written}")
    return "{\n" + ",\n".join(entries) + "\n}\n"


def _item(item: Item) -> dict[str, Any]:
    own = {name: _plain(getattr(item, name)) for name in _names(item) if name not in _OF_EVERY_ITEM}
    return {
        "id": item.id,
        **own,
        "evidence": [_passage(passage) for passage in item.evidence],
        "zone": item.zone,
        "certainty": item.certainty,
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {"start": passage.start, "end": passage.end, "quote": passage.quote, "zone": passage.zone}


def _plain_fields(value: DocumentFacts | LineFact | Notice) -> dict[str, Any]:
    return {name: getattr(value, name) for name in _names(value)}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _names(value: Item | DocumentFacts | LineFact | Notice) -> list[str]:
    return [field.name for field in fields(value)]
