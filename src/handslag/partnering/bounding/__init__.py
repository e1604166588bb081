"""The Lagrangian bound: dual prices that prove how good any schedule can be, better the longer one works on them."""

from handslag.partnering.bounding.price_bound import PriceBound
from handslag.partnering.bounding.reduced_values import ReducedValues

__all__ = ["PriceBound", "ReducedValues"]
