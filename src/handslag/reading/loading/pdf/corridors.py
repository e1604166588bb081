"""White corridors down a page: what tells the gap between columns from the wide spaces of a justified line.

A gap belongs to a corridor if the rows above and below leave the same place free. After Breuel, "Two geometric
algorithms for layout analysis" (2002), who looks for the largest empty rectangles; here the rows are known already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from handslag.reading.loading.pdf.words import Word

_NARROWEST = 0.4
"""In letter heights, what is left free by all rows of a corridor; a usual space has 0.25."""
_WIDE = 0.8
_LONGEST_STEP = 6.0
"""How far, in letter heights, the gaps of one corridor may lie apart where nothing stands beside it."""
_NEAR = 2.0
_FEWEST_ROWS = 3
_MANY_ROWS = 6
_STANDS_OUT = 1.5
"""How many times wider than the space beside it a gap is that tells of columns: the spaces of one line are alike."""
_USUAL_SPACE = 0.3
_WIDE_IN_ANY_LINE = 2.2


@dataclass(frozen=True, slots=True)
class _Gap:
    """The space before the word numbered `position` of a line; before the first and after the last word it has no end."""

    line: int
    position: int
    left: float
    right: float
    is_telling: bool


@dataclass(slots=True)
class _Corridor:
    left: float
    right: float
    size: float
    base: float
    gaps: list[_Gap] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        """True if so many rows keep so much free, or begin so exactly at its right side, that it is no chance."""
        telling = sum(1 for gap in self.gaps if gap.is_telling and self._is_beside(gap))
        if telling < max(_FEWEST_ROWS, 0.5 * len(self.gaps)):
            return False
        width = (self.right - self.left) / self.size
        if width >= _WIDE or (width >= 0.6 and len(self.gaps) >= _MANY_ROWS):
            return True
        aligned = sum(1 for gap in self.gaps if abs(gap.right - self.right) < 0.15 * self.size)
        return aligned >= max(_FEWEST_ROWS, 0.6 * len(self.gaps))

    def passes(self, line: Sequence[Word], gaps: Sequence[_Gap]) -> _Gap | None:
        """Narrow the corridor to what the line leaves free and tell where; None if it is blocked, or too far away."""
        if line[0].base - self.base > _LONGEST_STEP * self.size:
            return None
        best = max(gaps, key=self._overlap)
        if self._overlap(best) < _NARROWEST * self.size:
            return None
        is_inside = 0 < best.position < len(line)
        if is_inside and not best.is_telling and self.is_certain:  # a word's space that happens to lie below
            return None
        self.left, self.right = max(self.left, best.left), min(self.right, best.right)
        if is_inside:
            self.gaps.append(best)
            self.base = line[0].base
        return best

    def covers(self, gap: _Gap) -> bool:
        """True if nothing of the gap lies outside, so that no other corridor need begin there."""
        return self.left <= gap.left + 0.1 * self.size and self.right >= gap.right - 0.1 * self.size

    def _is_beside(self, gap: _Gap) -> bool:
        """True if a word stands near the corridor: what leaves a whole column empty tells nothing of its edges."""
        near = _NEAR * self.size
        return abs(gap.right - self.right) <= near or abs(gap.left - self.left) <= near

    def _overlap(self, gap: _Gap) -> float:
        return min(gap.right, self.right) - max(gap.left, self.left)


def cuts_of(lines: Sequence[Sequence[Word]]) -> set[tuple[int, int]]:
    """The gaps that lie in a corridor, as (number of the line, number of the word after the gap)."""
    corridors: list[_Corridor] = []
    closed: list[_Corridor] = []
    for number, line in enumerate(lines):
        gaps = _gaps_of(number, line)
        passed = [(corridor, corridor.passes(line, gaps)) for corridor in corridors]
        closed += [corridor for corridor, gap in passed if gap is None]
        covered = {gap for corridor, gap in passed if gap and corridor.covers(gap)}
        size = max(word.size for word in line)
        corridors = [corridor for corridor, gap in passed if gap] + [
            _Corridor(gap.left, gap.right, size, line[0].base, [gap])
            for gap in gaps[1:-1]
            if gap not in covered and gap.right - gap.left >= _NARROWEST * size
        ]
    return {(gap.line, gap.position) for corridor in closed + corridors if corridor.is_certain for gap in corridor.gaps}


def _gaps_of(number: int, line: Sequence[Word]) -> list[_Gap]:
    """The free stretches of a line, with those before its first and after its last word."""
    size = max(word.size for word in line)
    edges = [float("-inf"), *(edge for word in line for edge in (word.left, word.right)), float("inf")]
    free = list(zip(edges[0::2], edges[1::2], strict=True))
    widths = [(right - left) / size for left, right in free]
    gaps = []
    for position, ((left, right), width) in enumerate(zip(free, widths, strict=True)):
        beside = [widths[near] for near in (position - 1, position + 1) if 0 < near < len(line)]
        spaces = [width for width in beside if _USUAL_SPACE < width < _WIDE_IN_ANY_LINE]
        is_telling = width >= min(_STANDS_OUT * min(spaces, default=_USUAL_SPACE), _WIDE_IN_ANY_LINE)
        gaps.append(_Gap(number, position, left, right, is_telling))
    return gaps
