"""Where a waiting meeting fits as things stand: slots, delegates and places that break no rule."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from handslag.partnering.repairing.timetable import Spot, Timetable

_NOBODY: frozenset[int] = frozenset()


def slots_with_people(timetable: Timetable, meeting: int) -> int:
    """The slots in which everyone who must attend is idle, and enough of each group."""
    request = timetable.request(meeting)
    idle = timetable.idle
    slots = request.slots
    for person in request.everyone:
        slots &= idle[person]
    for count, members in request.groups:
        if not slots:
            break
        slots &= enough(idle, count, members, slots)
    return slots


def enough(idle: list[int], count: int, members: tuple[int, ...], asked: int) -> int:
    """The slots in which so many of a group are idle; not all of them beyond those asked for."""
    some = 0
    if count == 1:
        for person in members:
            some |= idle[person]
        return some
    # By how many are idle at least: a carry chain over the slots.
    at_least = [asked] + [0] * count
    for person in members:
        for number in range(count, 0, -1):
            at_least[number] |= at_least[number - 1] & idle[person]
    return at_least[count]


def nearest_spot(timetable: Timetable, meeting: int, was: Spot | None, but: int = -1) -> Spot | None:
    """Of the slots in which a waiting meeting fits, except `but`, one that adds few breaks, near to where it was."""
    request = timetable.request(meeting)
    slots = timetable.roomy_slots(request)
    if slots:
        slots &= slots_with_people(timetable, meeting)
    if but >= 0:
        slots &= ~(1 << but)
    if not slots:
        return None
    order = timetable.calendar.positions(slots)
    if len(order) > 1:
        order.sort(key=lambda slot: (_breaks_added(timetable, request.everyone, slot), distance(slot, was)))
    for slot in order:
        spot = find_spot(timetable, meeting, slot, was)
        if spot is not None:
            return spot
    return None


def distance(slot: int, was: Spot | None) -> int:
    """How many slots from where a meeting was, if it was anywhere."""
    return 0 if was is None else abs(slot - was.slot)


def _breaks_added(timetable: Timetable, people: tuple[int, ...], slot: int) -> int:
    calendar = timetable.calendar
    before, after, day = calendar.before[slot], calendar.after[slot], calendar.day_bits[calendar.day_of[slot]]
    added = 0
    for person in people:
        busy = timetable.busy[person]
        if before in busy or after in busy:
            added += 1 - (before in busy) - (after in busy)
        else:
            added += timetable.available[person] & ~timetable.idle[person] & day != 0
    return added


def find_spot(timetable: Timetable, meeting: int, slot: int, like: Spot | None = None) -> Spot | None:
    """How a waiting meeting can be held in a slot: with the people and at the place of `like` if possible."""
    request = timetable.request(meeting)
    rooms = timetable.rooms[slot] & request.places
    if not rooms or not request.slots >> slot & 1:
        return None
    if timetable.earlier and not is_in_order(timetable, meeting, slot):
        return None
    bit = 1 << slot
    idle = timetable.idle
    for person in request.everyone:
        if not idle[person] & bit:
            return None
    if not timetable.has_day_rules and timetable.calendar.break_limit is None and not request.groups:
        return _spot(timetable, request.everyone, request.hosts, slot, rooms, like)
    liked = _NOBODY if like is None else frozenset(like.people)
    if not timetable.has_day_rules and timetable.calendar.break_limit is None:
        return _best_of(timetable, meeting, slot, rooms, like, liked)
    for part in _by_zone(timetable, rooms, like):
        spot = _best_of(timetable, meeting, slot, part, like, liked)
        if spot is not None and keeps_spread(timetable, spot):
            return spot
    return None


def _by_zone(timetable: Timetable, rooms: int, like: Spot | None) -> Iterator[int]:
    """Places apart by zone, where it matters how far they are; the liked one's first."""
    if not timetable.calendar.walks_are_forbidden:
        yield rooms
        return
    parts: dict[str | None, int] = {}
    if like is not None and rooms >> like.place & 1:
        parts[timetable.zones[like.place]] = 0
    for place in timetable.calendar.positions(rooms):
        zone = timetable.zones[place]
        parts[zone] = parts.get(zone, 0) | 1 << place
    yield from parts.values()


