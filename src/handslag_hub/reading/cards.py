"""A fact as a page shows it: its title, its values field by field with their basis, its passages, who decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from handslag.reading.report.passages import locate_words
from handslag_hub.accounts.actors import Actor
from handslag_hub.design.words import called, period_words
from handslag_hub.reading.fact_fields import FIELDS, TITLES, FactField
from handslag_hub.reading.fact_words import amount_words
from handslag_hub.reading.marking import Mark
from handslag_hub.reading.queries.reviewing import last_reviews
from handslag_hub.store.models import Fact, Passage, Review, Verdict
from handslag_hub.store.queries import FactView, Value, view_facts


@dataclass(frozen=True, slots=True)
class Shown:
    """One value in words: `inferred` if it does not stand on the page as such; `uid`, `kind`, `label` of the entity it names.

    `label` only where that is called otherwise by now.
    """

    text: str
    inferred: bool = False
    by_hand: bool = False
    uid: str = ""
    kind: str = ""
    label: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One field with its values; none: not known. `printed` are the page's own words for it."""

    predicate: str
    label: str | Promise
    values: list[Shown]
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A fact with what is shown of it in one place."""

    view: FactView
    title: str
    rows: list[Row]
    places: Sequence[Passage] = ()
    last: Review | None = None

    @property
    def fact(self) -> Fact:
        """The fact itself."""
        return self.view.fact

    @property
    def seen(self) -> int:
        """The last review that was before the reader's eyes, 0 for none: sent along with a verdict."""
        return self.last.pk if self.last else 0

    @property
    def can_be_corrected(self) -> bool:
        """False for kinds that have no fields here, such as identifiers: they are typed anew."""
        return self.fact.kind in FIELDS

    @property
    def spans(self) -> str:
        """Where the fact stands in the text, for the script that shows it: "120-180 300-310"."""
        return " ".join(f"{place.start}-{place.end}" for place in self.places)

    @property
    def firmness(self) -> str:
        """How firm a commitment is, "" for other kinds."""
        return self.view.first("firmness") if self.fact.kind == "commitment" else ""

    @property
    def details(self) -> list[Row]:
        """The values that its title and its badges do not show already."""
        said = {*TITLES.get(self.fact.kind, ("name",))[:1], "firmness"}
        if self.fact.kind == "figure":
            said.add("what")
        return [row for row in self.rows if row.predicate not in said]

    @property
    def more_places(self) -> int:
        """How many passages it has beside the first."""
        return max(0, len(self.places) - 1)

    @property
    def decided_by_person(self) -> bool:
        """True if the last verdict is a person's: not that the page changed."""
        return self.last is not None and self.last.verdict not in (Verdict.CHECK_AGAIN, Verdict.CLEAR)


def cards_of(actor: Actor, facts: Iterable[Fact], places: Mapping[int, Sequence[Passage]] | None = None) -> list[Card]:
    """The facts as cards; `places` gives their passages where these are not those of the document they stand in now."""
    views = view_facts(actor, facts, passages=places is None)
    last = last_reviews(view.fact.pk for view in views)
    return [
        Card(view, title_of(view), rows_of(view.fact.kind, view.values), view.passages if places is None else places.get(view.fact.pk, ()), last.get(view.fact.pk))
        for view in views
    ]  # fmt: skip


def title_of(view: FactView) -> str:
    """What a fact is called in a list."""
    kind = view.fact.kind
    for predicate in TITLES.get(kind, ("name",)):
        if found := view.values.get(predicate):
            shown = _shown(next(field for field in FIELDS[kind] if field.predicate == predicate), found[0])
            what = view.first("what") if kind == "figure" else ""
            return f"{shown.text}: {what}" if what else shown.text
    return view.fact.uid


def rows_of(kind: str, values: Mapping[str, Sequence[Value]], *, every: bool = False) -> list[Row]:
    """The fields that have values, in the order of the kind; with `every` also those of which nothing is known."""
    rows = []
    for told in FIELDS.get(kind, ()):
        if told.beside or (kind == "figure" and told.predicate == "unit"):
            continue  # shown with the value beside which they stand
        found = values.get(told.predicate, ())
        beside = next((other.predicate for other in FIELDS[kind] if other.beside == told.predicate), "")
        printed = values[beside][0].value if values.get(beside) else ""
        if found or printed or every:
            rows.append(Row(told.predicate, told.label, [_shown(told, value) for value in found], printed))
    return rows


def marks_for(card: Card, *, names: bool = True) -> list[Mark]:
    """The passages of a card, and in them the words that decide: of a commitment its cue, of others (`names`) what the values name."""
    wanted = [card.view.first("cue")] if card.view.first("cue") else []
    if names and card.fact.kind != "commitment":
        wanted += [card.view.first(predicate) for predicate in ("name", "role", "date_text", "speaker") if card.view.first(predicate)]  # fmt: skip
    marks = [Mark(place.start, place.end, place.pk) for place in card.places]
    for words in wanted:
        for place in card.places:
            if found := locate_words(place.quote, words):
                marks += [Mark(place.start + start, place.start + end) for start, end in found]
                break
    return marks


def _shown(told: FactField, value: Value) -> Shown:
    text = value.value
    if told.group:
        text = called(told.group, value.value)
    elif told.form == "period":
        text = period_words(value.value)
    elif told.form == "number":
        text = amount_words(value.value, value.unit)
    # That a key of a closed list is the reader's word for what is printed goes without saying where there is little room.
    inferred = value.basis == "inferred" and told.form != "closed"
    renamed = value.label if value.label != value.value else ""
    return Shown(text, inferred, value.by_hand, value.uid, value.kind, renamed, value.basis)
