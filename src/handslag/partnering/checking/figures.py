"""Every figure of a schedule, from what is placed alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from handslag.partnering.checking.event import Event, Standing
from handslag.partnering.checking.held_rules import is_move, is_place_change
from handslag.partnering.checking.violations import Violation
from handslag.partnering.schedule import Figures, Schedule


def recompute_figures(event: Event, schedule: Schedule, standing: Standing) -> Figures:
    """What a schedule reaches; a meeting placed twice counts once, where it is placed first."""
    placed = {one.meeting: one for one in reversed(schedule.placed) if one.meeting in event.meetings}
    held = [meeting for meeting in event.problem.meetings if meeting.held is not None]
    pairs = [(meeting.held, placed[meeting.id]) for meeting in held if meeting.held and meeting.id in placed]
    moves = sum(is_move(announced, one) for announced, one in pairs)
    value = sum(event.meetings[name].value for name in placed)
    return Figures(
        meetings=len(placed),
        value=value - event.problem.rules.move_price * moves,
        dropped=len(held) - len(pairs),
        moves=moves,
        place_changes=sum(is_place_change(announced, one) for announced, one in pairs),
        far_walks=sum(len(event.far_walks(busy)) for busy in standing.busy.values()),
        breaks=sum(standing.breaks.values()),
        break_spread=standing.break_spread,
        max_in_a_row=max(map(event.longest_row, standing.busy.values()), default=0),
    )


def figure_faults(stated: Figures, recomputed: Figures) -> Iterator[Violation]:
    """Figures that are not what comes out."""
    right = asdict(recomputed)
    for name, found in asdict(stated).items():
        if found != right[name]:
            yield Violation("wrong-figure", {"figure": name}, {"found": found, "right": right[name]})