def _best_of(
    timetable: Timetable,
    meeting: int,
    slot: int,
    rooms: int,
    like: Spot | None,
    liked: frozenset[int],
) -> Spot | None:
    """Of places that are alike for walks: an own booth first, unless the liked place is among them."""
    request = timetable.request(meeting)
    zone = timetable.zones[(rooms & -rooms).bit_length() - 1]
    if timetable.has_day_rules and not all(allows(timetable, one, slot, zone) for one in request.everyone):
        return None
    for host in (None, *_hosts(timetable, rooms, request.groups)):
        people = _choose(timetable, meeting, slot, zone, liked, host)
        if people is None:
            continue
        hosts = request.hosts and {timetable.organisations[one]: None for one in people}
        spot = _spot(timetable, people, [one for one in hosts if one in request.hosts], slot, rooms, like)
        if spot is not None:
            return spot
    return None


def _spot(
    timetable: Timetable, people: tuple[int, ...], hosts: Iterable[str], slot: int, rooms: int, like: Spot | None
) -> Spot | None:
    """At the liked place if that is among these, else in a booth of one of the hosts, else anywhere."""
    own = 0
    for host in hosts:
        own |= timetable.booths[host]
    there = rooms & (timetable.unhosted | own)
    if not there:
        return None
    if like is not None and there >> like.place & 1:
        at = like.place
    else:
        best = there & own or there
        at = (best & -best).bit_length() - 1
    return Spot(slot, at, timetable.free_number(at, slot), people)


def _hosts(timetable: Timetable, rooms: int, groups: tuple[tuple[int, tuple[int, ...]], ...]) -> Iterator[str]:
    """The organisations with a booth among these that somebody of a group belongs to."""
    if not groups or not timetable.booths:
        return
    for organisation in dict.fromkeys(timetable.organisations[one] for _, members in groups for one in members):
        if organisation is not None and timetable.booths.get(organisation, 0) & rooms:
            yield organisation


def _choose(
    timetable: Timetable,
    meeting: int,
    slot: int,
    zone: str | None,
    liked: frozenset[int],
    host: str | None,
) -> tuple[int, ...] | None:
    """Who attends: of groups the liked ones, then those with most idle slots; somebody of the host if one is named."""
    request = timetable.request(meeting)
    if not request.groups:
        return request.everyone
    idle, organisations = timetable.idle, timetable.organisations
    people = list(request.everyone)
    bit = 1 << slot
    for count, members in request.groups:
        there = [
            one
            for one in members
            if idle[one] & bit and (not timetable.has_day_rules or allows(timetable, one, slot, zone))
        ]
        if len(there) < count:
            return None
        if len(there) > count:
            there.sort(
                key=lambda one: (
                    host is None or organisations[one] != host,
                    one not in liked,
                    -idle[one].bit_count(),
                )
            )
        people += there[:count]
    return tuple(people)


# --- rules that few events have ---------------------------------------------------------------------------------------


def is_in_order(timetable: Timetable, meeting: int, slot: int) -> bool:
    """True if all that must come earlier is earlier, and what must come later is later."""
    spots = timetable.spots
    for other in timetable.earlier.get(meeting, ()):
        if (spot := spots[other]) is not None and spot.slot >= slot:
            return False
    for other in timetable.later.get(meeting, ()):
        if (spot := spots[other]) is not None and spot.slot <= slot:
            return False
    return True


