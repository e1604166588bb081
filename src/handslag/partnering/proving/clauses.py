"""A formula in clauses, made of what events need: one of several, no more than so many, how many.

Variables are whole numbers from 1; a negative number denies its variable. `TRUE` and `FALSE` stand for what is known, and
fall out of the clauses.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

TRUE = 1
FALSE = -1
# Up to so many every two exclude each other; of more, a chain tells whether one was before (the ladder encoding).
_PAIRWISE = 30


class Clauses:
    """Each clause holds at least one true literal."""

    def __init__(self) -> None:
        self.variables = 1
        self._clauses: list[list[int]] = [[TRUE]]

    def __len__(self) -> int:
        return len(self._clauses)

    def __iter__(self) -> Iterator[list[int]]:
        return iter(self._clauses)

    def new(self) -> int:
        """A variable."""
        self.variables += 1
        return self.variables

    def add(self, *literals: int) -> None:
        """One of these is true."""
        if TRUE not in literals:
            # Nothing left to be true: that is what FALSE says.
            self._clauses.append([one for one in literals if one != FALSE] or [FALSE])

    def add_at_most_one(self, literals: Sequence[int]) -> None:
        """No two are true."""
        if len(literals) <= _PAIRWISE:
            for one, other in combinations(literals, 2):
                self.add(-one, -other)
            return
        before = FALSE
        for one in literals:
            self.add(-before, -one)
            before = self.any_of((before, one))

    def add_at_most(self, literals: Sequence[int], most: int) -> None:
        """At most so many are true: a sequential counter (Sinz, CP 2005)."""
        if most >= len(literals):
            return
        counted = [FALSE] * most
        for one in literals:
            self.add(-one, -(counted[-1] if most else TRUE))
            following = [self.new() for _ in counted]
            for before, now in zip(counted, following, strict=True):
                self.add(-before, now)
            for before, now in zip([TRUE, *counted], following, strict=False):
                self.add(-one, -before, now)
            counted = following

    def any_of(self, literals: Iterable[int]) -> int:
        """A literal that is true if, and only if, one of these is."""
        known = {one for one in literals if one != FALSE}
        if TRUE in known:
            return TRUE
        if len(known) < 2:
            return next(iter(known), FALSE)
        one = self.new()
        self.add(-one, *sorted(known))
        for part in sorted(known):
            self.add(-part, one)
        return one

    def counted(self, literals: Sequence[int], most: int) -> list[int]:
        """Literals that say "at least 1", "at least 2", … up to `most` + 1 of these are true: a totalizer.

        Bailleux and Boufkhad, CP 2003; counted no further than needed.
        """
        parts = [[one] for one in literals]
        while len(parts) > 1:
            halves = [self._merged(one, other, most + 1) for one, other in zip(parts[::2], parts[1::2], strict=False)]
            parts = [*halves, *parts[len(halves) * 2 :]]
        return parts[0][: most + 1] if parts else []

    def _merged(self, one: Sequence[int], other: Sequence[int], longest: int) -> list[int]:
        together = [self.new() for _ in range(min(len(one) + len(other), longest))]
        # At least none is true; more than all is false. Beyond the longest nothing is known.
        ours, theirs = [TRUE, *one, FALSE], [TRUE, *other, FALSE]
        for left in range(len(one) + 1):
            for right in range(len(other) + 1):
                number = left + right
                if 0 < number <= len(together):
                    self.add(-ours[left], -theirs[right], together[number - 1])
                if number < len(together):
                    self.add(ours[left + 1], theirs[right + 1], -together[number])
        for more, less in pairwise(reversed(together)):
            self.add(-more, less)
        return together

    def shuffled(self, seed: int) -> tuple[array[int], list[int]]:
        """The clauses, a 0 after each, with variables and clauses in another order; and the new number of each variable."""
        chance = random.Random(seed)
        names = list(range(1, self.variables + 1))
        order = list(self._clauses)
        if seed:
            chance.shuffle(names)
            chance.shuffle(order)
        names = [0, *names]
        flat = array("i")
        for clause in order:
            flat.extend(names[one] if one > 0 else -names[-one] for one in clause)
            flat.append(0)
        return flat, names
