"""The plan as one self-contained page: overview, what was left out and why, timetables. No script, no address is fetched."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from handslag.kernel.markup import Html, join, tag
from handslag.partnering.problem import Meeting, Problem
from handslag.partnering.report.overview import Overview, overview_of
from handslag.partnering.report.text import overview_lines, percent, size_words
from handslag.partnering.schedule import Placed, Schedule
from handslag.partnering.wording import sentence

_STYLE = (Path(__file__).parent / "plan.css").read_text(encoding="utf-8")
_BAR, _GAP, _HIGH = 14, 4, 120


def plan_page(problem: Problem, schedule: Schedule, language: str) -> str:
    """One HTML page in Swedish ("sv") or English ("en"), to be read, sent and printed."""
    return _Page(problem, schedule, language).whole()


class _Page:
    def __init__(self, problem: Problem, schedule: Schedule, language: str) -> None:
        self.problem, self.schedule, self.language = problem, schedule, language
        self.overview: Overview = overview_of(problem, schedule)
        self.meetings: Mapping[str, Meeting] = {meeting.id: meeting for meeting in problem.meetings}
        self.order = {slot.id: place for place, slot in enumerate(problem.slots)}
        self.body_of = {person.id: person.organisation for person in problem.people}
        self.of_person: dict[str, list[Placed]] = defaultdict(list)
        self.of_place: dict[str, list[Placed]] = defaultdict(list)
        for one in sorted(schedule.placed, key=lambda one: (self.order[one.slot], one.number)):
            self.of_place[one.place].append(one)
            for person in one.people:
                self.of_person[person].append(one)

    def whole(self) -> str:
        title = self.problem.name or self.say("title")
        digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'"
        head = tag(
            "head",
            Html('<meta charset="utf-8">'),
            Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Html('<meta name="color-scheme" content="light dark">'),
            tag("title", f"{title} – {self.say('title')}"),
            tag("style", Html(_STYLE)),
        )
        parts = [
            ("load", self.load()),
            ("fairness", self.fairness()),
            ("full_people", self.full_people()),
            ("unplaced", self.unplaced()),
            ("people", self.people()),
            ("places", self.places()),
        ]
        there = [(key, part) for key, part in parts if part]
        contents = tag(
            "nav",
            tag("ul", *(tag("li", tag("a", self.say(key), href=f"#{key}")) for key, _ in there)),
            aria_label=self.say("find"),
        )
        lines = tag("ul", *(tag("li", line) for line in overview_lines(self.overview, self.language)), class_="lines")
        sections = (tag("section", tag("h2", self.say(key)), part, id=key) for key, part in there)
        body = tag("body", tag("main", tag("h1", title), lines, contents, *sections))
        return f"<!doctype html>\n{tag('html', head, body, lang=self.language)}\n"

    def say(self, key: str, **values: object) -> str:
        return sentence("report", key, values, self.language)

    # --- the overview -------------------------------------------------------------------------------------------------

    def load(self) -> Html:
        slots = self.overview.slots
        if not slots:
            return Html("")
        highest = max((slot.room for slot in slots), default=0) or 1
        bars = []
        for place, slot in enumerate(slots):
            x = place * (_BAR + _GAP)
            for kind, number in (("room", slot.room), ("held", slot.held)):
                high = round(number / highest * _HIGH, 1)
                bars.append(Html(f'<rect class="{kind}" x="{x}" y="{_HIGH - high}" width="{_BAR}" height="{high}"/>'))
        wide = len(slots) * (_BAR + _GAP)
        picture = tag("svg", tag("title", self.say("load_alt")), *bars, viewBox=f"0 0 {wide} {_HIGH}", role="img",
            width=str(wide), height=str(_HIGH))  # fmt: skip
        rows = [(slot.slot, str(slot.held), str(slot.room), percent(slot.share, 0, self.language)) for slot in slots]
        return join([tag("div", picture, class_="wide"), self.table(("slot", "held", "room", "share"), rows)])

    def fairness(self) -> Html:
        rows = [
            (size_words(one.least, one.most, self.language), str(one.organisations), str(one.wanted), str(one.placed),
                percent(one.placed / one.wanted if one.wanted else 1.0, 1, self.language))
            for one in self.overview.sizes
        ]  # fmt: skip
        return self.table(("people_there", "organisations", "wanted", "were_placed", "share"), rows) if rows else Html("")  # fmt: skip

    def full_people(self) -> Html:
        rows = [(self.named(one.person), str(one.held), str(one.left_out)) for one in self.overview.full]
        return self.table(("person", "held", "left_out"), rows) if rows else Html("")

    def unplaced(self) -> Html:
        rows = [(one.meeting, self.sides(self.meetings[one.meeting]), one.reason) for one in self.schedule.unplaced]
        return self.table(("meeting", "who", "why"), rows) if rows else Html("")

    def sides(self, meeting: Meeting) -> str:
        told = []
        for side in meeting.sides:
            names = list(side.all)
            if side.any is not None:
                key = "one_of" if side.any.count == 1 else "some_of"
                names.append(self.say(key, count=side.any.count, people=list(side.any.of)))
            told.append(" + ".join(names))
        return " – ".join(told)

    # --- timetables ---------------------------------------------------------------------------------------------------

    def people(self) -> Html:
        """By organisation, each with its people; large organisations are not torn apart."""
        bodies: dict[str, list[str]] = defaultdict(list)
        for person in self.problem.people:
            bodies[person.organisation or ""].append(person.id)
        return join(self.organisation(body, names) for body, names in sorted(bodies.items(), key=lambda one: (not one[0], one[0].casefold())))  # fmt: skip

    def organisation(self, body: str, names: Sequence[str]) -> Html:
        held = len({one.meeting for name in names for one in self.of_person[name]})
        heading = tag("summary", tag("h3", body or self.say("no_organisation")), self.say("meetings_of", n=held))
        return tag("details", heading, *map(self.person, names))

    def person(self, name: str) -> Html:
        rows = [(one.slot, self.others(name, one), f"{one.place} {one.number}") for one in self.of_person[name]]
        inside = self.table(("slot", "with", "place"), rows) if rows else tag("p", self.say("no_meetings"))
        return tag("div", tag("h4", name), inside, class_="timetable")

    def others(self, name: str, one: Placed) -> str:
        return ", ".join(self.named(other) for other in one.people if other != name)

    def named(self, person: str) -> str:
        body = self.body_of.get(person)
        return f"{person} ({body})" if body else person

    def places(self) -> Html:
        return join(
            tag("details", tag("summary", tag("h3", place.id), self.say("meetings_of", n=len(self.of_place[place.id]))),
                self.table(("slot", "place", "who"), self.at_place(place.id)), class_="timetable")
            for place in self.problem.places
        )  # fmt: skip

    def at_place(self, place: str) -> Iterator[tuple[str, str, str]]:
        for one in self.of_place[place]:
            yield one.slot, str(one.number), ", ".join(map(self.named, one.people))

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
        head = tag("tr", *(tag("th", self.say(key), scope="col") for key in headings))
        body = (tag("tr", *(tag("td", cell) for cell in row)) for row in rows)
        return tag("div", tag("table", tag("thead", head), tag("tbody", *body)), class_="wide")
