"""Events: what is held, opened, visited, signed or due, with day, place and what has become of it."""

from handslag.reading.facts.events.finding import find_events

__all__ = ["find_events"]
