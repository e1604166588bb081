"""The parts of a mail message: which hold the text that its reader sees, and which are attached files."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import Message
from typing import Literal

from handslag.reading.loading.mail.head import decoded, header
from handslag.reading.loading.refusal import Refusal

_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
_DEEPEST = 10
_CUT = ("StartBoundaryNotFoundDefect", "CloseBoundaryNotFoundDefect", "InvalidBase64LengthDefect")
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """A part with text, or a message within the message."""

    kind: Literal["plain", "html", "message"]
    part: Message
    depth: int


@dataclass(slots=True)
class Parts:
    """What a message holds, in its order: pieces of text and the names of the files that are attached."""

    pieces: list[Piece] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)

    def gather(self, part: Message, depth: int = 0) -> None:
        """Add a part and those within it. Raises `Refusal` if it is encrypted."""
        kind = part.get_content_type()
        if kind in _SEALED:
            raise Refusal("is encrypted or sealed; open it in the mail program and save its text")
        if _is_attached(part):
            self.attachments.append(_name_of(part))
        elif kind == "message/rfc822":
            self._gather_message(part, depth)
        elif part.is_multipart():
            inside = _within(part)
            for inner in _chosen(inside) if kind == "multipart/alternative" else inside:
                self.gather(inner, depth)
        elif kind in ("text/plain", "text/html"):
            self.pieces.append(Piece("plain" if kind == "text/plain" else "html", part, depth))
        elif kind not in _SIGNATURES and not _is_picture_of_the_page(part):
            self.attachments.append(_name_of(part))

    def _gather_message(self, part: Message, depth: int) -> None:
        for inner in _within(part):
            if depth >= _DEEPEST:
                self.attachments.append(header(inner, "subject") or "message/rfc822")
            else:
                self.pieces.append(Piece("message", inner, depth + 1))
                self.gather(inner, depth + 1)


def _within(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def bytes_of(part: Message) -> bytes:
    """The content of a part without its transfer encoding."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def is_cut(message: Message) -> bool:
    """True if a part of the message lacks its end."""
    return any(type(defect).__name__ in _CUT for part in message.walk() for defect in part.defects)


def _chosen(alternatives: list[Message]) -> list[Message]:
    """Of the forms of one text the plain one, unless it is empty; without one the last, which is the richest."""
    for part in alternatives:
        if part.get_content_type() == "text/plain" and bytes_of(part).strip():
            return [part]
    readable = [part for part in alternatives if part.get_content_maintype() in ("text", "multipart")]
    shown = [part for part in readable if part.get_content_type() != "text/calendar"]
    return (shown or readable or alternatives)[-1:]


def _is_attached(part: Message) -> bool:
    if part.get_content_type() == "message/rfc822":
        return False
    return part.get_content_disposition() == "attachment" or (
        bool(part.get_filename()) and part.get_content_maintype() == "text"
    )


def _is_picture_of_the_page(part: Message) -> bool:
    """True for a picture that the text shows by its identifier, such as a logotype in a signature."""
    return part.get_content_maintype() == "image" and bool(part.get("content-id"))


def _name_of(part: Message) -> str:
    name = decoded(part.get_filename() or "")
    return name[:_LONGEST_NAME] or part.get_content_type()