def allows(timetable: Timetable, person: int, slot: int, zone: str | None) -> bool:
    """True if a person's day has room for one more meeting in a slot and zone: limits, lunch, walks."""
    calendar, busy = timetable.calendar, timetable.busy[person]
    day = calendar.days[calendar.day_of[slot]]
    at_work = [other for other in day if other in busy]
    per_day, in_a_row = timetable.limits[person]
    if per_day is not None and len(at_work) + 1 > per_day:
        return False
    if in_a_row is not None and _row_with(calendar.before, calendar.after, busy, slot) > in_a_row:
        return False
    for lunch in calendar.lunches:
        if slot in lunch and all(other == slot or other in busy for other in lunch):
            return False
    if calendar.walks_are_forbidden:
        before = max((other for other in at_work if other < slot), default=-1)
        if before >= 0 and calendar.is_far(before, _zone_at(timetable, busy[before]), slot, zone):
            return False
        after = min((other for other in at_work if other > slot), default=-1)
        if after >= 0 and calendar.is_far(slot, zone, after, _zone_at(timetable, busy[after])):
            return False
    return True


def _row_with(before: list[int], after: list[int], busy: dict[int, int], slot: int) -> int:
    row = 1
    for neighbours in (before, after):
        other = neighbours[slot]
        while other in busy:
            row += 1
            other = neighbours[other]
    return row


def _zone_at(timetable: Timetable, meeting: int) -> str | None:
    spot = timetable.spots[meeting]
    assert spot is not None, "who is busy is in a placed meeting"
    return timetable.zones[spot.place]


def too_far(timetable: Timetable, people: tuple[int, ...]) -> list[int]:
    """Meetings that somebody cannot walk to in time, the later one of each pair, where walks are forbidden."""
    calendar = timetable.calendar
    if not calendar.walks_are_forbidden:
        return []
    found: dict[int, None] = {}
    for person in people:
        busy = timetable.busy[person]
        for day in calendar.days:
            at_work = [slot for slot in day if slot in busy]
            for slot, later in itertools.pairwise(at_work):
                zones = _zone_at(timetable, busy[slot]), _zone_at(timetable, busy[later])
                if calendar.is_far(slot, zones[0], later, zones[1]):
                    one = busy[slot] if busy[later] in timetable.fixed else busy[later]
                    found[one] = None
    return list(found)


def keeps_spread(timetable: Timetable, spot: Spot) -> bool:
    """True if with a meeting there people's numbers of breaks lie within the limit, or no further apart than now."""
    limit = timetable.calendar.break_limit
    if limit is None:
        return True
    now = spread_of(timetable)
    changed = {}
    for person in spot.people:
        busy = timetable.busy[person]
        busy[spot.slot] = -1
        changed[person] = timetable.breaks_of(person)
        del busy[spot.slot]
    return spread_of(timetable, changed) <= max(limit, now)


def spread_of(timetable: Timetable, changed: dict[int, int] | None = None) -> int:
    """The largest less the smallest number of breaks over people with a meeting; some people's are given."""
    changed = changed or {}
    breaks = [
        changed.get(one, timetable.breaks[one]) for one, busy in enumerate(timetable.busy) if busy or one in changed
    ]
    return max(breaks) - min(breaks) if breaks else 0


def is_possible(timetable: Timetable, meeting: int, spot: Spot, *, by_day: bool = True) -> bool:
    """True if a waiting meeting can be held just so; without `by_day` the rules of people's days are not asked."""
    request, bit = timetable.request(meeting), 1 << spot.slot
    attending = set(spot.people)
    asked = set(request.everyone)
    for count, members in request.groups:
        chosen = attending.intersection(members)
        if len(chosen) != count:
            return False
        asked |= chosen
    host = timetable.hosts[spot.place]
    is_room = not timetable.taken.get((spot.place, spot.slot), 0) >> (spot.number - 1) & 1
    return (
        asked == attending
        and all(timetable.idle[one] & bit for one in spot.people)
        and bool(request.slots & bit and request.places >> spot.place & 1 and timetable.opened[spot.place] & bit)
        and is_room
        and spot.number <= timetable.counts[spot.place]
        and (host is None or any(timetable.organisations[one] == host for one in spot.people))
        and is_in_order(timetable, meeting, spot.slot)
        and (not by_day or all(allows(timetable, one, spot.slot, timetable.zones[spot.place]) for one in spot.people))
    )
