"""Tags for all templates."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.http import urlencode

register = template.Library()


@register.simple_tag(takes_context=True)
def address(context: template.Context, name: str, *args: object, **query: object) -> str:
    """The address of a page, with the chosen day carried along."""
    known = context.get("as_known")
    parts = {key: value for key, value in query.items() if value not in (None, "")}
    if known is not None and known.day:
        parts["on"] = known.day.isoformat()
        if known.held:
            parts["held"] = "1"
    path = reverse(name, args=args)
    return f"{path}?{urlencode(parts)}" if parts else path
