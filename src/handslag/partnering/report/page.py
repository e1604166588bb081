"""The plan as one self-contained page: overview, what was left out and why, every timetable. No address is fetched, no script runs but its own.

Timetables are made by the script, from numbers and names that lie in the page: as tables, those of 33,000 meetings were
9 MB and half a million elements, of which somebody reads ten.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from handslag.kernel.markup import Html, join, tag
from handslag.partnering.problem import Problem
from handslag.partnering.report.load_picture import bars_of, load_picture
from handslag.partnering.report.overview import FullPerson, Overview, overview_of
from handslag.partnering.report.page_data import page_data
from handslag.partnering.report.text import grouped, overview_lines, size_words
from handslag.partnering.schedule import Schedule
from handslag.partnering.wording import percent, sentence

_FILES = Path(__file__).parent
# Of those who are full so many are shown at once.
_FIRST = 15


def plan_page(problem: Problem, schedule: Schedule, language: str) -> str:
    """One HTML page in Swedish ("sv") or English ("en"), to be read, searched, sent and printed."""
    return _Page(problem, schedule, language).whole()


class _Page:
    def __init__(self, problem: Problem, schedule: Schedule, language: str) -> None:
        self.problem, self.schedule, self.language = problem, schedule, language
        self.overview: Overview = overview_of(problem, schedule)
        self.position = {person.id: at for at, person in enumerate(problem.people)}

    def whole(self) -> str:
        title = self.problem.name or self.say("title")
        style, script = ((_FILES / name).read_text(encoding="utf-8") for name in ("plan.css", "plan.js"))
        policy = f"default-src 'none'; style-src '{_sum(style)}'; script-src '{_sum(script)}'"
        head = tag(
            "head",
            Html('<meta charset="utf-8">'),
            Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Html('<meta name="color-scheme" content="light dark">'),
            tag("title", f"{title} – {self.say('title')}"),
            tag("style", Html(style)),
        )
        parts = [
            ("finding", "find", self.finder()),
            ("load", "load", self.load()),
            ("fairness", "fairness", self.fairness()),
            ("full-people", "full_people", self.full_people()),
            ("unplaced", "unplaced", self.unplaced()),
        ]
        there = [(name, key, part) for name, key, part in parts if part]
        contents = tag(
            "nav",
            tag("ul", *(tag("li", tag("a", self.say(key), href=f"#{name}")) for name, key, _ in there)),
            aria_label=self.say("contents"),
        )
        sections = [tag("section", tag("h2", self.say(key)), part, id=name) for name, key, part in there]
        timetable = tag("section", id="timetable", hidden=True, aria_live="off")
        header = tag("header", tag("h1", title), self.tiles(), self.lines(), contents)
        main = tag("main", header, sections[0], timetable, *sections[1:])
        data = tag("script", page_data(self.problem, self.schedule, self.language), type="application/json", id="plan")
        body = tag("body", main, data, tag("script", Html(script), type="module"))
        return f"<!doctype html>\n{tag('html', head, body, lang=self.language)}\n"

    def say(self, key: str, **values: object) -> str:
        return sentence("report", key, values, self.language)

    def number(self, value: int) -> str:
        return grouped(value, self.language)

    def percent(self, part: int, whole: int, digits: int = 1) -> str:
        return percent(part / whole if whole else 1.0, digits, self.language)

    # --- the overview -------------------------------------------------------------------------------------------------

    def tiles(self) -> Html:
        """The figures that are asked for first."""
        found = self.overview
        requested = self.number(found.requested)
        tiles = [
            (self.number(found.placed), self.say("tile_placed"),
                self.say("tile_of", requested=requested, share=self.percent(found.placed, found.requested))),
            (self.number(found.people), self.say("tile_people"), self.say("tile_bodies", n=self.number(found.organisations))),
        ]  # fmt: skip
        if found.proof is not None:
            gap = percent(found.proof.gap, 3, self.language)
            proven = self.say("tile_proven", bound=self.number(found.proof.bound))
            tiles.insert(1, (self.number(found.value), self.say("tile_value"), proven))
            tiles.insert(2, (gap, self.say("tile_gap"), sentence("plan", f"status_{found.status}", {}, self.language)))
        if found.full:
            tiles.append((self.number(len(found.full)), self.say("tile_full"), self.say("tile_full_more")))
        return tag(
            "ul",
            *(
                tag("li", tag("strong", one), " ", tag("span", two), " ", tag("small", three))
                for one, two, three in tiles
            ),
            class_="tiles",
        )

    def lines(self) -> Html:
        """The same in sentences, as the terminal has them: what can be copied into a letter."""
        lines = (tag("li", line) for line in overview_lines(self.overview, self.language))
        return tag("ul", *lines, class_="lines")

    def load(self) -> Html:
        bars = bars_of(self.problem, self.overview.slots, self.language)
        if not bars:
            return Html("")
        rows = [(bar.day, bar.name, self.number(bar.held), self.number(bar.room), self.percent(bar.held, bar.room, 0)) for bar in bars]  # fmt: skip
        headings = ["", self.say("slot"), self.say("held"), self.say("room"), self.say("share")]
        if not any(bar.day for bar in bars):
            headings, rows = headings[1:], [row[1:] for row in rows]  # type: ignore[misc]
        legend = tag("p", tag("span", class_="key held"), f" {self.say('load_held')} ", tag("span", class_="key room"),
            f" {self.say('load_room')}", class_="legend", aria_hidden="true")  # fmt: skip
        picture = tag("div", load_picture(bars, self.language), class_="wide", tabindex="0", role="region", aria_label=self.say("load"))  # fmt: skip
        numbers = tag("details", tag("summary", self.say("load_table")), self.table(self.say("load"), headings, rows))
        return join([legend, picture, numbers])

    def fairness(self) -> Html:
        rows = [
            (size_words(one.least, one.most, self.language), self.number(one.organisations), self.number(one.wanted),
                self.number(one.placed), join([_share(one.placed / one.wanted if one.wanted else 1.0), " ", self.percent(one.placed, one.wanted)]))
            for one in self.overview.sizes
        ]  # fmt: skip
        headings = [self.say(key) for key in ("people_there", "organisations", "wanted", "were_placed", "share")]
        return self.table(self.say("fairness"), headings, rows) if rows else Html("")

    def full_people(self) -> Html:
        full = self.overview.full
        if not full:
            return Html("")
        first = self.table_of_full(full[:_FIRST])
        if len(full) <= _FIRST:
            return first
        rest = tag("summary", self.say("all_full", n=self.number(len(full))))
        return join([first, tag("details", rest, self.table_of_full(full[_FIRST:]))])

    def table_of_full(self, full: Sequence[FullPerson]) -> Html:
        rows = [
            (join([tag("a", one.person, href=f"#p{self.position[one.person]}"), tag("span", f" {one.organisation or ''}", class_="soft")]),
                self.number(one.held), self.number(one.left_out))
            for one in full
        ]  # fmt: skip
        return self.table(self.say("full_people"), [self.say(key) for key in ("person", "held", "left_out")], rows)

    def unplaced(self) -> Html:
        if not self.overview.causes:
            return Html("")
        rows = [(self.number(times), cause) for cause, times in self.overview.causes]
        causes = self.table(self.say("unplaced"), [self.say("held"), self.say("cause")], rows)
        search = tag("p", tag("label", self.say("find_left"), for_="find-left"), Html('<input id="find-left" type="search" autocomplete="off">'),
            tag("span", id="left-count", role="status"))  # fmt: skip
        table = tag("div", id="left-table", class_="wide")
        return join([causes, tag("div", search, table, tag("button", id="left-more", type="button", hidden=True), data_scripted=True, hidden=True)])  # fmt: skip

    # --- finding a timetable ------------------------------------------------------------------------------------------

    def finder(self) -> Html:
        kinds = [("", self.say("kind_all"))]
        kinds += [(sign, sentence("page", key, {}, self.language)) for sign, key in (("p", "person"), ("o", "organisation"), ("l", "place"))]  # fmt: skip
        choice = tag("select", *(tag("option", name, value=sign or None) if sign else Html(f'<option value="">{name}</option>') for sign, name in kinds), id="kind")  # fmt: skip
        search = tag(
            "p",
            tag("label", self.say("find_label"), for_="find"),
            Html('<input id="find" type="search" autocomplete="off" spellcheck="false">'),
            tag("label", self.say("kind_label"), for_="kind"),
            choice,
            tag("span", id="count", role="status"),
        )
        form = tag(
            "form",
            search,
            tag("ul", id="results"),
            tag("p", tag("button", id="more", type="button", hidden=True), " ",
                tag("button", id="print-all", type="button", hidden=True), class_="buttons"),
            id="finder", role="search", hidden=True, data_scripted=True,
        )  # fmt: skip
        return join([form, tag("noscript", tag("p", self.say("needs_scripts")))])

    def table(self, caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
        head = tag("tr", *(tag("th", heading, scope="col") if heading else tag("td") for heading in headings))
        body = (tag("tr", *(tag("td", cell) for cell in row)) for row in rows)
        inside = tag("table", tag("caption", caption, class_="heard"), tag("thead", head), tag("tbody", *body))
        return tag("div", inside, class_="wide", tabindex="0", role="region", aria_label=caption)


def _share(share: float) -> Html:
    """A share as a bar."""
    full = Html('<rect class="room" width="100" height="10"/>')
    part = Html(f'<rect class="held" width="{100 * share:.1f}" height="10"/>')
    return tag("svg", full, part, class_="share", viewBox="0 0 100 10", width="100", height="10", aria_hidden="true")


def _sum(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
