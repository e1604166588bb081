"""What a tiny event allows, by trying everything: written from the format's words, on plain JSON, for the checker's tests.

A schedule is here a mapping of meeting to (slot, place, people), what is not in it is unplaced.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

Json = dict[str, Any]
Option = tuple[str, str, frozenset[str]]
Plan = dict[str, Option]


class Oracle:
    """One event; `problem` has no missing keys that are asked for here."""

    def __init__(self, problem: Json) -> None:
        self.problem = problem
        self.meetings = {one["id"]: one for one in problem["meetings"]}
        self.people = {one["id"]: one for one in problem["people"]}
        self.places = {one["id"]: one for one in problem["places"]}
        self.slots = {one["id"]: one for one in problem["slots"]}
        self.order = [one["id"] for one in problem["slots"]]
        days: dict[Any, list[str]] = {}
        for one in problem["slots"]:
            days.setdefault(one.get("day"), []).append(one["id"])
        self.days = list(days.values())
        self.rules = problem.get("rules") or {}

    # --- what one meeting may be -------------------------------------------------------------------------------------

    def groups(self, meeting: Json) -> list[frozenset[str]]:
        """Every set of people who may attend."""
        parts: list[list[tuple[str, ...]]] = []
        for side in meeting["sides"]:
            parts.append([tuple(side.get("all") or ())])
            if side.get("any"):
                parts.append(list(itertools.combinations(side["any"]["of"], side["any"]["count"])))
        return [frozenset(itertools.chain(*chosen)) for chosen in itertools.product(*parts)]

    def options(self, meeting: Json) -> list[Option]:
        """Every placement that breaks no rule of its own."""
        everything = itertools.product(self.order, self.places, self.groups(meeting))
        return [one for one in everything if self.is_option(meeting, one)]

    def is_option(self, meeting: Json, option: Option) -> bool:
        slot, place, people = option
        if slot not in self.slots or place not in self.places or people not in self.groups(meeting):
            return False
        hours, host = self.places[place].get("slots"), self.places[place].get("host")
        return (
            (not meeting.get("slots") or slot in meeting["slots"])
            and (not meeting.get("places") or place in meeting["places"])
            and (not hours or slot in hours)
            and (not host or any(self.people[one].get("organisation") == host for one in people))
            and not any(slot in (self.people[one].get("unavailable") or ()) for one in people)
        )

    # --- what a schedule is ------------------------------------------------------------------------------------------

    def plans(self) -> Iterator[Plan]:
        """Every schedule that keeps all rules."""
        choices = [[None, *self.options(one)] for one in self.meetings.values()]
        for chosen in itertools.product(*choices):
            plan = {name: one for name, one in zip(self.meetings, chosen, strict=True) if one is not None}
            if self.keeps_all(plan):
                yield plan

    def keeps_all(self, plan: Plan) -> bool:
        if self.rules.get("all_meetings") and len(plan) < len(self.meetings):
            return False
        if not self.keeps_most(plan):
            return False
        for name, one in self.meetings.items():
            held = one.get("held")
            if held and name not in plan:
                option = (held["slot"], held["place"], frozenset(held["people"]))
                if self.keeps_most(plan | {name: option}, but_frozen=True):
                    return False
        return True

    def keeps_most(self, plan: Plan, *, but_frozen: bool = False) -> bool:
        """All rules but all_meetings and held-dropped."""
        if not all(self.is_option(self.meetings[name], one) for name, one in plan.items()):
            return False
        if any(len(self.at(plan, person, slot)) > 1 for person in self.people for slot in self.order):
            return False
        for place, slot in itertools.product(self.places, self.order):
            there = [one for one in plan.values() if one[0] == slot and one[1] == place]
            if len(there) > (self.places[place].get("count") or 1):
                return False
        for name, one in plan.items():
            for earlier in self.meetings[name].get("after") or ():
                if earlier in plan and self.order.index(plan[earlier][0]) >= self.order.index(one[0]):
                    return False
        for name, meeting in self.meetings.items():
            held = meeting.get("held")
            is_fixed = meeting.get("frozen") and not but_frozen
            if is_fixed and plan.get(name) != (held["slot"], held["place"], frozenset(held["people"])):
                return False
        return self.keeps_days(plan)

    def keeps_days(self, plan: Plan) -> bool:
        for name, person in self.people.items():
            for day in self.days:
                marks = self.marks(plan, name, day)
                most, row = person.get("max_per_day"), person.get("max_in_a_row")
                if most is not None and marks.count("x") > most:
                    return False
                if row is not None and max(map(len, marks.split("."))) > row:
                    return False
            for lunch in self.rules.get("lunch") or ():
                if all(self.at(plan, name, slot) for slot in lunch["slots"]):
                    return False
        if self.rules.get("walks") != "count" and self.far_walks(plan):
            return False
        limit = self.rules.get("max_break_spread")
        return limit is None or self.spread(plan) <= limit

    def at(self, plan: Plan, person: str, slot: str) -> list[str]:
        return [name for name, one in plan.items() if one[0] == slot and person in one[2]]

    def marks(self, plan: Plan, person: str, day: list[str]) -> str:
        return "".join("x" if self.at(plan, person, slot) else "." for slot in day)

    def breaks(self, plan: Plan, person: str) -> int:
        return sum(len(re.findall(r"\.+", self.marks(plan, person, day).strip("."))) for day in self.days)

    def spread(self, plan: Plan) -> int:
        met = {person for one in plan.values() for person in one[2]}
        counts = [self.breaks(plan, person) for person in met]
        return max(counts) - min(counts) if len(counts) > 1 else 0

    def far_walks(self, plan: Plan) -> int:
        minutes = {}
        for walk in self.problem.get("walks") or ():
            minutes[walk["from"], walk["to"]] = minutes[walk["to"], walk["from"]] = walk["minutes"]
        far = 0
        for person in self.people:
            for day in self.days:
                met = [plan[self.at(plan, person, slot)[0]] for slot in day if self.at(plan, person, slot)]
                for one, other in itertools.pairwise(met):
                    zones = self.places[one[1]].get("zone"), self.places[other[1]].get("zone")
                    if zones in minutes:
                        first, later = self.slots[one[0]], self.slots[other[0]]
                        apart = datetime.fromisoformat(later["start"]) - datetime.fromisoformat(first["start"])
                        far += apart.total_seconds() / 60 - first["minutes"] < minutes[zones]
        return far

    def figures(self, plan: Plan) -> dict[str, int]:
        held = {name: one["held"] for name, one in self.meetings.items() if one.get("held")}
        stays = {
            name
            for name, one in held.items()
            if name in plan and plan[name][0] == one["slot"] and plan[name][2] == frozenset(one["people"])
        }
        moves = len([name for name in held if name in plan and name not in stays])
        rows = [self.marks(plan, person, day).split(".") for person in self.people for day in self.days]
        return {
            "meetings": len(plan),
            "value": sum(self.meetings[name]["value"] for name in plan) - (self.rules.get("move_price") or 0) * moves,
            "dropped": len(set(held) - set(plan)),
            "moves": moves,
            "place_changes": len([name for name in stays if plan[name][1] != held[name]["place"]]),
            "far_walks": self.far_walks(plan),
            "breaks": sum(self.breaks(plan, person) for person in self.people),
            "break_spread": self.spread(plan),
            "max_in_a_row": max([len(run) for row in rows for run in row], default=0),
        }

    # --- what prices prove -------------------------------------------------------------------------------------------

    def price_bound(self, prices: Json) -> int:
        """The format's formula, slot by slot and word by word."""
        total = 0
        for name, person in self.people.items():
            away = person.get("unavailable") or ()
            total += sum(self.price(prices, "people", name, slot) for slot in self.order if slot not in away)
        for name, place in self.places.items():
            hours = place.get("slots") or self.order
            total += sum((place.get("count") or 1) * self.price(prices, "places", name, slot) for slot in hours)
        for meeting in self.meetings.values():
            total += max([0, *self.surpluses(prices, meeting)])
        bound: int = total // prices["scale"]
        return bound

    def price(self, prices: Json, table: str, name: str, slot: str) -> int:
        own = prices[table].get(name, {})
        found: int = own.get(slot, own.get(self.slots[slot].get("day"), 0))
        return found

    def surpluses(self, prices: Json, meeting: Json) -> Iterator[int]:
        held, scale = meeting.get("held"), prices["scale"]
        if held:
            people = frozenset(held["people"])
            for place in [held["place"]] if meeting.get("frozen") else self.places:
                if self.is_option(meeting, (held["slot"], place, people)):
                    cost = self.price(prices, "places", place, held["slot"])
                    cost += sum(self.price(prices, "people", one, held["slot"]) for one in people)
                    yield scale * meeting["value"] - cost
        if meeting.get("frozen"):
            return
        worth = meeting["value"] - ((self.rules.get("move_price") or 0) if held else 0)
        for slot in meeting.get("slots") or self.order:
            there = {one for one in self.people if slot not in (self.people[one].get("unavailable") or ())}
            cost, possible = 0, set[str]()
            for side in meeting["sides"]:
                chosen, any_of = side.get("all") or [], side.get("any") or {"count": 0, "of": []}
                available = [one for one in any_of["of"] if one in there]
                if not there.issuperset(chosen) or len(available) < any_of["count"]:
                    break
                cost += sum(self.price(prices, "people", one, slot) for one in chosen)
                cost += sum(sorted(self.price(prices, "people", one, slot) for one in available)[: any_of["count"]])
                possible.update(chosen, available)
            else:
                rooms = [
                    self.price(prices, "places", name, slot)
                    for name in meeting.get("places") or self.places
                    if slot in (self.places[name].get("slots") or self.order)
                    and (
                        not self.places[name].get("host")
                        or any(self.people[one].get("organisation") == self.places[name]["host"] for one in possible)
                    )
                ]
                if rooms:
                    yield scale * worth - cost - min(rooms)
