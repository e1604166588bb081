"""The parts of a problem that changes add to, with the positions of their ids; what they alter stands in the timetable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handslag.partnering.problem import Meeting, Person, Place, Problem
from handslag.partnering.repairing.timetable import Spot, Timetable
from handslag.partnering.schedule import Placed


class Event:
    """People, places and meetings by position; a cancelled meeting is None, so that positions stay."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.people: list[Person] = list(problem.people)
        self.places: list[Place] = list(problem.places)
        self.meetings: list[Meeting | None] = list(problem.meetings)
        # Where each placed meeting is, by ids, as it was last told.
        self.told: list[Placed | None] = [None] * len(problem.meetings)
        # Ids that are not given again: what was announced under them was another meeting.
        self.cancelled: set[str] = set()
        self.meeting_names = [meeting.id for meeting in problem.meetings]
        self.people_names = [person.id for person in problem.people]
        self.place_names = [place.id for place in problem.places]
        self.person_at = {person.id: position for position, person in enumerate(problem.people)}
        self.place_at = {place.id: position for position, place in enumerate(problem.places)}
        self.meeting_at = {meeting.id: position for position, meeting in enumerate(problem.meetings)}

    def copy(self) -> Event:
        """The same, to be changed by itself."""
        other = object.__new__(Event)
        for name, value in self.__dict__.items():
            other.__dict__[name] = value.copy() if isinstance(value, list | dict | set) else value
        return other

    def fill(self, timetable: Timetable) -> None:
        """Everybody and everything of the problem comes into an empty timetable."""
        for person in self.people:
            timetable.add_person(person)
        for place in self.places:
            timetable.add_place(place)
        for position, meeting in enumerate(self.problem.meetings):
            timetable.add_meeting(meeting, self.person_at, self.place_at)
            if meeting.frozen:
                timetable.fixed.add(position)
        for position, meeting in enumerate(self.problem.meetings):
            if meeting.after:
                timetable.put_after(position, tuple(self.meeting_at[name] for name in meeting.after))

    # --- ids and positions ------------------------------------------------------------------------------------------

    def spot(self, placed: Placed, slot_at: dict[str, int]) -> Spot:
        """A placement by positions; a KeyError where an id is not known."""
        people = tuple(self.person_at[name] for name in placed.people)
        return Spot(slot_at[placed.slot], self.place_at[placed.place], placed.number, people)

    def told_of(self, name: str) -> Placed | None:
        """Where a meeting is; None where it is not placed, or not known."""
        return self.told[self.meeting_at[name]] if name in self.meeting_at else None

    def placed(self, meeting: int, spot: Spot, slots: Sequence[str]) -> Placed:
        """A placement by ids."""
        slot, place, number, people = spot
        names = self.people_names
        attending = tuple([names[one] for one in people])
        return Placed(self.meeting_names[meeting], slots[slot], self.place_names[place], number, attending)

    # --- what is added ------------------------------------------------------------------------------------------------

    def add_people(self, people: Iterable[Person]) -> None:
        """People who were not known before."""
        for person in people:
            self.person_at[person.id] = len(self.people)
            self.people.append(person)
            self.people_names.append(person.id)

    def add_places(self, places: Iterable[Place]) -> None:
        """Places that were not known before."""
        for place in places:
            self.place_at[place.id] = len(self.places)
            self.places.append(place)
            self.place_names.append(place.id)

    def add_meetings(self, meetings: Iterable[Meeting]) -> None:
        """Meetings that were not known before."""
        for meeting in meetings:
            self.meeting_at[meeting.id] = len(self.meetings)
            self.meetings.append(meeting)
            self.told.append(None)
            self.meeting_names.append(meeting.id)

    def forget(self, meeting: int) -> None:
        """A meeting is wanted no more."""
        name = self.meeting_names[meeting]
        del self.meeting_at[name]
        self.meetings[meeting] = None
        self.cancelled.add(name)
