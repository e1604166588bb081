"""What each kind of fact says: its fields in the order in which people read them, and how each is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: Final = {
    "commitment": (_("Commitment"), _("Commitments")),
    "agreement": (_("Agreement"), _("Agreements")),
    "role": (_("Person and role"), _("People and roles")),
    "event": (_("Event"), _("Events")),
    "signal": (_("Signal"), _("Signals")),
    "figure": (_("Figure"), _("Figures")),
    "quote": (_("Quotation"), _("Quotations")),
    "organisation": (_("Organisation"), _("Organisations")),
    "evidence": (_("Heard of a commitment"), _("Heard of commitments")),
    "contradiction": (_("Contradiction"), _("Contradictions")),
}


# What each verdict did, for the history.
VERDICT_WORDS: Final = {
    "accept": _("Accepted"),
    "correct": _("Corrected"),
    "reject": _("Rejected"),
    "unsure": _("Marked as not sure"),
    "clear": _("Verdict taken back"),
    "check again": _("To be checked again: the page words it otherwise now"),
}


@dataclass(frozen=True, slots=True)
class FactField:
    """One field: `form` is words (that may be in the vocabulary's `group`), closed (they are in it), period, number, or names of entities of `names`.

    `many`: several values, in a form set apart by ";". `main`: without it there is no fact. `beside`: shown with that other field.
    """

    predicate: str
    label: str | Promise
    form: str = "words"
    group: str = ""
    names: tuple[str, ...] = ()
    many: bool = False
    main: bool = False
    long: bool = False
    beside: str = ""


_BODY = ("organisation",)
_ANYONE = ("organisation", "person")

FIELDS: Final[dict[str, tuple[FactField, ...]]] = {
    "organisation": (
        FactField("name", _("Name"), main=True),
        FactField("alias", _("Also called"), many=True),
        FactField("kind", _("Sort of organisation"), "closed", "organisation_kind"),
    ),
    "role": (
        FactField("name", _("Name"), main=True),
        FactField("alias", _("Also called"), many=True),
        FactField("role", _("Role")),
        FactField("organisation", _("In"), "names", names=_BODY),
        FactField("tense", _("When held"), "closed", "tense"),
    ),
    "event": (
        FactField("name", _("Name"), main=True),
        FactField("date", _("Date"), "period"),
        FactField("date_text", _("Date as printed"), beside="date"),
        FactField("place", _("Place")),
        FactField("part_of", _("Part of")),
        FactField("status", _("State"), "closed", "event_status"),
    ),
    "agreement": (
        FactField("name", _("Name"), main=True),
        FactField("status", _("State"), "closed", "agreement_status"),
        FactField("form", _("Form"), group="agreement_form"),
        FactField("party", _("Parties"), "names", names=_BODY, many=True),
        FactField("signatory", _("Signed by"), "names", names=_ANYONE, many=True),
        FactField("area", _("Areas"), many=True, long=True),
        FactField("activity", _("Activities"), many=True, long=True),
        FactField("date", _("Date"), "period"),
        FactField("date_text", _("Date as printed"), beside="date"),
        FactField("place", _("Place")),
    ),
    "figure": (
        FactField("value", _("Number"), "number", main=True),
        FactField("unit", _("Unit")),
        FactField("qualifier", _("How exact"), "closed", "qualifier"),
        FactField("what", _("Of what")),
        FactField("stated_by", _("Stated by"), "names", names=_ANYONE),
    ),
    "quote": (
        FactField("text", _("Words"), main=True, long=True),
        FactField("speaker", _("Said by"), "names", names=_ANYONE),
        FactField("role", _("Role")),
        FactField("organisation", _("In"), "names", names=_BODY),
    ),
    "commitment": (
        FactField("who", _("Who"), "names", names=_ANYONE, many=True),
        FactField("what", _("What"), main=True, long=True),
        FactField("firmness", _("Firmness"), "closed", "firmness", main=True),
        FactField("cue", _("Deciding words")),
        FactField("when", _("When"), "period"),
        FactField("when_text", _("Time as printed"), beside="when"),
        FactField("condition", _("Condition"), long=True),
        FactField("to_whom", _("To whom"), "names", names=_ANYONE),
        FactField("said_by", _("Said by"), "names", names=_ANYONE),
        FactField("theme", _("Theme"), "closed", "theme"),
        FactField("agreement", _("Under the agreement"), "names", names=("agreement",)),
        FactField("area", _("Area of the agreement"), long=True),
    ),
    "milestone": (
        FactField("name", _("Name"), main=True),
        FactField("lead", _("In the lead"), "names", names=_ANYONE, many=True),
        FactField("support", _("In support"), "names", names=_ANYONE, many=True),
        FactField("start", _("Begins"), "period"),
        FactField("when", _("When"), "period"),
        FactField("words", _("Words"), long=True),
    ),
    "assessment": (
        FactField("made_by", _("Reported as"), "closed", "assessment_by", main=True),
        FactField("status", _("State"), "closed", "milestone_status", main=True),
        FactField("day", _("Day"), "period"),
        FactField("assessor", _("Reported by"), "names", names=_ANYONE),
        FactField("words", _("Words"), long=True),
    ),
    "signal": (
        FactField("kind", _("What happened"), "closed", "signal_kind", main=True),
        FactField("subject", _("To whom or what"), "names", names=_ANYONE, many=True),
        FactField("headline", _("Headline"), long=True),
    ),
    "evidence": (
        FactField("says", _("It says"), "closed", "says", main=True),
        FactField("by", _("Said by"), "closed", "heard_by"),
        FactField("words", _("In these words"), long=True),
        FactField("day", _("Day"), "period"),
        FactField("link", _("Link")),
        FactField("note", _("Note"), long=True),
    ),
    "contradiction": (
        FactField("kind", _("What differs"), "closed", "contradiction_kind", main=True),
        FactField("holds", _("What holds"), "closed", "contradiction_holds"),
    ),
}

# What a fact is called in a list: the first of these that it has.
TITLES: Final = {
    "commitment": ("what",),
    "quote": ("text",),
    "signal": ("headline", "kind"),
    "figure": ("value",),
    "assessment": ("status",),
    "evidence": ("says",),
    "contradiction": ("kind",),
}
