"""What can go wrong, said for people: what, where, what to do."""


class HandslagError(Exception):
    """Base of every error that Handslag raises on purpose; its text is shown to people as it stands."""


class UnreadableFile(HandslagError):
    """A file that cannot be read: `name` is the file as the user named it, `reason` a clause with what to do."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class BadPeriod(HandslagError):
    """A date or period that does not follow the grammar of `kernel.periods`."""
