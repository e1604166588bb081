"""Which waiting meetings to try first: those that an optimum would hold by the bound's prices, where the plan holds others.

At an optimum of the relaxation whoever has a price has no idle slot, what is placed has no reduced value below 0, and what
waits none above. Where a plan differs it can get better, and only there.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from handslag.partnering.compiled import CompiledEvent, who_is_asked

# Prices are rounded.
_NOTHING = 1e-6


class Wanted:
    """The reduced values [M] of an event's meetings and who has a price [P], as a search asks for them."""

    def __init__(self, event: CompiledEvent, values: NDArray[np.float64], is_priced: NDArray[np.bool_]) -> None:
        self._is_positive = values > _NOTHING
        self._is_negative = values < -_NOTHING
        self._is_priced = is_priced
        asking, people = who_is_asked(event)
        kept = is_priced[people]
        # Who has a price, with each meeting.
        self._people: NDArray[Any] = people[kept]
        self._meetings: NDArray[Any] = asking[kept]

    def meetings(self, is_placed: NDArray[np.bool_], has_idle: NDArray[np.bool_]) -> NDArray[Any]:
        """Those that wait and would make a plan better, or as good beside somebody whose day is not as in an optimum."""
        is_wrong = is_placed & self._is_negative
        is_hot = self._is_priced & has_idle
        is_hot[self._people[is_wrong[self._meetings]]] = True
        is_near = np.zeros(len(is_placed), dtype=np.bool_)
        is_near[self._meetings[is_hot[self._people]]] = True
        return np.flatnonzero(~is_placed & (self._is_positive | (is_near & ~self._is_negative)))
