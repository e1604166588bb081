"""An event's one-to-one meetings: the problem, the schedule, their files, and a checker that trusts no solver."""

from handslag.partnering.bad_format import BadFormat
from handslag.partnering.files import (
    hold_announced,
    problem_json,
    read_problem,
    read_schedule,
    schedule_json,
    sha256_of,
)
from handslag.partnering.problem import AnyOf, Held, Meeting, Person, Place, Problem, Rules, Side, Slot, Walk
from handslag.partnering.published import from_b2bsp
from handslag.partnering.schedule import Figures, Placed, Schedule, Unplaced

__all__ = [
    "AnyOf",
    "BadFormat",
    "Figures",
    "Held",
    "Meeting",
    "Person",
    "Place",
    "Placed",
    "Problem",
    "Rules",
    "Schedule",
    "Side",
    "Slot",
    "Unplaced",
    "Walk",
    "from_b2bsp",
    "hold_announced",
    "problem_json",
    "read_problem",
    "read_schedule",
    "schedule_json",
    "sha256_of",
]
