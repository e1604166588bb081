"""Full-text search: what is stored of a text, what a query asks for, how words are corrected, what is shown of a hit."""

from handslag.language.search.folding import fold
from handslag.language.search.highlight import Snippet, highlight, snippet
from handslag.language.search.index import index_tokens
from handslag.language.search.query import MOST_WORDS, Query, Term, holds_phrases, parse_query
from handslag.language.search.rendering import as_fts5, as_tsquery
from handslag.language.search.spelling import correct, deletions, spelt_words

__all__ = [
    "MOST_WORDS",
    "Query",
    "Snippet",
    "Term",
    "as_fts5",
    "as_tsquery",
    "correct",
    "deletions",
    "fold",
    "highlight",
    "holds_phrases",
    "index_tokens",
    "parse_query",
    "snippet",
    "spelt_words",
]
