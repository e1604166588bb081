"""Words for what is held of a person: predicates, and keys of closed lists."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from handslag_hub.design.words import called, period_words

register = template.Library()

_KINDS = {
    "role": _("Person and role"), "quote": _("Quote"), "commitment": _("Commitment"), "agreement": _("Agreement"),
    "event": _("Event"), "signal": _("Signal"), "figure": _("Figure"), "organisation": _("Organisation"), "identifier": _("Identifier"),
    "evidence": _("Evidence"), "contradiction": _("Contradiction"), "milestone": _("Milestone"), "assessment": _("Report of a milestone"),
}  # fmt: skip
_PREDICATES = {
    "name": _("Name"), "alias": _("Also called"), "role": _("Role"), "organisation": _("In"), "tense": _("When held"), "who": _("Who"),
    "what": _("What"), "firmness": _("Firmness"), "cue": _("Deciding words"), "when": _("When"), "when_text": _("Time as printed"),
    "condition": _("Condition"), "to_whom": _("To whom"), "said_by": _("Said by"), "theme": _("Theme"), "agreement": _("Under the agreement"),
    "text": _("Words"), "speaker": _("Said by"), "party": _("Parties"), "signatory": _("Signed by"), "place": _("Place"), "date": _("Date"),
    "date_text": _("Date as printed"), "headline": _("Headline"), "subject": _("To whom or what"), "stated_by": _("Stated by"),
    "value": _("Number"), "unit": _("Unit"), "qualifier": _("How exact"), "kind": _("Kind"), "status": _("State"), "form": _("Form"),
    "lead": _("In the lead"), "support": _("In support"), "start": _("Begins"), "made_by": _("Reported as"), "assessor": _("Reported by"),
    "area": _("Areas"), "activity": _("Activities"), "period": _("When"), "words": _("Words"), "link": _("Link"), "day": _("Day"),
    "of": _("Of the commitment"), "says": _("It says"), "by": _("Said by"), "why_sv": _("Why, in Swedish"), "why_en": _("Why, in English"), "note": _("Note"),
    "reference": _("Came by"), "what_sv": _("What, in Swedish"), "what_en": _("What, in English"), "holds": _("What holds"),
}  # fmt: skip
_LISTS = {"kind": "signal_kind", "form": "agreement_form", "by": "heard_by", "holds": "contradiction_holds"}
_PERIODS = ("when", "date", "period", "day")


@register.filter
def held_kind(kind: str) -> str:
    """What a fact of this kind is called."""
    return str(_KINDS.get(kind, kind))


@register.filter
def held_predicate(predicate: str) -> str:
    """What is said by a value of this predicate."""
    return str(_PREDICATES.get(predicate, predicate))


@register.filter
def held_value(value: str, predicate: str) -> str:
    """The value, or what its key is called."""
    if predicate in _PERIODS:
        return period_words(value)
    return called(_LISTS.get(predicate, predicate), value)
