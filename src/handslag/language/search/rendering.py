"""A query in the words of SQLite's FTS5 and of PostgreSQL. Both mean the same: all terms, none of the excluded groups.

Nothing that was typed comes through but as a token of `[a-z0-9]`, in quotation marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from handslag.language.search.query import Query, Term

# An empty string is an error to FTS5 and a notice to PostgreSQL; no token of the index begins with n.
_NEVER_STORED: Final = "nothing"


def as_fts5(query: Query) -> str:
    """The right side of FTS5's MATCH, for a column that holds `index_tokens`."""
    return _rendered(query, lambda token: f'"{token}"', " OR ", " AND ", " NOT ")


def as_tsquery(query: Query) -> str:
    """The text for PostgreSQL's `::tsquery`, against `array_to_tsvector(string_to_array(index_tokens, ' '))`.

    No text search configuration has a part in it.
    """
    return _rendered(query, lambda token: f"'{token}'", " | ", " & ", " & !")


def _rendered(query: Query, quoted: Callable[[str], str], either: str, both: str, but_not: str) -> str:
    if query.is_empty:
        return quoted(_NEVER_STORED)

    def all_of(terms: Iterable[Term]) -> str:
        return "(" + both.join(f"({either.join(map(quoted, term.alternatives))})" for term in terms) + ")"

    # FTS5's NOT takes two sides and binds to the left: what is found, without the first group, without the second.
    return all_of(query.terms) + "".join(but_not + all_of(group) for group in query.excluded)
