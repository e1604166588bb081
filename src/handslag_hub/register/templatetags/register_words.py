"""Words for identifiers, for the register's templates."""

from __future__ import annotations

from django import template

from handslag_hub.design.words import language_now
from handslag_hub.register.schemes import identifier_name, official_address

register = template.Library()


@register.filter
def identifier_word(predicate: str) -> str:
    """What identifiers of a scheme are called."""
    return identifier_name(predicate, language_now())


@register.filter
def official_page(value: str, predicate: str) -> str:
    """The address at which the official register shows an identifier; "" where there is none."""
    return official_address(predicate, value)
