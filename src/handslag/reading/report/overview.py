"""What stands before the documents: which they are, what could not be read, and what is to happen when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handslag.kernel.errors import BadPeriod, UnreadableFile
from handslag.kernel.markup import Html, join, tag
from handslag.kernel.periods import parse_period
from handslag.reading.report.article import title_of
from handslag.reading.report.canvas import Canvas, quoted
from handslag.reading.report.periods import period_in_words
from handslag.reading.report.refusals import reason_in_words
from handslag.reading.report.wording import Pair, counted, integer, label, sentence
from handslag.reading.results import CommitmentFact, Reading

# A calendar longer than this is folded, so that the documents are not far away.
LONGEST_OPEN_CALENDAR = 60


def contents(canvas: Canvas, readings: Sequence[Reading], prefixes: Sequence[str]) -> Html | None:
    """The table of documents, with what was read out of each."""
    if not readings:
        return None
    shown = ("commitments", "people")
    heads = [canvas.say(sentence("about", key), "th", scope="col") for key in ("document", "day")]
    heads += [canvas.say(sentence("sections", key), "th", scope="col", class_="number") for key in shown]
    rows = []
    for reading, prefix in zip(readings, prefixes, strict=True):
        document = reading.document
        link = tag("a", title_of(reading), href=f"#{prefix}", lang=document.language or None)
        notes = canvas.say(counted("warnings", len(reading.warnings)), class_="tag") if reading.warnings else None
        day = period_in_words(document.said_on) if document.said_on else sentence("document", "said_unknown")
        counts = [_strong(reading, key) for key in shown]
        rows.append(
            tag(
                "tr",
                tag("th", link, " ", notes, tag("span", document.path, class_="file"), scope="row"),
                tag("td", canvas.words(day)),
                *[tag("td", integer(count).sv if count else "–", class_="number") for count in counts],
            )
        )
    heading = canvas.say(sentence("about", "contents"), "h2", id="contents-title")
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), aria_labelledby="contents-title")
    return tag("section", heading, table, class_="overview contents")


def unreadable_list(canvas: Canvas, unreadable: Sequence[UnreadableFile]) -> Html | None:
    """The files that could not be read, each with the reason."""
    if not unreadable:
        return None
    heading = canvas.say(sentence("about", "unreadable"), "h2")
    items = [
        tag("li", tag("b", file.name, class_="file"), " ", canvas.words(reason_in_words(file.reason)))
        for file in unreadable
    ]
    return tag("section", heading, tag("ul", *items), class_="overview unreadable")


def calendar(canvas: Canvas, readings: Sequence[Reading], prefixes: Sequence[str]) -> Html | None:
    """The commitments that have a date and are not done yet, over all documents, in order of time."""
    dated = [
        (day, order, reading, prefix, fact)
        for order, (reading, prefix) in enumerate(zip(readings, prefixes, strict=True))
        for fact in reading.commitments
        if fact.certainty != "weak" and fact.firmness != "done" and (day := _last_or_first_day(fact.when))
    ]
    if not dated:
        return None
    dated.sort(key=lambda entry: entry[:2])
    keys = ("when", "who", "what", "firmness") + (("document",) if len(readings) > 1 else ())
    heads = [canvas.say(sentence("calendar", key), "th", scope="col") for key in keys]
    rows = [_row(canvas, reading, prefix, fact, several=len(readings) > 1) for _, _, reading, prefix, fact in dated]
    heading = canvas.say(sentence("calendar", "title"), "h2", id="calendar-title")
    introduction = canvas.say(sentence("calendar", "intro"), "p", class_="introduction")
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), aria_labelledby="calendar-title")
    if len(rows) > LONGEST_OPEN_CALENDAR:
        summary = canvas.say(sentence("calendar", "summary", n=integer(len(rows))), "summary")
        table = tag("details", summary, table)
    return tag("section", heading, introduction, table, class_="overview calendar")


def _row(canvas: Canvas, reading: Reading, prefix: str, fact: CommitmentFact, *, several: bool) -> Html:
    language = reading.document.language
    who = join([quoted(name, language) for name in fact.who.split(";") if name], Html(" <i>·</i> "))
    if not who:
        who = canvas.say(sentence("fact", "unnamed"), class_="nobody")
    what = tag("a", fact.what, href=f"#{prefix}-{fact.id}", lang=language or None)
    inferred = canvas.say(label("basis", "inferred"), class_="tag") if fact.basis == "inferred" else None
    return tag(
        "tr",
        tag("th", canvas.words(period_in_words(fact.when)), " ", inferred, scope="row"),
        tag("td", who),
        tag("td", what),
        tag("td", canvas.words(label("firmness", fact.firmness)), class_=f"firmness f-{fact.firmness}"),
        tag("td", title_of(reading), class_="source", lang=language or None) if several else None,
    )


def guide(canvas: Canvas) -> Html:
    """What the page's words and signs mean."""
    keys = ("firmness", "certainty", "inferred", "zones")
    entries = [canvas.say(sentence("guide", key), "p") for key in keys]
    return tag("details", canvas.say(sentence("guide", "title"), "summary"), *entries, class_="guide")


def introduction(readings: Sequence[Reading]) -> Pair:
    """The sentence under the page's title."""
    if not readings:
        return sentence("about", "intro_none")
    return sentence("about", "intro", documents=counted("documents", len(readings)))


def weak_facts(readings: Sequence[Reading], lists: Sequence[str]) -> int:
    """How many facts are hidden until they are asked for."""
    return sum(fact.certainty == "weak" for reading in readings for key in lists for fact in getattr(reading, key))


def _strong(reading: Reading, key: str) -> int:
    facts = [fact for fact in getattr(reading, key) if fact.certainty != "weak"]
    return len({fact.person or fact.id for fact in facts}) if key == "people" else len(facts)


def _last_or_first_day(when: str) -> date | None:
    try:
        period = parse_period(when)
    except BadPeriod:
        return None
    return period.last or period.first
