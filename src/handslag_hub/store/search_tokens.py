"""The tokens of a row as both databases index them: those of its text, and what the row is.

Tokens of words begin with w, s or e (`handslag.language.search`). What a row is begins with k (its kind), g (its group) or l (its
level), so that one look into the index answers who may see which hits of which kind, however common the word.

FTS5 gives the newest rows first and stops where there are enough. PostgreSQL's index has no order: there each row also has a token of
its group and of the block of rows that it lies in, and the blocks are asked one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable

from handslag.language.search import Query, as_fts5, as_tsquery, index_tokens
from handslag_hub.store.models.documents import Visibility

# What search tells apart, in the order in which hits are shown.
GROUPS = {
    "actors": ("organisation", "person"),
    "documents": ("document",),
    "facts": ("commitment", "agreement", "event", "signal", "figure", "quote"),
}
# Rows of a block, by their keys: as the column of lexemes has it (migration 0007).
BLOCK = 16384
# Where the number of the block goes in a tsquery. No token has it otherwise.
BLOCK_HERE = "/#"

GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


def tokens_of(text: str, kind: str, level: int) -> str:
    """Distinct tokens, separated by spaces."""
    return f"g{GROUP_OF[kind]} k{kind} l{level} {index_tokens(text)}".rstrip()


def row_question(query: Query, *, kinds: Iterable[str], level: int, vendor: str) -> str:
    """The question for rows of these kinds that somebody who sees up to `level` may know of; for FTS5, or as tsquery for any block."""
    wanted = set(kinds)
    whole = [group for group, members in GROUPS.items() if wanted.issuperset(members)]
    marks = [f"g{group}" for group in whole] + sorted(f"k{kind}" for kind in wanted if GROUP_OF[kind] not in whole)
    seen = [f"l{step}" for step in Visibility.values if step <= level]
    if vendor == "postgresql":
        blocks = sorted({f"g{GROUP_OF[kind]}{BLOCK_HERE}" for kind in wanted})
        asked = [blocks] if len(whole) == len(blocks) else [blocks, marks]
        if len(seen) < len(Visibility.values):
            asked.append(seen)
        return " & ".join((*(_either(one, "'", " | ") for one in asked), f"({as_tsquery(query)})"))
    return " AND ".join((_either(marks, '"', " OR "), _either(seen, '"', " OR "), f"({as_fts5(query)})"))


def _either(marks: list[str], quotation: str, joined_by: str) -> str:
    return f"({joined_by.join(f'{quotation}{mark}{quotation}' for mark in marks)})"
