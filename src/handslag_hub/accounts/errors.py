"""What the people page refuses, said to people in their language."""

from __future__ import annotations

from handslag.kernel.errors import HandslagError


class PeopleRefused(HandslagError):
    """A change of accounts that would break what holds; the message says why."""
