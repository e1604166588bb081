"""Live repair: a plan held in memory, what can happen to it, and what then changes."""

from handslag.partnering.repairing.change_files import read_changes
from handslag.partnering.repairing.changes import (
    Added,
    AreaClosed,
    AreaOpened,
    Change,
    MeetingCancelled,
    NoShow,
    PersonAway,
    PersonBack,
    TimePassed,
)
from handslag.partnering.repairing.plan import Plan, Snapshot
from handslag.partnering.repairing.repair import Repair, Replacement
from handslag.partnering.repairing.repair_files import read_repair, repair_json

__all__ = [
    "Added",
    "AreaClosed",
    "AreaOpened",
    "Change",
    "MeetingCancelled",
    "NoShow",
    "PersonAway",
    "PersonBack",
    "Plan",
    "Repair",
    "Replacement",
    "Snapshot",
    "TimePassed",
    "read_changes",
    "read_repair",
    "repair_json",
]
