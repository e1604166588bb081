"""Filters for templates: where a commitment stands."""

from __future__ import annotations

from django import template

from handslag_hub.briefs.brief import Promise
from handslag_hub.briefs.telling import standing_in_words

register = template.Library()


@register.filter
def stands(line: Promise) -> str:
    """Where a commitment stands, in words."""
    return standing_in_words(line.standing)
