"""The store: documents and passages, facts and statements, logs of what people and readers did, caches folded from the logs."""

from handslag_hub.store.models.caches import Conflict, Name, NameKey, SearchRow, SpellingKey, SpellingTerm
from handslag_hub.store.models.documents import Document, Original, Passage, Source
from handslag_hub.store.models.erasing import Erasure
from handslag_hub.store.models.facts import Entity, Extractor, Fact, FactPassage, Statement, Status
from handslag_hub.store.models.logs import (
    Action,
    Assertion,
    IdentityLink,
    Move,
    Presence,
    Review,
    Sameness,
    Settlement,
    Verdict,
)

__all__ = [
    "Action",
    "Assertion",
    "Conflict",
    "Document",
    "Entity",
    "Erasure",
    "Extractor",
    "Fact",
    "FactPassage",
    "IdentityLink",
    "Move",
    "Name",
    "NameKey",
    "Original",
    "Passage",
    "Presence",
    "Review",
    "Sameness",
    "SearchRow",
    "Settlement",
    "Source",
    "SpellingKey",
    "SpellingTerm",
    "Statement",
    "Status",
    "Verdict",
]
