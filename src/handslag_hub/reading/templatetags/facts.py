"""Filters for words of documents and facts."""

from __future__ import annotations

from django import template

from handslag_hub.design.shown import visible
from handslag_hub.reading.fact_fields import KINDS, VERDICT_WORDS
from handslag_hub.store.models import Status
from handslag_hub.store.models.documents import Visibility

register = template.Library()

register.filter("visible", lambda text: visible(str(text or "")))


@register.filter
def kind_word(kind: str) -> str:
    """What one fact of this kind is called."""
    return KINDS[kind][0] if kind in KINDS else kind


@register.filter
def kinds_word(kind: str) -> str:
    """What facts of this kind are called."""
    return KINDS[kind][1] if kind in KINDS else kind


@register.filter
def visibility_key(level: int) -> str:
    """The key of a visibility in class names: public, internal, restricted."""
    return Visibility(level).name.lower()


@register.filter
def status_word(status: str) -> str:
    """What people have said of a fact."""
    return str(Status(status).label)


@register.filter
def verdict_word(verdict: str) -> str:
    """What a verdict did, as the history tells it."""
    return str(VERDICT_WORDS.get(verdict, verdict))
