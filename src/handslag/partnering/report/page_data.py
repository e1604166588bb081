"""The plan as numbers and names for the page's script: far shorter than 60,000 rows of a table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from handslag.kernel.markup import Html, shown
from handslag.partnering.problem import Meeting, Problem, Slot
from handslag.partnering.schedule import Schedule
from handslag.vocabulary.load import vocabulary


def page_data(problem: Problem, schedule: Schedule, language: str) -> Html:
    """JSON that is safe inside a script element; everything is named by its position."""
    slot_at = {one.id: at for at, one in enumerate(problem.slots)}
    place_at = {one.id: at for at, one in enumerate(problem.places)}
    person_at = {one.id: at for at, one in enumerate(problem.people)}
    bodies = sorted({one.organisation for one in problem.people if one.organisation}, key=str.casefold)
    body_at = {name: at for at, name in enumerate(bodies)}
    first_of: dict[str | None, Slot] = {}
    for slot in problem.slots:
        first_of.setdefault(slot.day, slot)
    day_at = {day: at for at, day in enumerate(first_of)}
    meetings = {one.id: one for one in problem.meetings}
    placed = sorted(schedule.placed, key=lambda one: (slot_at[one.slot], place_at[one.place], one.number))
    data = {
        "words": {key: texts[language] for key, texts in vocabulary("partnering_texts")["page"].items()},
        "language": language,
        "days": [day_label(slot, language) for slot in first_of.values()],
        "slots": [[time_label(one), day_at[one.day]] for one in problem.slots],
        "places": [[shown(one.id), one.count] for one in problem.places],
        "bodies": [shown(name) for name in bodies],
        "people": [
            [shown(one.id), body_at.get(one.organisation or "", -1), sorted(slot_at[name] for name in set(one.unavailable))]
            for one in problem.people
        ],
        "held": [
            [shown(one.meeting), slot_at[one.slot], place_at[one.place], one.number, [person_at[name] for name in one.people]]
            for one in placed
        ],
        "left": [
            [shown(one.meeting), meetings[one.meeting].value, list(_sides(meetings[one.meeting], person_at)), shown(one.reason)]
            for one in schedule.unplaced
        ],
    }  # fmt: skip
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Html(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def _sides(meeting: Meeting, person_at: dict[str, int]) -> Iterator[list[Any]]:
    """Whom each side sends: all of these, and so many of those."""
    for side in meeting.sides:
        everyone = [person_at[name] for name in side.all]
        if side.any is None:
            yield [everyone]
        else:
            yield [everyone, side.any.count, [person_at[name] for name in side.any.of]]


def day_label(slot: Slot, language: str) -> str:
    """A slot's day: its weekday and date where they are known, and its name where that says more."""
    name = shown(slot.day or "")
    if slot.start is None:
        return name
    weekday = vocabulary("partnering_texts")["weekdays"][language][slot.start.weekday()]
    date = f"{weekday} {slot.start:%Y-%m-%d}"
    return date if name.isdecimal() or name in {"", f"{slot.start:%Y-%m-%d}"} else f"{date} ({name})"


def time_label(slot: Slot) -> str:
    """A slot's time within its day: from the clock where it is known, else what its id says beyond the day."""
    if slot.start is not None:
        end = f"–{slot.start + timedelta(minutes=slot.minutes):%H:%M}" if slot.minutes else ""
        return f"{slot.start:%H:%M}{end}"
    rest = slot.id.removeprefix(slot.day or "").strip()
    return shown(rest or slot.id)
