"""States and due days as templates say them."""

from __future__ import annotations

from django import template

from handslag_hub.asking import composing, wording

register = template.Library()


@register.filter
def state_words(state: str) -> str:
    """A state of the contract in the reader's language: `{{ followed.state|state_words }}`."""
    return wording.state_words(state)


@register.filter
def due_words(due: str) -> str:
    """When something is due, as people write it."""
    return composing.due_words(due)
