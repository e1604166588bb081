"""The other kinds of facts in the report: agreements, people, organisations, events, figures, quotes, signals."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from handslag.kernel.markup import Html, join, tag
from handslag.reading.report.canvas import one_space
from handslag.reading.report.chapter import Chapter, dated
from handslag.reading.report.periods import period_in_words
from handslag.reading.report.wording import Pair, amount, label, same, sentence
from handslag.reading.results import (
    AgreementFact,
    EventFact,
    FigureFact,
    OrganisationFact,
    PersonFact,
    QuoteFact,
    SignalFact,
)

_MARKS = {"sv": ("”", "”"), "en": ("“", "”")}


def _agreement(chapter: Chapter, fact: AgreementFact) -> Html:
    title = chapter.words(fact.name or fact.form, class_="name") if fact.name or fact.form else None
    status = chapter.canvas.say(label("agreement_status", fact.status), class_=f"tag s-{fact.status}")
    when = _date(chapter, fact.date, fact.date_text, fact.basis)
    place = chapter.words(fact.place) if fact.place else None
    parts = (("parties", fact.parties), ("areas", fact.areas), ("activities", fact.activities))
    rows = [_row(chapter, key, values) for key, values in (*parts, ("signatories", fact.signatories)) if values]
    return chapter.fact(
        fact,
        tag("p", title, " ", status, class_="title"),
        tag("p", join([when, place], ", "), class_="side") if when or place else None,
        tag("dl", *rows) if rows else None,
        proof=chapter.passages(fact, "narrow"),
        class_="agreement",
    )


def _row(chapter: Chapter, key: str, values: tuple[str, ...]) -> Html:
    term = chapter.canvas.say(sentence("fact", key), "dt")
    return join([term, *[chapter.words(value, "dd") for value in values]])


def people_list(chapter: Chapter) -> Html:
    """People, each with all roles; the name stands once."""
    entries = []
    for _, group in groupby(enumerate(chapter.reading.people), key=lambda pair: pair[1].person or pair[0]):
        facts = [fact for _, fact in group]
        name = chapter.words(facts[0].name, "p", "name")
        weak = " weak" if all(fact.certainty == "weak" for fact in facts) else ""
        entries.append(tag("li", name, tag("ul", *[_person(chapter, fact) for fact in facts]), class_=f"person{weak}"))
    return tag("ul", *entries, class_="facts people")


def _person(chapter: Chapter, fact: PersonFact) -> Html:
    role = chapter.words(fact.role) if fact.role else chapter.canvas.say(sentence("fact", "no_role"), class_="nobody")
    organisation = chapter.words(fact.organisation, class_="organisation") if fact.organisation else None
    tense = chapter.canvas.say(label("tense", fact.tense), class_="tag") if fact.tense != "current" else None
    role_line = tag("p", one_space(join([role, organisation], ", "), tense), class_="side")
    return chapter.fact(fact, role_line, proof=chapter.passages(fact, "narrow"), notes=_also(fact.aliases))


def _organisation(chapter: Chapter, fact: OrganisationFact) -> Html:
    name = tag("p", chapter.words(fact.name, class_="name"), class_="title")
    notes = _also(fact.aliases)
    if fact.kind != "unknown":
        notes = (label("organisation_kind", fact.kind), *notes)
    return chapter.fact(fact, name, proof=chapter.passages(fact, "paper", most=1), notes=notes)


def _event(chapter: Chapter, fact: EventFact) -> Html:
    status = None
    if fact.status != "unknown":
        status = chapter.canvas.say(label("event_status", fact.status), class_=f"tag s-{fact.status}")
    when = _date(chapter, fact.date, fact.date_text, fact.basis)
    place = chapter.words(fact.place) if fact.place else None
    notes = (sentence("fact", "part_of", name=same(fact.part_of)),) if fact.part_of else ()
    return chapter.fact(
        fact,
        tag("p", one_space(chapter.words(fact.name, class_="name"), status), class_="title"),
        tag("p", join([when, place], ", "), class_="side") if when or place else None,
        proof=chapter.passages(fact, "narrow"),
        notes=notes,
    )


def _figure(chapter: Chapter, fact: FigureFact) -> Html:
    value = chapter.canvas.say(amount(fact.value, fact.unit, fact.qualifier), class_="name")
    what = chapter.words(fact.what) if fact.what else None
    notes = (sentence("fact", "stated_by", name=same(fact.stated_by)),) if fact.stated_by else ()
    return chapter.fact(
        fact, tag("p", one_space(value, what), class_="title"), proof=chapter.passages(fact, "narrow"), notes=notes
    )


def _quote(chapter: Chapter, fact: QuoteFact) -> Html:
    opening, closing = _MARKS.get(chapter.language, _MARKS["en"])
    said = tag("blockquote", f"{opening}{fact.text}{closing}", lang=chapter.language or None)
    unknown = sentence("fact", "speaker_unknown")
    speaker = (
        chapter.words(fact.speaker, class_="name") if fact.speaker else chapter.canvas.say(unknown, class_="nobody")
    )
    others = [chapter.words(part) for part in (fact.role, fact.organisation) if part]
    return chapter.fact(fact, said, tag("p", join([speaker, *others], ", "), class_="side"), class_="said")


def _signal(chapter: Chapter, fact: SignalFact) -> Html:
    kind = chapter.canvas.say(label("signal_kind", fact.kind).capital, class_="tag")
    headline = tag("p", chapter.words(fact.headline), class_="side") if fact.headline else None
    title = tag("p", one_space(kind, chapter.names(fact.subject)), class_="title")
    return chapter.fact(fact, title, headline, proof=chapter.passages(fact, "narrow"))


_WRITERS: dict[str, tuple[Callable[[Chapter, Any], Html], str]] = {
    "agreements": (_agreement, "facts"),
    "organisations": (_organisation, "facts narrow-list"),
    "events": (_event, "facts"),
    "figures": (_figure, "facts narrow-list"),
    "quotes": (_quote, "facts"),
    "signals": (_signal, "facts"),
}


def fact_list(chapter: Chapter, key: str) -> Html:
    """The facts of one of these kinds, in text order."""
    write, class_ = _WRITERS[key]
    return tag("ul", *[write(chapter, fact) for fact in getattr(chapter.reading, key)], class_=class_)


def _date(chapter: Chapter, date: str, date_text: str, basis: str) -> Html | None:
    if date:
        return chapter.canvas.words(dated(period_in_words(date), date_text, basis))
    return chapter.words(date_text) if date_text else None


def _also(aliases: tuple[str, ...]) -> tuple[Pair, ...]:
    return (sentence("fact", "also_called", names=same(", ".join(aliases))),) if aliases else ()
