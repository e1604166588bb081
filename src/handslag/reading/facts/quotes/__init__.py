"""Quotations with their speakers: what is quoted, and who says it."""

from handslag.reading.facts.quotes.finding import find_quotes, quote_spans

__all__ = ["find_quotes", "quote_spans"]
