"""Words of the vocabulary in the reader's language, for the register's templates."""

from __future__ import annotations

from django import template

from handslag.vocabulary.load import vocabulary
from handslag_hub.register.queries.same import language_now
from handslag_hub.register.schemes import identifier_name, official_address

register = template.Library()


@register.filter
def word_for(key: str, group: str) -> str:
    """What a key of a group of labels ("firmness", "zone") is called; the key itself where it has no label."""
    return str(vocabulary("labels").get(group, {}).get(key, {}).get(language_now(), key))


@register.filter
def identifier_word(predicate: str) -> str:
    """What identifiers of a scheme are called."""
    return identifier_name(predicate, language_now())


@register.filter
def official_page(value: str, predicate: str) -> str:
    """The address at which the official register shows an identifier; "" where there is none."""
    return official_address(predicate, value)
