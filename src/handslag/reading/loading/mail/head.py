"""The head of a mail message: subject, sender, recipients, day."""

from __future__ import annotations

from datetime import datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from handslag.reading.loading.days import iso_day
from handslag.reading.loading.encoding import decode
from handslag.reading.loading.sheet import clean

NAMING = ("from", "subject", "date", "to", "received", "message-id", "return-path", "sender", "delivered-to")
"""Headers of which a message has at least one."""
_LONGEST = 2_000
_BLANK_LINES = (b"\r\n\r\n", b"\n\n", b"\r\r")


def is_mail(message: Message) -> bool:
    """True if at least one header says so: any text can be parsed as a message without headers."""
    return any(name.lower() in NAMING for name in message.keys())  # noqa: SIM118  # a Message's own iterator is untyped


def with_readable_head(data: bytes) -> bytes:
    """The message with its head in UTF-8: some programs write headers in an old encoding without saying so."""
    found = [place for mark in _BLANK_LINES if (place := data.find(mark)) >= 0]
    end = min(found, default=len(data))
    head = data[:end]
    return data if head.isascii() else decode(head)[0].encode("utf-8", "replace") + data[end:]


def header(message: Message, name: str) -> str:
    """The words of the first header of that name, or ""."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    return decoded(raw)


def decoded(raw: str) -> str:
    """A header's words on one line, its encoded words (RFC 2047) decoded where they can be."""
    raw = raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        words = str(make_header(decode_header(" ".join(raw.split()))))
    except (MessageError, LookupError, ValueError, AssertionError):
        words = raw
    words = " ".join(clean(words).split())
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"


def moment_of(message: Message) -> datetime | None:
    """When the message was sent, in the sender's time zone; None where its head does not say."""
    try:
        return parsedate_to_datetime(header(message, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def day_of(message: Message) -> str:
    """The ISO day on which the message was sent, or ""."""
    moment = moment_of(message)
    return iso_day(moment.date().isoformat()) if moment else ""
