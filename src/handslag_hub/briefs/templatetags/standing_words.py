"""Filters for templates: where a commitment stands; what was not looked through."""

from __future__ import annotations

from django import template

from handslag_hub.briefs.brief import Promise, Unread
from handslag_hub.briefs.telling import standing_in_words, unread_in_words

register = template.Library()


@register.filter
def stands(line: Promise) -> str:
    """Where a commitment stands, in words."""
    return standing_in_words(line.standing)


@register.filter
def unread(one: Unread) -> str:
    """What was not looked through, in words."""
    return unread_in_words(one)
