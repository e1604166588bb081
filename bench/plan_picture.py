"""Value over time as a picture: what is missing to the proven bound, on a scale of powers of ten, one panel for each event."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

_WIDE, _HIGH, _LEFT, _TOP, _RIGHT, _FOOT = 470, 330, 70, 46, 22, 56
# From everything to a thousandth of a percent.
_MOST, _LEAST = 1.0, 0.00001
_OURS, _BOUND, _SOFT, _INK, _LINE = "#0a5a55", "#b4540a", "#565d64", "#1d2125", "#dcd8cd"


@dataclass(frozen=True, slots=True)
class Curve:
    """One run: (seconds, value, bound) as they were told, the last of them final; others' values by name."""

    name: str
    seconds: float
    points: Sequence[tuple[float, int, int | None]]
    bound: int
    levels: dict[str, int] = field(default_factory=dict)


def picture(curves: Sequence[Curve]) -> str:
    """An SVG with two panels beside each other."""
    across = 2
    down = -(-len(curves) // 2)
    wide, high = across * _WIDE, down * _HIGH + 34
    panels = (f'<g transform="translate({n % 2 * _WIDE} {n // 2 * _HIGH})">{"".join(_panel(one))}</g>' for n, one in enumerate(curves))  # fmt: skip
    legend = "".join(
        f'<line x1="{x}" x2="{x + 26}" y1="{high - 16}" y2="{high - 16}" stroke="{colour}" stroke-width="2.5"{dash}/>'
        f'<text x="{x + 32}" y="{high - 12}">{text}</text>'
        for x, colour, dash, text in (
            (_LEFT, _OURS, "", "the planner's value"),
            (_LEFT + 190, _BOUND, ' stroke-dasharray="6 3"', "its bound, above the final one"),
            (_LEFT + 450, _SOFT, ' stroke-dasharray="2 3"', "others, at the end of the same time"),
        )
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="12" fill="{_INK}"><title>Distance to the proven bound over time</title>'
        f'<rect width="{wide}" height="{high}" fill="#fffefb"/>{"".join(panels)}{legend}</svg>\n'
    )


def _panel(curve: Curve) -> Iterator[str]:
    last = max([curve.seconds, *(at for at, _, _ in curve.points)])

    def x(at: float) -> float:
        return round(_LEFT + at / last * (_WIDE - _LEFT - _RIGHT), 1)

    def y(gap: float) -> float:
        share = math.log(_MOST / min(_MOST, max(_LEAST, gap))) / math.log(_MOST / _LEAST)
        return round(_TOP + share * (_HIGH - _TOP - _FOOT), 1)

    yield f'<text x="{_LEFT}" y="22" font-size="15" font-weight="600">{escape(curve.name)}</text>'
    yield f'<text x="{_LEFT}" y="38" fill="{_SOFT}">missing to the proven bound {curve.bound:,}</text>'
    gap = _MOST
    while gap > _LEAST * 0.9:
        yield f'<line x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{y(gap)}" y2="{y(gap)}" stroke="{_LINE}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y(gap) + 4}" text-anchor="end">{100 * gap:.6g} %</text>'
        gap /= 10
    step = next(one for one in (1, 2, 5, 10, 20, 50, 100, 1000) if last / one <= 8)
    for at in range(0, int(last) + 1, step):
        yield f'<line x1="{x(at)}" x2="{x(at)}" y1="{_HIGH - _FOOT}" y2="{_HIGH - _FOOT + 5}" stroke="{_SOFT}"/>'
        yield f'<text x="{x(at)}" y="{_HIGH - _FOOT + 19}" text-anchor="middle">{at}</text>'
    yield f'<text x="{_WIDE - _RIGHT}" y="{_HIGH - _FOOT + 34}" text-anchor="end" fill="{_SOFT}">seconds</text>'
    yield from _levels(curve, y)
    for values, colour, dash in (
        ([(at, (curve.bound - value) / curve.bound) for at, value, _ in curve.points], _OURS, ""),
        ([(at, (bound - curve.bound) / curve.bound) for at, _, bound in curve.points if bound], _BOUND, ' stroke-dasharray="6 3"'),
    ):  # fmt: skip
        line = " ".join(f"{x(at)},{y(gap)}" for at, gap in values)
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-linejoin="round"{dash}/>'
    at, value, _ = curve.points[-1]
    final = (curve.bound - value) / curve.bound
    yield f'<circle cx="{x(at)}" cy="{y(final)}" r="4" fill="{_OURS}"/>'
    yield f'<text x="{x(at) - 6}" y="{y(final) - 9}" text-anchor="end" fill="{_OURS}" font-weight="600">{100 * final:.3f} %</text>'


def _levels(curve: Curve, y: Callable[[float], float]) -> Iterator[str]:
    """The others, their names apart where they are close."""
    lowest = 0.0
    for name, value in sorted(curve.levels.items(), key=lambda one: one[1]):
        gap = (curve.bound - value) / curve.bound
        level = y(gap)
        lowest = max(lowest + 14, level + 4) if lowest else level - 4
        yield f'<line x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{level}" y2="{level}" stroke="{_SOFT}" stroke-dasharray="2 3" stroke-width="1.5"/>'
        yield f'<text x="{_WIDE - _RIGHT}" y="{lowest}" text-anchor="end" fill="{_SOFT}">{escape(name)}: {100 * gap:.3g} %</text>'
