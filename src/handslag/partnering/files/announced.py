"""What an earlier schedule has announced becomes what is held."""

from __future__ import annotations

from dataclasses import replace

from handslag.partnering.problem import Held, Problem
from handslag.partnering.schedule import Schedule


def hold_announced(problem: Problem, announced: Schedule) -> Problem:
    """The problem in which every meeting placed in `announced` is held there, unless something is held for it already.

    Meetings that the problem no longer has are left out. A slot, place or person that it no longer has stays in what
    is held: then the meeting cannot stand as it was announced. The rules and frozen meetings stay as they are.
    """
    placed = {one.meeting: Held(one.slot, one.place, one.people) for one in announced.placed}
    meetings = tuple(
        replace(meeting, held=placed[meeting.id]) if meeting.held is None and meeting.id in placed else meeting
        for meeting in problem.meetings
    )
    return replace(problem, meetings=meetings)
