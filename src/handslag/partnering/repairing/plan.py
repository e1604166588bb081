"""A plan held in memory that is repaired change by change, in milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handslag.kernel.collecting import without_collecting
from handslag.partnering.bad_format import BadFormat
from handslag.partnering.files import schedule_json, sha256_of
from handslag.partnering.problem import Meeting, Person, Place, Problem
from handslag.partnering.repairing.calendar import Calendar
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
from handslag.partnering.repairing.event import Event
from handslag.partnering.repairing.fitting import is_possible
from handslag.partnering.repairing.handing_out import problem_of, schedule_of
from handslag.partnering.repairing.known import check_change
from handslag.partnering.repairing.mending import Cause, Mending
from handslag.partnering.repairing.repair import Repair, Replacement, version_after
from handslag.partnering.repairing.timetable import Spot, Timetable
from handslag.partnering.schedule import Schedule

# Looks for who gives way, of about a millisecond; an area that closes hits many, and may take some more.
_LOOKS, _MANY_LOOKS = 150, 600
# In hundredths: how many that were not hit may move for each change, how many may be saved up, and what a plan begins with.
_A_MOVE, _MOVES_FOR_EACH, _MOST_SAVED, _FIRST_SAVED = 100, 48, 1000, 52


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A plan as it was: only for `Plan.restore` of the plan that gave it."""

    version: str
    event: Event
    timetable: Timetable
    saved: int


