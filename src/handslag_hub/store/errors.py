"""What a write refuses, said to people in their language."""

from __future__ import annotations

from handslag.kernel.errors import HandslagError


class Refused(HandslagError):
    """A write that would break what holds; the message says why and what to do instead."""


class Overtaken(Refused):
    """Somebody else decided in the meantime: nothing was written, look again."""

    # As HTTP says it: a conflict with what is there.
    status = 409
