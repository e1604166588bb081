"""Filters for templates: labels of keys."""

from __future__ import annotations

from django import template

from handslag_hub.commitments import wording

register = template.Library()


@register.filter
def label(key: object, kind: str) -> str:
    """What a key is called: `{{ row.firmness|label:"firmness" }}`."""
    return wording.label(kind, key)
