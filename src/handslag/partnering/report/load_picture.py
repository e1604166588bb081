"""How full the slots are, as a picture and a table; of very many slots several share a bar."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handslag.kernel.markup import Html, tag
from handslag.partnering.problem import Problem
from handslag.partnering.report.overview import SlotLoad
from handslag.partnering.report.page_data import day_label, time_label
from handslag.partnering.report.text import grouped
from handslag.partnering.wording import sentence

# Bars in the picture; its measures are those of its own units.
_MOST = 480
_BAR, _GAP, _DAY_GAP, _HIGH, _LEFT, _TOP, _FOOT = 15, 3, 16, 150, 52, 8, 44
# A label under every so manieth bar would run into the next.
_LABEL_WIDTH = 50


@dataclass(frozen=True, slots=True)
class Bar:
    """One slot, or several neighbours of a day."""

    day: str
    name: str
    label: str
    held: int
    room: int


def bars_of(problem: Problem, loads: Sequence[SlotLoad], language: str) -> list[Bar]:
    """A bar for each slot, or for as many together as there must be."""
    together = -(-len(loads) // _MOST) or 1
    days: dict[str | None, str] = {}
    for slot in problem.slots:
        days.setdefault(slot.day, day_label(slot, language))
    bars = []
    pairs = zip(problem.slots, loads, strict=True)
    for day, line in itertools.groupby(pairs, key=lambda pair: pair[0].day):
        members = list(line)
        for first in range(0, len(members), together):
            part = members[first : first + together]
            label = time_label(part[0][0])
            name = label if len(part) == 1 else f"{label} … {time_label(part[-1][0])}"
            bars.append(Bar(days[day], name, label.partition("–")[0], sum(one.held for _, one in part), sum(one.room for _, one in part)))  # fmt: skip
    return bars


def load_picture(bars: Sequence[Bar], language: str) -> Html:
    """An SVG: what is held before what there is room for, by day, with its scale."""
    top = _round_up(max((bar.room for bar in bars), default=1))
    return _Picture(bars, top, language).whole()


def _round_up(value: int) -> int:
    """The next number that halves well."""
    size = int("1".ljust(len(str(max(1, value))) - 1, "0"))
    return -(-max(2, value) // (2 * size)) * 2 * size


class _Picture:
    def __init__(self, bars: Sequence[Bar], top: int, language: str) -> None:
        self.bars, self.top, self.language = bars, top, language

    def say(self, key: str, **values: object) -> str:
        return sentence("report", key, values, self.language)

    def whole(self) -> Html:
        parts = list(self.inside())
        wide, high = self.x_of_end, _TOP + _HIGH + _FOOT
        return tag("svg", tag("title", self.say("load_alt")), *self.scale(), *parts, viewBox=f"0 0 {wide} {high}", role="img",
            width=str(wide), height=str(high))  # fmt: skip

    @property
    def x_of_end(self) -> int:
        days = len({bar.day for bar in self.bars})
        return _LEFT + len(self.bars) * (_BAR + _GAP) + days * _DAY_GAP + 8

    def y(self, number: int) -> float:
        return round(_TOP + _HIGH * (1 - number / self.top), 1)

    def scale(self) -> Iterator[Html]:
        for number in (0, self.top // 2, self.top):
            y = self.y(number)
            yield tag("line", class_="rule", x1=str(_LEFT), x2=str(self.x_of_end), y1=str(y), y2=str(y))
            yield tag("text", grouped(number, self.language), x=str(_LEFT - 6), y=str(y + 4), text_anchor="end")

    def inside(self) -> Iterator[Html]:
        x, day, labelled = _LEFT + 4, None, -_LABEL_WIDTH
        for bar in self.bars:
            if bar.day != day:
                x += _DAY_GAP if day is not None else 0
                day = bar.day
                yield tag("text", bar.day, class_="day", x=str(x), y=str(_TOP + _HIGH + 38))
                labelled = x - _LABEL_WIDTH
            told = self.say("load_bar", slot=f"{bar.day} {bar.name}", held=bar.held, room=bar.room)
            rects = (
                tag("rect", class_=kind, x=str(x), y=str(self.y(number)), width=str(_BAR), height=str(round(_TOP + _HIGH - self.y(number), 1)))
                for kind, number in (("room", bar.room), ("held", bar.held))
            )  # fmt: skip
            yield tag("g", tag("title", told), *rects)
            if x - labelled >= _LABEL_WIDTH:
                yield tag("text", bar.label[:7], x=str(x), y=str(_TOP + _HIGH + 18))
                labelled = x
            x += _BAR + _GAP
