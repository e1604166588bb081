"""Tags for templates: the same brief in another shape."""

from __future__ import annotations

from django import template
from django.utils.http import urlencode

register = template.Library()


@register.simple_tag(takes_context=True)
def address_here(context: template.Context, **query: object) -> str:
    """The address of the page with the chosen day and these choices: `{% address_here as="pdf" all=everything %}`."""
    request = context["request"]
    parts = [("1" if value is True else str(value), key) for key, value in query.items() if value]
    asked = "&".join(filter(None, (request.as_known.query, urlencode([(key, value) for value, key in parts]))))
    return f"{request.path}?{asked}" if asked else request.path
