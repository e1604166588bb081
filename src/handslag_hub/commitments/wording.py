"""What keys are called: the vocabulary's labels in the language of whoever looks, and this part's own words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from handslag.vocabulary.load import vocabulary
from handslag_hub.design.words import language_now
from handslag_hub.store.models import Status, Verdict

DUE = {
    "passed": gettext_lazy("due day passed"),
    "soon": gettext_lazy("in the next 30 days"),
    "later": gettext_lazy("later"),
    "open": gettext_lazy("no day given"),
}
SHELVES = {
    "firmness": gettext_lazy("Firmness"),
    "theme": gettext_lazy("Theme"),
    "language": gettext_lazy("Language"),
    "zone": gettext_lazy("Place on the page"),
    "status": gettext_lazy("Reviewed as"),
    "standing": gettext_lazy("Where it stands"),
    "form": gettext_lazy("Form"),
    "state": gettext_lazy("Status"),
    "year": gettext_lazy("Year"),
    "kind": gettext_lazy("Kind"),
}
SORTS = {
    "due": gettext_lazy("due first"),
    "-due": gettext_lazy("due last"),
    "-said": gettext_lazy("said last"),
}
PREDICATES = {
    "date": gettext_lazy("Day"),
    "place": gettext_lazy("Place"),
    "name": gettext_lazy("Name"),
    "form": gettext_lazy("Form"),
    "status": gettext_lazy("Status"),
    "party": gettext_lazy("Parties"),
    "signatory": gettext_lazy("Signed by"),
    "area": gettext_lazy("Areas"),
    "activity": gettext_lazy("Activities"),
    "who": gettext_lazy("Who"),
    "what": gettext_lazy("What"),
    "firmness": gettext_lazy("Firmness"),
    "cue": gettext_lazy("Deciding words"),
    "condition": gettext_lazy("Condition"),
    "when": gettext_lazy("Due"),
    "said_by": gettext_lazy("Said by"),
    "to_whom": gettext_lazy("To whom"),
    "theme": gettext_lazy("Theme"),
    "agreement": gettext_lazy("Agreement"),
    "words": gettext_lazy("In these words"),
    "link": gettext_lazy("Link"),
    "day": gettext_lazy("Day"),
    "says": gettext_lazy("It says"),
    "organisation_number": gettext_lazy("Organisation number"),
    "ror": gettext_lazy("ROR"),
    "lei": gettext_lazy("LEI"),
    "orcid": gettext_lazy("ORCID"),
}
NOT_GIVEN = gettext_lazy("not given")
# The vocabulary's list for a column or predicate whose name differs.
_LISTS = {"state": "agreement_status", "form": "agreement_form", "kind": "signal_kind", "standing": "commitment_state"}
# Lists that are not the vocabulary's.
_WORDS = {"status": dict(Status.choices), "verdict": dict(Verdict.choices), "predicate": PREDICATES}  # fmt: skip


def label(kind: str, key: object) -> str:
    """What `key` of a closed list is called in the language of whoever looks; the key itself where it is in no list."""
    words = str(key or "")
    if kind in _WORDS:
        return str(_WORDS[kind].get(words, words))
    listed = vocabulary("labels").get(_LISTS.get(kind, kind), {})
    if words in listed:
        return str(listed[words][language_now()])
    return words or str(NOT_GIVEN)


def choices(kind: str) -> list[tuple[str, str]]:
    """All keys of a closed list with their labels, in the vocabulary's order; themes by label."""
    found = [(key, label(kind, key)) for key in vocabulary("labels")[_LISTS.get(kind, kind)]]
    return sorted(found, key=lambda pair: pair[1]) if kind == "theme" else found
