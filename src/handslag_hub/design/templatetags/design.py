"""Tags for all templates."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django import template
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import slugify

from handslag_hub.design import words as said
from handslag_hub.design.navigation import MAIN, MORE

register = template.Library()

# The page of an entity, by its kind; facts of other kinds are shown at their own address.
PAGES = {
    "organisation": "entity",
    "person": "entity",
    "event": "entity",
    "agreement": "agreement",
    "commitment": "commitment",
}
# What an address asks for that another day makes void.
_OF_DAY = ("on", "held", "page", "after")


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
    path = _path(name, args)
    return f"{path}?{urlencode(parts)}" if parts else path


@lru_cache(maxsize=10_000)
def _path(name: str, arguments: tuple[object, ...]) -> str:
    """Looking an address up costs more than most of what else stands in a line."""
    return reverse(name, args=arguments)


@register.simple_tag(takes_context=True)
def places(context: template.Context, which: str) -> list[dict[str, object]]:
    """The places of the navigation ("main" or "more") that the actor may go to; `current` is the one whose page this is."""
    actor = context.get("actor")
    match = getattr(context.get("request"), "resolver_match", None)
    page = match.url_name if match else ""
    return [
        {"place": place, "current": ("page" if place.name == page else "true") if place.holds(page or "") else ""}
        for place in (MAIN if which == "main" else MORE)
        if actor is not None and actor.may(place.needs)
    ]


@register.filter
def day(value: date | None) -> str:
    """A day as figures, for `datetime=` and lists: `{{ fact.said_on|day }}` is 2026-10-08."""
    return value.isoformat() if value else ""


@register.filter
def is_ahead(value: date | None) -> bool:
    """True for a day to come: `{% if document.said_on|is_ahead %}`."""
    return value is not None and value > timezone.localdate()


@register.filter
def at_most(text: str, length: int) -> str:
    """The text, cut where it is longer. Django's `truncatechars` looks at every letter of texts that are not."""
    return text if len(text) <= length else truncatechars(text, length)


@register.filter
@lru_cache(maxsize=1000)
def as_class(key: str) -> str:
    """A key of a closed list as it stands in the names of classes: "check again" is check-again."""
    return slugify(key)


@register.filter
def called(key: str, words: str) -> str:
    """What a key of the vocabulary is called in the reader's language: `{{ firmness|called:"firmness" }}`; the key itself where it has no name."""
    return said.called(words, str(key))


@register.filter
def period(text: str) -> str:
    """A period in the reader's words: `{{ "2026-Q4"|period }}`."""
    return said.period_words(str(text))


@register.simple_tag(takes_context=True)
def asked_besides_day(context: template.Context) -> list[tuple[str, str]]:
    """What the address of this page asks for besides the day and the place in a list; by a tag, as `request.GET.lists` is `?lists=` if that is there."""
    return [(name, value) for name, values in context["request"].GET.lists() if name not in _OF_DAY for value in values]


@register.simple_tag(takes_context=True)
def without_day(context: template.Context) -> str:
    """The address of this page as of today."""
    request = context["request"]
    query = request.GET.copy()
    for name in _OF_DAY:
        query.pop(name, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
