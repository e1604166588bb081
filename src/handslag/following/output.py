"""What was followed as the JSON object of `handslag-following/1`."""

from __future__ import annotations

import json
from typing import Any

from handslag.following.documents import Document, Place
from handslag.following.results import FORMAT, Because, Followed, Following, Heard


def as_json(following: Following, language: str = "en") -> dict[str, Any]:
    """The object with the contract's keys, made of plain dicts, lists and scalars; reasons in one language, both in `*_words`."""
    return {
        "format": FORMAT,
        "as_of": following.as_of,
        "documents": [_document(document) for document in following.documents],
        "undated": list(following.undated),
        "commitments": [_commitment(item, language) for item in following.commitments],
        "contradictions": [
            {
                "a": _place(c.a),
                "b": _place(c.b),
                "what": _said(c.what, language),
                "kind": c.kind,
                "what_words": _both(c.what),
            }
            for c in following.contradictions
        ],
    }


def json_text(value: dict[str, Any]) -> str:
    """The object as JSON text; only what UTF-8 cannot carry makes it ASCII."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, indent=1, allow_nan=False) + "\n"
    return text


def _document(document: Document) -> dict[str, Any]:
    return {
        "path": document.path,
        "sha256": document.sha256,
        "said_on": document.said_on,
        "said_precision": document.said_precision,
        "language": document.language or None,
    }


def _commitment(item: Followed, language: str) -> dict[str, Any]:
    commitment, state = item.commitment, item.state
    return {
        "id": commitment.id,
        "document": commitment.document,
        "who": ";".join(commitment.who),
        "what": commitment.what,
        "firmness": commitment.firmness,
        "cue": commitment.cue,
        "condition": commitment.condition,
        "when": commitment.when,
        "theme": commitment.theme,
        "evidence": [_place(place) for place in commitment.evidence],
        "state": state.state,
        "due_passed": state.due_passed,
        "last_heard": state.last_heard,
        "by": state.by,
        "heard": [_heard(heard, language) for heard in item.heard],
        "history": [{"since": past.since, "state": past.state} for past in item.history],
    }


def _heard(heard: Heard, language: str) -> dict[str, Any]:
    return {
        "document": heard.place.document,
        "said_on": heard.said_on,
        "passage": _place(heard.place),
        "says": heard.says,
        "by": heard.by,
        "basis": heard.basis,
        "certainty": heard.certainty,
        "why": _said(heard.why, language),
        "why_words": _both(heard.why),
    }


def _place(place: Place) -> dict[str, Any]:
    return {"document": place.document, "start": place.start, "end": place.end, "quote": place.quote}


def _said(because: Because, language: str) -> str:
    return because.sv if language == "sv" else because.en


def _both(because: Because) -> dict[str, str]:
    return {"sv": because.sv, "en": because.en}