class Plan:
    """A schedule that was announced, kept whole through changes of its problem.

    Nothing announced is dropped that fits as things stand. What a change does not hit moves only to let another announced
    meeting stand, or to let a new request worth more than `move_price` in (None: the problem's price if it has one, else
    nobody moves for that); of these there are fewer than one for two changes, and none where an area closes.
    """

    def __init__(
        self,
        problem: Problem,
        announced: Schedule,
        *,
        announced_sha256: str | None = None,
        move_price: int | None = None,
        language: str = "en",
    ) -> None:
        self._calendar = Calendar(problem)
        self._event = Event(problem)
        self._timetable = Timetable(self._calendar)
        self._event.fill(self._timetable)
        self._announced = announced
        self._announced_sha256 = announced_sha256 or sha256_of(schedule_json(announced))
        self._move_price = move_price if move_price is not None else problem.rules.move_price or None
        self._language = language
        self._held: dict[int, Spot] = {}
        self._place_announced()
        self._version = self._announced_sha256
        # Hundredths of a move of what is not hit that were not needed yet.
        self._saved = _FIRST_SAVED
        self._mending().look_at_all()

    def _place_announced(self) -> None:
        for position, placed in enumerate(self._announced.placed):
            here = f"placed[{position}]"
            meeting = self._event.meeting_at.get(placed.meeting)
            if meeting is None:
                raise BadFormat(f"{here}.meeting", "unknown_meeting", id=placed.meeting)
            try:
                spot = self._event.spot(placed, self._calendar.at)
            except KeyError as error:
                raise BadFormat(here, "repair_unknown_id", named=placed.meeting, id=error.args[0]) from None
            timetable = self._timetable
            if timetable.spots[meeting] is not None or not is_possible(timetable, meeting, spot, by_day=False):
                raise BadFormat(here, "repair_not_kept", named=placed.meeting)
            timetable.place(meeting, spot)
            self._held[meeting] = spot
            self._event.told[meeting] = placed
        for meeting in self._timetable.fixed:
            if self._timetable.spots[meeting] is None:
                raise BadFormat("placed", "repair_not_kept", named=self._event.meeting_names[meeting])

    # --- as it stands -------------------------------------------------------------------------------------------------

    @property
    def version(self) -> str:
        """The sum of the announced schedule and of every repair since, in order."""
        return self._version

    @property
    def problem(self) -> Problem:
        """The problem as changed, with what was announced as held, and what has passed as frozen."""
        return problem_of(self._event, self._timetable, self._announced)

    @property
    def schedule(self) -> Schedule:
        """The schedule for `problem` as it stands, with figures and reasons."""
        return self.handed_out()[1]

    def handed_out(self) -> tuple[Problem, Schedule]:
        """`problem` and `schedule`, each made once."""
        problem = self.problem
        schedule = schedule_of(self._event, self._timetable, problem, self._announced_sha256, self._language)
        return problem, schedule

    @property
    def value(self) -> int:
        """What all placed meetings are worth, whatever has moved."""
        timetable = self._timetable
        return sum(value for value, spot in zip(timetable.values, timetable.spots, strict=True) if spot is not None)

    @property
    def placed(self) -> int:
        """How many meetings are placed."""
        return sum(spot is not None for spot in self._timetable.spots)

    def has_meeting(self, name: str) -> bool:
        """True if a meeting is asked for, placed or not."""
        return name in self._event.meeting_at

    def snapshot(self) -> Snapshot:
        """The plan as it is now, to return to."""
        return Snapshot(self._version, self._event.copy(), self._timetable.copy(), self._saved)

    def restore(self, snapshot: Snapshot) -> None:
        """The plan is again as it was when the snapshot was taken."""
        self._version, self._saved = snapshot.version, snapshot.saved
        self._event, self._timetable = snapshot.event.copy(), snapshot.timetable.copy()

    # --- changes ------------------------------------------------------------------------------------------------------

    def apply(self, change: Change) -> Repair:
        """Makes the plan whole again after a change. BadFormat, with the place, where the change does not agree with it."""
        check_change(change, self._event, self._calendar)
        with without_collecting():
            return self._repaired(change)

    def _repaired(self, change: Change) -> Repair:
        if isinstance(change, AreaClosed):
            mending = self._mending(_MANY_LOOKS, allowed=0)
        else:
            mending = self._mending(_LOOKS, allowed=(self._saved + _MOVES_FOR_EACH) // _A_MOVE)
        ahead = self._timetable.ahead
        cause, wanted = self._take_in(change, mending)
        mending.take_out_walkers()
        mending.place_again()
        mending.fill(cause, wanted)
        self._timetable.ahead = ahead if not isinstance(change, TimePassed) else self._timetable.ahead
        return self._concluded(change, mending)

    def replay(self, repair: Repair) -> None:
        """Does again what a stored repair did. BadFormat where it was made for another version, or does not fit."""
        if repair.base != self._version:
            raise BadFormat("base", "repair_other_base", found=repair.base, expected=self._version)
        for position, one in enumerate(repair.placements):
            if one.before != self._event.told_of(one.meeting):
                raise BadFormat(f"placements[{position}].before", "repair_other_before", named=one.meeting)
        before = self.snapshot()
        try:
            self._replay(repair)
        except BadFormat:
            self.restore(before)
            raise

    def _replay(self, repair: Repair) -> None:
        check_change(repair.change, self._event, self._calendar)
        names = self._event.meeting_at.copy()
        mending = self._mending()
        ahead = self._timetable.ahead
        self._take_in(repair.change, mending)
        mending.take_out_walkers()
        names |= self._event.meeting_at
        timetable = self._timetable
        told = {names.get(one.meeting) for one in repair.placements}
        for position, one in enumerate(repair.placements):
            meeting = names.get(one.meeting)
            if meeting is None:
                raise BadFormat(f"placements[{position}].meeting", "unknown_meeting", id=one.meeting)
            mending.causes[meeting] = Cause(one.cause, one.ids)
            if timetable.spots[meeting] is not None:
                mending.before[meeting] = timetable.unplace(meeting)
        for position, one in enumerate(repair.placements):
            if one.after is None:
                continue
            here = f"placements[{position}].after"
            meeting = names[one.meeting]
            try:
                spot = self._event.spot(one.after, self._calendar.at)
            except KeyError as error:
                raise BadFormat(here, "repair_unknown_id", named=one.meeting, id=error.args[0]) from None
            if timetable.requests[meeting] is None or not is_possible(timetable, meeting, spot):
                raise BadFormat(here, "repair_not_kept", named=one.meeting)
            mending.before.setdefault(meeting, None)
            timetable.place(meeting, spot)
        for meeting in mending.hit:
            was = mending.before[meeting]
            if was is not None and meeting not in told and is_possible(timetable, meeting, was):
                timetable.place(meeting, was)
        if not isinstance(repair.change, TimePassed):
            timetable.ahead = ahead
        again = self._concluded(repair.change, mending)
        if again.version != repair.version:
            raise BadFormat("version", "repair_other_version", found=repair.version, expected=again.version)

    def _mending(self, looks: int = _LOOKS, allowed: int = 0) -> Mending:
        return Mending(self._timetable, names=self._event.meeting_names, held=self._held,
            move_price=self._move_price, allowed=allowed, looks=looks)  # fmt: skip

    def _take_in(self, change: Change, mending: Mending) -> tuple[Cause, list[int]]:
        """The problem and the timetable change; why waiting meetings get in then, and which new ones are asked for."""
        event, timetable, calendar = self._event, self._timetable, self._calendar
        match change:
            case PersonAway(name) | NoShow(name):
                person = event.person_at[name]
                if isinstance(change, NoShow):
                    slots = 1 << calendar.at[change.slot]
                    timetable.ahead |= slots
                    timetable.freed |= slots
                    cause, filled = Cause("not_there", {"person": name}), Cause("offered", {"slot": change.slot})
                else:
                    slots = self._slots(change)
                    cause, filled = Cause("away", {"person": name}), Cause("freed")
                mending.take_out(timetable.send_away(person, slots), cause)
                return filled, []
            case PersonBack(name):
                person = event.person_at[name]
                timetable.bring_back(person, self._slots(change))
                return Cause("back", {"person": name}), []
            case AreaClosed():
                places = self._places(change)
                causes = {at: Cause("closed", {"place": event.places[at].id}) for at in places}
                mending.note_closed(timetable.close(places, self._slots(change)), causes)
                return Cause("freed"), []
            case AreaOpened():
                for place in self._places(change):
                    timetable.open(place, self._slots(change))
                return Cause("opened"), []
            case MeetingCancelled(name):
                meeting = event.meeting_at[name]
                if timetable.spots[meeting] is not None:
                    mending.take_out([meeting], Cause("cancelled"))
                    mending.take_out_walkers()
                    del mending.hit[meeting]
                timetable.remove_meeting(meeting)
                event.forget(meeting)
                return Cause("freed"), []
            case Added(people, meetings, places):
                return Cause("added"), self._add(people, meetings, places)
            case TimePassed(until):
                timetable.ahead &= self._since(until)
                return Cause("freed"), []
        raise TypeError(f"a change of no kind: {change!r}")

    def _add(self, people: Sequence[Person], meetings: Sequence[Meeting], places: Sequence[Place]) -> list[int]:
        event, timetable = self._event, self._timetable
        event.add_people(people)
        event.add_places(places)
        event.add_meetings(meetings)
        for person in people:
            timetable.add_person(person)
        for place in places:
            timetable.add_place(place)
        new = []
        for meeting in meetings:
            new.append(len(timetable.requests))
            timetable.add_meeting(meeting, event.person_at, event.place_at)
        for position, meeting in zip(new, meetings, strict=True):
            if meeting.after:
                timetable.put_after(position, tuple(event.meeting_at[name] for name in meeting.after))
        return new

    def _concluded(self, change: Change, mending: Mending) -> Repair:
        """The repair, and the plan's next version."""
        event, slots, spots = self._event, self._calendar.names, self._timetable.spots
        names, told = event.meeting_names, event.told
        placements: list[Replacement] = []
        for meeting, before in mending.before.items():
            spot = spots[meeting]
            if before == spot:
                continue
            was, becomes = told[meeting], None if spot is None else event.placed(meeting, spot, slots)
            told[meeting] = becomes
            key, ids = mending.cause_of(meeting, before)
            # What `Replacement(…)` does, in half the time.
            placements.append(tuple.__new__(Replacement, (names[meeting], was, becomes, key, ids)))
        base = self._version
        self._version = version_after(base, change, placements)
        repair = Repair(base, self._version, change, tuple(placements))
        self._saved = min(self._saved + _MOVES_FOR_EACH - _A_MOVE * repair.moved_unhit, _MOST_SAVED)
        return repair

    # --- what a change is about ---------------------------------------------------------------------------------------

    def _slots(self, change: PersonAway | PersonBack | AreaClosed | AreaOpened) -> int:
        if change.slots is not None:
            return self._calendar.bits(change.slots)
        return self._timetable.ahead if change.since is None else self._since(change.since)

    def _since(self, slot: str) -> int:
        return self._calendar.everything & ~((1 << self._calendar.at[slot]) - 1)

    def _places(self, change: AreaClosed | AreaOpened) -> list[int]:
        found = {self._event.place_at[name]: None for name in change.places}
        if change.zone is not None:
            found |= {at: None for at, zone in enumerate(self._timetable.zones) if zone == change.zone}
        return list(found)
