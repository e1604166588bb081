"""Tiny events of all kinds for hypothesis: few enough schedules that all can be tried."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]
Draw = Any

_STARTS = ["09:00", "09:30", "10:10", "10:40"]


def _some(draw: Draw, ids: list[str]) -> list[str] | None:
    """Null most of the time, else some of them."""
    if draw(st.integers(0, 3)):
        return None
    chosen: list[str] = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    return chosen


@st.composite
def events(draw: Draw, *, most_meetings: int = 3, may_walk: bool = True) -> Json:
    """Two to four slots on one or two days, one or two places, four people, up to three meetings."""
    count = draw(st.integers(2, 4))
    split = draw(st.integers(1, count))
    slots = [
        {
            "id": f"s{n}",
            "start": f"2026-11-0{2 if n < split else 3}T{_STARTS[n]}+01:00",
            "minutes": 30,
            "day": "1" if n < split else "2",
        }
        for n in range(count)
    ]
    times = [slot["id"] for slot in slots]
    places: list[Json] = [{"id": "hall", "count": draw(st.integers(1, 2)), "zone": "A", "slots": _some(draw, times)}]
    if draw(st.booleans()):
        host = draw(st.sampled_from([None, "o1", "o2"]))
        places.append({"id": "booth", "count": 1, "zone": "B", "host": host, "slots": _some(draw, times)})
    people = [
        {
            "id": f"p{n}",
            "organisation": draw(st.sampled_from(["o1", "o2"])),
            "unavailable": _some(draw, times) or [],
            "max_per_day": draw(st.sampled_from([None, None, None, 1, 2])),
            "max_in_a_row": draw(st.sampled_from([None, None, None, 1, 2])),
        }
        for n in range(4)
    ]
    meetings = [
        _meeting(draw, n, times, [place["id"] for place in places]) for n in range(draw(st.integers(1, most_meetings)))
    ]
    lunch = [{"slots": times[:split][:2]}] if draw(st.integers(0, 3)) == 0 else []
    return {
        "format": "handslag-meetings/1",
        "slots": slots,
        "places": places,
        "people": people,
        "meetings": meetings,
        "rules": {
            "all_meetings": draw(st.integers(0, 4)) == 0,
            "max_break_spread": draw(st.sampled_from([None, None, 0, 1])),
            "move_price": draw(st.sampled_from([0, 1, 2])),
            "lunch": lunch,
            "walks": draw(st.sampled_from(["forbid", "count"])),
        },
        "walks": [{"from": "A", "to": "B", "minutes": 8}] if may_walk and draw(st.booleans()) else [],
        "goals": draw(
            st.sampled_from([None, ["value", "moves", "place_changes", "breaks"], ["breaks"], ["moves", "value"]])
        ),
    }


def _meeting(draw: Draw, number: int, slots: list[str], places: list[str]) -> Json:
    people = draw(st.permutations([f"p{n}" for n in range(4)]))
    if draw(st.booleans()):
        sides: list[Json] = [{"all": [people[0]]}, {"all": [people[1]]}]
    else:
        count = draw(st.integers(1, 2))
        sides = [{"all": [people[0]]}, {"all": [], "any": {"count": count, "of": sorted(people[1 : 2 + count])}}]
    named = [person for side in sides for person in side["all"] + side.get("any", {}).get("of", [])]
    held = None
    if draw(st.integers(0, 2)) == 0:
        held = {"slot": draw(st.sampled_from(slots)), "place": draw(st.sampled_from(places)), "people": named[:2]}
    return {
        "id": f"m{number}",
        "sides": sides,
        "value": draw(st.integers(0, 3)),
        "slots": _some(draw, slots),
        "after": [f"m{number - 1}"] if number and draw(st.integers(0, 3)) == 0 else [],
        "places": _some(draw, places),
        "held": held,
        "frozen": held is not None and draw(st.integers(0, 3)) == 0,
    }


@st.composite
def events_of_pairs(draw: Any) -> Json:
    """As published: pairs of people in equal rooms, many meetings on one day, some after others."""
    slots = [f"s{at}" for at in range(draw(st.integers(2, 5)))]
    pairs = draw(
        st.lists(st.lists(st.sampled_from("abcd"), min_size=2, max_size=2, unique=True), min_size=2, max_size=5)
    )
    meetings = [
        {
            "id": f"m{at}",
            "sides": [{"all": [one]}, {"all": [other]}],
            "value": 1,
            "slots": slots[: draw(st.integers(1, 5))] if draw(st.integers(0, 3)) == 0 else None,
            "after": [f"m{at - 1}"] if at and draw(st.integers(0, 5)) == 0 else [],
        }
        for at, (one, other) in enumerate(pairs)
    ]
    people = [{"id": name, "unavailable": draw(st.lists(st.sampled_from(slots), max_size=1))} for name in "abcd"]
    return {
        "format": "handslag-meetings/1",
        "slots": [{"id": slot} for slot in slots],
        "places": [{"id": "hall", "count": draw(st.integers(1, 2))}],
        "people": people,
        "meetings": meetings,
        "rules": {"all_meetings": True, "max_break_spread": draw(st.sampled_from([None, 0, 1, 2]))},
        "goals": ["breaks"],
    }
