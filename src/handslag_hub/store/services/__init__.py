"""Writes of the store: each one transaction, one action in the trail, caches brought up to date."""

from handslag_hub.store.services.conflicts import settle_conflict
from handslag_hub.store.services.documents import (
    add_document_again,
    change_visibility,
    remove_document,
)
from handslag_hub.store.services.identity import judge_sameness, split_entity
from handslag_hub.store.services.keeping import Kept, keep_reading
from handslag_hub.store.services.originals import keep_original
from handslag_hub.store.services.rereading import Reread, keep_heard, keep_rereading
from handslag_hub.store.services.reviewing import Judged, accept_certain, review_fact, review_facts
from handslag_hub.store.services.typing import TypedFact, type_facts
from handslag_hub.store.services.undoing import undo_action

__all__ = [
    "Judged",
    "Kept",
    "Reread",
    "TypedFact",
    "accept_certain",
    "add_document_again",
    "change_visibility",
    "judge_sameness",
    "keep_heard",
    "keep_original",
    "keep_reading",
    "keep_rereading",
    "remove_document",
    "review_fact",
    "review_facts",
    "settle_conflict",
    "split_entity",
    "type_facts",
    "undo_action",
]
