"""The report as one self-contained page: no address is fetched, no script runs but its own."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from handslag.kernel.errors import UnreadableFile
from handslag.kernel.markup import Html, join, tag
from handslag.reading.output.json_form import LISTS
from handslag.reading.report import overview
from handslag.reading.report.article import Neighbours, article
from handslag.reading.report.canvas import Canvas
from handslag.reading.report.wording import LANGUAGES, integer, sentence
from handslag.reading.results import Reading

_OWN_MARK = '<meta name="generator" content="Handslag report">'


def is_report(head: bytes) -> bool:
    """True for the first 1024 bytes of a page that `html_report` wrote: a later run may replace it."""
    return _OWN_MARK.encode() in head


def html_report(readings: Sequence[Reading], unreadable: Sequence[UnreadableFile] = (), language: str = "sv") -> str:
    """One HTML page about all documents, first shown in `language` ("sv" or "en") and switched within the page.

    It works from a file, in an e-mail and on paper; without scripts it stays in its first language.
    """
    canvas = Canvas(language)
    prefixes = [f"d{number}" for number in range(1, len(readings) + 1)]
    chapters = [
        article(canvas, reading, prefix, _neighbours(prefixes, place))
        for place, (reading, prefix) in enumerate(zip(readings, prefixes, strict=True))
    ]
    title = sentence("about", "title")
    body = join(
        [
            canvas.say(sentence("about", "skip"), "a", href="#documents", class_="skip"),
            _bar(canvas, overview.weak_facts(readings, LISTS)),
            tag(
                "main",
                tag(
                    "div",
                    canvas.say(title, "h1"),
                    canvas.say(overview.introduction(readings), "p", class_="introduction"),
                    overview.guide(canvas) if readings else None,
                    class_="top",
                    id="contents",
                ),
                overview.unreadable_list(canvas, unreadable),
                overview.contents(canvas, readings, prefixes),
                overview.calendar(canvas, readings, prefixes),
                tag("div", *chapters, id="documents", tabindex="-1"),
            ),
            _foot(canvas, readings),
        ]
    )
    style, script = _file("report.css"), _file("report.js")
    head = join(
        [
            Html('<meta charset="utf-8">'),
            Html(_OWN_MARK),
            Html(f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Html('<meta name="color-scheme" content="light dark">'),
            Html('<meta name="referrer" content="no-referrer">'),
            Html('<meta name="robots" content="noindex">'),
            canvas.say(title, "title"),
            tag("style", Html(style)),
        ]
    )
    texts = tag("script", canvas.texts_as_json(), type="application/json", id="texts")
    end = join([texts, tag("script", Html(script), type="module")])
    page = tag("html", tag("head", head), tag("body", body, end), lang=language)
    return f"<!doctype html>\n{page}\n"


def _bar(canvas: Canvas, weak: int) -> Html:
    """The bar above: whose page it is, the weak facts, the language."""
    choice = None
    if weak:
        box = Html('<input type="checkbox" id="show-weak">')
        choice = tag("label", box, " ", canvas.say(sentence("about", "show_weak", n=integer(weak))))
    names = {"sv": "Svenska", "en": "English"}
    buttons = [
        tag(
            "button",
            names[language],
            type="button",
            lang=language,
            aria_pressed=str(language == canvas.language).lower(),
        )
        for language in LANGUAGES
    ]
    group = canvas.named(sentence("about", "language"))
    switch = tag("div", *buttons, role="group", class_="languages", hidden=True, **group)
    return tag("header", tag("b", canvas.words(sentence("about", "product"))), choice, switch, class_="bar")


def _foot(canvas: Canvas, readings: Sequence[Reading]) -> Html:
    readers = ", ".join(sorted({reading.document.reader for reading in readings})) or "Handslag"
    return tag("footer", canvas.say(sentence("about", "made_by", reader=readers), "p"))


def _neighbours(prefixes: Sequence[str], place: int) -> Neighbours:
    return Neighbours(prefixes[place - 1] if place else "", prefixes[place + 1] if place + 1 < len(prefixes) else "")


def _policy(style: str, script: str) -> str:
    """What the page may do: its own style and script, known by their hashes, and nothing else."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
