"""One table for each kind of fact: its values in columns, then what every fact has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from handslag.kernel.errors import BadPeriod
from handslag.kernel.periods import parse_period
from handslag_hub.briefs.milestones import OCDS, OGP, OGP_MAKERS
from handslag_hub.exchange.addresses import address_of, passage_address
from handslag_hub.exchange.full_facts import FullFact, full_facts
from handslag_hub.exchange.selection import Selection, in_chunks, selected_facts
from handslag_hub.exchange.tables.following_tables import STANDING, standing_cells
from handslag_hub.exchange.tables.table import JOINED, Cell, Column, Row, Table
from handslag_hub.store.queries import Value

Part = Literal["words", "address", "first", "last", "basis", "number", "ocds", "ogp", "ogp_maker"]
# The terms of others for ours: docs/agreements.md.
_TERMS: dict[str, Mapping[str, str]] = {"ocds": OCDS, "ogp": OGP, "ogp_maker": OGP_MAKERS}


@dataclass(frozen=True, slots=True)
class Given:
    """A column and what of which predicate stands in it."""

    column: Column
    predicate: str
    part: Part = "words"


def _words(key: str, header: str, predicate: str = "", labels: str = "") -> Given:
    return Given(Column(key, header, "text", labels), predicate or key)


def _named(key: str, header: str, address_header: str) -> tuple[Given, Given]:
    """Whoever is named: the words, and the address of who it is taken to be."""
    return _words(key, header), Given(Column(f"{key}_address", address_header), key, "address")


def _period(key: str, header: str, first: str, last: str, words: str) -> tuple[Given, ...]:
    return (
        _words(key, header),
        Given(Column(f"{key}_first", first, "day"), key, "first"),
        Given(Column(f"{key}_last", last, "day"), key, "last"),
        _words(f"{key}_text", words),
        Given(Column(f"{key}_basis", _("Basis of the date"), "text", "basis"), key, "basis"),
    )


_VALUES: dict[str, tuple[Given, ...]] = {
    "organisation": (
        _words("name", _("Name")),
        _words("alias", _("Other names")),
        _words("kind", _("Kind"), labels="organisation_kind"),
    ),
    "role": (
        _words("name", _("Name")),
        _words("alias", _("Other names")),
        _words("role", _("Role")),
        *_named("organisation", _("Organisation"), _("Address of the organisation")),
        _words("tense", _("When in the role"), labels="tense"),
    ),
    "event": (
        _words("name", _("Name")),
        *_period("date", _("Date"), _("First day"), _("Last day"), _("Date as printed")),
        _words("place", _("Place")),
        _words("part_of", _("Part of")),
        _words("event_status", _("Status of the event"), "status", "event_status"),
    ),
    "agreement": (
        _words("name", _("Name")),
        _words("form", _("Form")),
        _words("agreement_status", _("Status of the agreement"), "status", "agreement_status"),
        *_named("party", _("Parties"), _("Addresses of the parties")),
        *_named("signatory", _("Signatories"), _("Addresses of the signatories")),
        _words("area", _("Areas")),
        _words("activity", _("Activities")),
        *_period("date", _("Date"), _("First day"), _("Last day"), _("Date as printed")),
        _words("place", _("Place")),
    ),
    "commitment": (
        *_named("who", _("Who"), _("Address of who")),
        _words("what", _("What")),
        _words("firmness", _("Firmness"), labels="firmness"),
        _words("cue", _("Deciding words")),
        _words("condition", _("Condition")),
        *_period("when", _("When"), _("Due, first day"), _("Due, last day"), _("When, as printed")),
        *_named("said_by", _("Said by"), _("Address of who said it")),
        *_named("to_whom", _("To whom"), _("Address of to whom")),
        _words("theme", _("Theme"), labels="theme"),
        *_named("agreement", _("Agreement"), _("Address of the agreement")),
        _words("area", _("Area of the agreement")),
    ),
    "milestone": (
        _words("name", _("Name")),
        Given(Column("agreement_address", _("Address of the agreement")), "agreement", "address"),
        *_named("lead", _("In the lead"), _("Addresses of those in the lead")),
        *_named("support", _("In support"), _("Addresses of those in support")),
        _words("start", _("Begins")),
        Given(Column("start_first", _("First day"), "day"), "start", "first"),
        _words("when", _("When")),
        Given(Column("when_last", _("Due, last day"), "day"), "when", "last"),
        _words("words", _("Words")),
    ),
    "assessment": (
        Given(Column("milestone_address", _("Address of the milestone")), "of", "address"),
        _words("made_by", _("Reported as"), labels="assessment_by"),
        Given(Column("ogp_assessment", _("Reported as, in OGP’s terms")), "made_by", "ogp_maker"),
        _words("milestone_status", _("State"), "status", "milestone_status"),
        Given(Column("ocds_status", _("State in OCDS’s terms")), "status", "ocds"),
        Given(Column("ogp_completion", _("Completion in OGP’s terms")), "status", "ogp"),
        _words("day", _("Day")),
        *_named("assessor", _("Reported by"), _("Address of who reported")),
        _words("words", _("Words")),
    ),
    "figure": (
        Given(Column("value", _("Value"), "number"), "value", "number"),
        _words("unit", _("Unit")),
        _words("qualifier", _("How exact"), labels="qualifier"),
        _words("what", _("What")),
        *_named("stated_by", _("Stated by"), _("Address of who stated it")),
    ),
    "quote": (
        _words("text", _("Words")),
        *_named("speaker", _("Speaker"), _("Address of the speaker")),
        _words("role", _("Role")),
        *_named("organisation", _("Organisation"), _("Address of the organisation")),
    ),
    "signal": (
        _words("kind", _("Kind"), labels="signal_kind"),
        *_named("subject", _("Whom it is about"), _("Address of whom it is about")),
        _words("headline", _("Headline")),
    ),
}

_FIRST = (Column("fact", _("Fact")), Column("address", _("Address")))
_LAST = (
    Column("about", _("About")),
    Column("about_address", _("Address of what it is about")),
    Column("quote", _("Passage")),
    Column("passage_address", _("Address of the passage")),
    Column("zone", _("Where on the page"), "text", "zone"),
    Column("source", _("Source")),
    Column("document_title", _("Title of the document")),
    Column("document_address", _("Address of the document here")),
    Column("page_address", _("Address of the page")),
    Column("said_on", _("Said on"), "day"),
    Column("said_period", _("Said, as dated")),
    Column("said_basis", _("Where the day is from"), "text", "said_basis"),
    Column("language", _("Language"), "text", "language"),
    Column("certainty", _("Certainty"), "text", "certainty"),
    Column("status", _("Review"), "text", "status"),
    Column("reviewed_by", _("Reviewed by")),
    Column("reviewed_on", _("Reviewed on"), "day"),
    Column("read_by", _("Read or typed by"), "text", "read_by"),
    Column("origin", _("From")),
)


def fact_rows(kind: str, chosen: Selection, base: str) -> Iterator[Row]:
    """The facts of this kind, a row each."""
    if chosen.kinds and kind not in chosen.kinds:
        return
    for lot in in_chunks(selected_facts(chosen).filter(kind=kind)):
        for full in full_facts(chosen, lot):
            row: Row = {"fact": full.fact.uid, "address": address_of(base, full.fact.uid)}
            row |= {given.column.key: _cell(given, full.view.values.get(given.predicate, []), base) for given in _VALUES[kind]}  # fmt: skip
            if kind == "commitment":
                row |= standing_cells(full)
            yield row | common_cells(full, base)


def common_cells(full: FullFact, base: str) -> Row:
    """What every fact has."""
    fact, lead, last = full.fact, full.view.lead, full.reviews[-1] if full.reviews else None
    document = fact.document if lead else None
    about = fact.about.canonical or fact.about
    return {
        "about": about.label,
        "about_address": address_of(base, about.uid),
        "quote": lead.quote if lead else None,
        "passage_address": passage_address(base, document.uid, lead.start, lead.end) if document and lead else None,
        "zone": fact.zone or None,
        "source": str(document.source) if document else None,
        "document_title": (document.title or None) if document else None,
        "document_address": address_of(base, document.uid) if document else None,
        "page_address": (document.address or None) if document else None,
        "said_on": fact.said_on,
        "said_period": (document.said_period or None) if document else None,
        "said_basis": document.said_basis if document else None,
        "language": fact.language or None,
        "certainty": fact.certainty or None,
        "status": str(full.view.status),
        "reviewed_by": (last.reviewer or None) if last else None,
        "reviewed_on": localtime(last.at).date() if last else None,
        "read_by": full.read_by,
        "origin": full.origin or None,
    }


def _cell(given: Given, values: list[Value], base: str) -> Cell:
    if not values:
        return None
    match given.part:
        case "words":
            return JOINED.join(value.value for value in values)
        case "address":
            return JOINED.join(address_of(base, value.uid) for value in values if value.uid) or None
        case "basis":
            return values[0].basis or None
        case "number":
            return number_in(values[0].value)
        case "ocds" | "ogp" | "ogp_maker":
            return _TERMS[given.part].get(values[0].value)
    try:
        period = parse_period(values[0].normal)
    except BadPeriod:
        return None
    return period.first if given.part == "first" else period.last


def number_in(words: str) -> Cell:
    """The number that the words are, or the words themselves."""
    try:
        return int(words)
    except ValueError:
        pass
    try:
        number = float(words)
    except ValueError:
        return words
    return number if number == number and abs(number) != float("inf") else words  # noqa: PLR0124  nan is not itself


def _table(key: str, kind: str, title: str, about: str) -> Table:
    standing = STANDING if kind == "commitment" else ()
    columns = (*_FIRST, *(given.column for given in _VALUES[kind]), *standing, *_LAST)
    return Table(key, title, about, columns, partial(fact_rows, kind), kind)


FACT_TABLES = (
    _table("commitments", "commitment", _("Commitments"), _("What somebody has said, been told or agreed to do.")),
    _table("agreements", "agreement", _("Agreements"), _("Agreements with parties, areas and activities.")),
    _table("milestones", "milestone", _("Milestones"), _("Milestones of agreements, with who is in the lead and when they are due.")),
    _table("assessments", "assessment", _("Reports of milestones"), _("What was reported of milestones: own reports and independent assessments, a row each.")),
    _table("organisations", "organisation", _("Organisations"), _("Every mention that tells of an organisation, with names and kind.")),
    _table("people", "role", _("People and roles"), _("Who is what, where: one row for each role that a document prints.")),
    _table("events", "event", _("Events"), _("Conferences and meetings, with date and place.")),
    _table("signals", "signal", _("Signals"), _("What happened at whom: appointments, funding, approvals.")),
    _table("quotes", "quote", _("Quotations"), _("What people said, word for word.")),
    _table("figures", "figure", _("Figures"), _("Numbers that documents state, with unit and what they count.")),
)  # fmt: skip

__all__ = ["FACT_TABLES", "common_cells", "fact_rows", "number_in"]
