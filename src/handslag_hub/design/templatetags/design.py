"""Tags for all templates."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.http import urlencode

register = template.Library()

# The page of an entity, by its kind; facts of other kinds are shown at their own address.
PAGES = {
    "organisation": "entity",
    "person": "entity",
    "event": "entity",
    "agreement": "agreement",
    "commitment": "commitment",
}


@register.simple_tag(takes_context=True)
def entity_address(context: template.Context, kind: str, uid: str) -> str:
    """The address of an entity's page, with the chosen day carried along; "" for a kind that has no page."""
    return address(context, PAGES[kind], uid) if kind in PAGES and uid else ""


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
