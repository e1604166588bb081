"""What the columns of a list can be, and how such columns are usually headed, in Swedish and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from handslag.kernel.claims import normal_words
from handslag.vocabulary.load import vocabulary

Reads = Literal["words", "names", "period", "coded"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its key is the predicate. `codes` names the closed list of a coded field; what is `required` no row may lack."""

    key: str
    label: str
    reads: Reads = "words"
    codes: str = ""
    required: bool = False
    heads: tuple[str, ...] = ()


FIELDS: dict[str, tuple[Field, ...]] = {
    "commitments": (
        Field("what", _("What"), required=True, heads=("vad", "åtagande", "löfte", "aktivitet", "åtgärd", "insats", "beskrivning", "what", "commitment", "promise", "activity", "action", "description")),
        Field("who", _("Who"), "names", heads=("vem", "aktör", "ansvarig", "ansvarig organisation", "organisation", "part", "ägare", "who", "actor", "responsible", "organization", "owner", "party")),
        Field("firmness", _("Firmness"), "coded", "firmness", required=True, heads=("fasthet", "status", "läge", "grad", "firmness", "state")),
        Field("when", _("When"), "period", heads=("när", "senast", "datum", "klart", "klar", "deadline", "tidpunkt", "slutdatum", "when", "due", "due date", "date", "by")),
        Field("said_by", _("Said by"), "names", heads=("sagt av", "utlovat av", "sagesperson", "said by", "promised by", "stated by")),
        Field("to_whom", _("To whom"), "names", heads=("till vem", "till", "mottagare", "to whom", "to", "recipient")),
        Field("theme", _("Theme"), "coded", "theme", heads=("tema", "område", "theme", "area", "topic")),
        Field("condition", _("Condition"), heads=("villkor", "förutsättning", "condition")),
    ),
    "organisations": (
        Field("name", _("Name"), required=True, heads=("namn", "organisation", "företag", "aktör", "bolag", "name", "organization", "company", "actor")),
        Field("alias", _("Other names"), "names", heads=("alias", "andra namn", "kortnamn", "förkortning", "other names", "short name", "abbreviation", "acronym")),
        Field("kind", _("Kind"), "coded", "organisation_kind", heads=("slag", "typ", "kategori", "kind", "type", "category")),
    ),
    "people": (
        Field("name", _("Name"), required=True, heads=("namn", "person", "kontakt", "kontaktperson", "name", "contact")),
        Field("role", _("Role"), heads=("roll", "titel", "befattning", "funktion", "role", "title", "position", "function")),
        Field("organisation", _("Organisation"), "names", heads=("organisation", "företag", "arbetsgivare", "bolag", "myndighet", "organization", "company", "employer", "affiliation")),
        Field("tense", _("When in the role"), "coded", "tense", heads=("tid", "nuvarande", "tense", "current")),
    ),
}  # fmt: skip

# Words for the closed scale that offices use, beside its labels and keys. What is not here is chosen by a person.
_FIRMNESS = {
    "done": "klar klart färdig färdigt avslutad avslutat genomförd slutförd slutfört completed finished closed",
    "underway": "pågående påbörjad påbörjat startad ongoing started in_progress",
    "agreed": "avtalad beslutad beslutat undertecknad undertecknat signed decided",
    "promised": "lovat utlovad lovad löfte promise pledged",
    "assigned": "uppdrag uppdraget mandated assignment",
    "planned": "planerad plan planeras",
    "aim": "ambition målsättning goal",
    "possible": "möjlig kanske eventuellt maybe",
}
_TENSES = {"current": "ja yes nu now", "former": "tidigare förutvarande f.d. previous ex"}


def known_words(codes: str) -> dict[str, str]:
    """Word, as it is compared → key of the closed list."""
    found: dict[str, str] = {}
    for key, labels in vocabulary("labels")[codes].items():
        for word in (key, labels["sv"], labels["en"]):
            found[normal_words(word)] = key
    more = {"firmness": _FIRMNESS, "tense": _TENSES}.get(codes, {})
    for key, words in more.items():
        for word in words.split():
            found.setdefault(normal_words(word.replace("_", " ")), key)
    return found


def guess_columns(kind: str, headers: tuple[str, ...]) -> dict[str, int]:
    """Field → column, as far as the headers tell; nobody's column is taken twice."""
    folded = [normal_words(header) for header in headers]
    found: dict[str, int] = {}
    for field in FIELDS[kind]:
        names = [field.key.replace("_", " "), *field.heads]
        for name in names:
            place = next((place for place, header in enumerate(folded) if header == name and place not in found.values()), None)  # fmt: skip
            if place is not None:
                found[field.key] = place
                break
    return found
