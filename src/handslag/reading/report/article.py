"""One document of the report: what it is, its facts, and beside them the text as it was read."""

from __future__ import annotations

from pathlib import PurePath
from typing import NamedTuple

from handslag.kernel.markup import Html, tag
from handslag.reading.output.json_form import LISTS
from handslag.reading.report.canvas import Canvas
from handslag.reading.report.chapter import Chapter
from handslag.reading.report.commitments import commitment_lists
from handslag.reading.report.passages import LineIndex, marks_of, pieces
from handslag.reading.report.periods import period_in_words
from handslag.reading.report.sections import fact_list, people_list
from handslag.reading.report.text_pane import text_pane
from handslag.reading.report.wording import Pair, counted, integer, label, sentence
from handslag.reading.results import Item, Notice, Reading
from handslag.vocabulary.load import vocabulary

# Commitments first; then who, what, when; last what only points at news.
_ORDER = ("commitments", "agreements", "people", "organisations", "events", "figures", "quotes", "signals")


class Neighbours(NamedTuple):
    """The addresses of the documents before and after this one, "" where there is none."""

    previous: str
    next: str


def title_of(reading: Reading) -> str:
    """What a document is called: its title, else its file's name."""
    return reading.document.title or PurePath(reading.document.path).name


def article(canvas: Canvas, reading: Reading, prefix: str, neighbours: Neighbours) -> Html:
    """The document's part of the page."""
    names = {fact.id: fact.name or fact.form for fact in reading.agreements}
    chapter = Chapter(canvas, reading, prefix, LineIndex(reading.lines), names)
    title_id = f"{prefix}-title"
    columns = tag("div", _facts(chapter), _text(chapter), class_="columns")
    return tag("article", _head(chapter, title_id, neighbours), columns, id=prefix, aria_labelledby=title_id)


def day_in_words(reading: Reading) -> Pair:
    """The document's day with the basis on which it is known."""
    document = reading.document
    if not document.said_on:
        return sentence("document", "said_unknown")
    day, basis = period_in_words(document.said_on), label("said_basis", document.said_basis)
    words = Pair(f"{day.sv}, {basis.sv}", f"{day.en}, {basis.en}")
    if (
        document.said_basis != "printed"
        and document.said_printed
        and any(notice.code == "day-differs" for notice in reading.warnings)
    ):
        printed = sentence("document", "also_printed", words=period_in_words(document.said_printed))
        words = Pair(f"{words.sv}; {printed.sv}", f"{words.en}; {printed.en}")
    return words


def warning_in_words(notice: Notice) -> Pair:
    """A warning: in English as it was given, in Swedish by its code where that is known.

    The names that a warning ends with, after its colon, stand in both.
    """
    known = vocabulary("report_texts")["warnings"].get(notice.code.replace("-", "_"), notice.message)
    named = known.removesuffix("{names}")
    if named != known:
        known = named + notice.message.partition(": ")[2]
    return Pair(known, notice.message).capital


def _head(chapter: Chapter, title_id: str, neighbours: Neighbours) -> Html:
    canvas, document = chapter.canvas, chapter.reading.document
    title = tag("h2", title_of(chapter.reading), id=title_id, lang=chapter.language or None)
    dateline = tag(
        "p",
        canvas.words(day_in_words(chapter.reading)),
        Html(" <i>·</i> "),
        canvas.words(label("language", document.language)),
        class_="dateline",
    )
    warnings = [
        tag("li", canvas.say(sentence("document", "warning"), "b"), " ", canvas.words(warning_in_words(notice)))
        for notice in chapter.reading.warnings
    ]
    return tag(
        "header",
        _ways(canvas, title_of(chapter.reading), neighbours),
        tag("p", document.path, class_="file"),
        title,
        dateline,
        tag("ul", *warnings, class_="warnings") if warnings else None,
    )


def _ways(canvas: Canvas, title: str, neighbours: Neighbours) -> Html:
    ways = [
        canvas.say(sentence("about", key), "a", href=f"#{address}", class_=f"way-{key}")
        for key, address in (("previous", neighbours.previous), ("to_contents", "contents"), ("next", neighbours.next))
        if address
    ]
    name = sentence("about", "navigation", title=title)
    return tag("nav", *ways, class_="ways", **canvas.named(name))


def _facts(chapter: Chapter) -> Html:
    canvas, reading = chapter.canvas, chapter.reading
    blocks = [_section(chapter, key) for key in _ORDER if getattr(reading, key)]
    strong = any(fact.certainty != "weak" for key in LISTS for fact in getattr(reading, key))
    if not blocks:
        blocks = [canvas.say(sentence("document", "no_facts"), "p", class_="none")]
    elif not strong:
        blocks.insert(0, canvas.say(sentence("document", "no_strong_facts"), "p", class_="none strong-only"))
    return tag("div", *blocks, class_="summary")


def _section(chapter: Chapter, key: str) -> Html:
    canvas = chapter.canvas
    facts: tuple[Item, ...] = getattr(chapter.reading, key)
    weak = sum(fact.certainty == "weak" for fact in facts)
    strong = len(facts) - weak
    count = tag("span", integer(strong).sv, class_="count") if strong else None
    heading = tag("h3", canvas.words(sentence("sections", key)), " ", count)
    hidden = canvas.say(counted("weak_hidden", weak, "fact"), "p", class_="strong-only hidden-count") if weak else None
    class_ = f"kind k-{key}" + ("" if strong else " only-weak")
    one = canvas.number(sentence("one_of", key).capital)
    return tag("section", heading, _list(chapter, key), hidden, class_=class_, data_one=one)


def _list(chapter: Chapter, key: str) -> Html:
    if key == "commitments":
        return commitment_lists(chapter)
    return people_list(chapter) if key == "people" else fact_list(chapter, key)


def _text(chapter: Chapter) -> Html:
    canvas, reading = chapter.canvas, chapter.reading
    kinds = {fact.id: key for key in LISTS for fact in getattr(reading, key)}
    facts: list[Item] = [fact for key in LISTS for fact in getattr(reading, key)]
    weak = {fact.id for fact in facts if fact.certainty == "weak"}
    text = text_pane(canvas, reading, chapter.prefix, pieces(marks_of(reading, facts)), kinds, weak)
    heading = canvas.say(sentence("document", "text"), "h3")
    name = canvas.named(sentence("document", "text_of", title=title_of(reading)))
    scroll = tag("div", text, class_="scroll", tabindex="0", role="region", **name)
    rests = tag("div", class_="rests", aria_live="polite", data_heading=canvas.number(sentence("document", "rests_on")))
    hint = canvas.say(sentence("document", "hint"), "p") if facts else None
    return tag("section", tag("div", heading, hint, class_="pane-head"), scroll, rests, class_="pane")
