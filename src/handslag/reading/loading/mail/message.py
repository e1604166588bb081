"""A mail message as text: its head, its text with the earlier messages quoted in it, messages sent on within it."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from handslag.reading.loading.document import Content, Limits, Tag, Warnings
from handslag.reading.loading.encoding import decode, is_binary
from handslag.reading.loading.html import read_html
from handslag.reading.loading.mail.head import day_of, header, is_mail, moment_of, with_readable_head
from handslag.reading.loading.mail.lines import is_quoted, unflow
from handslag.reading.loading.mail.parts import Parts, bytes_of, is_cut
from handslag.reading.loading.refusal import Refusal
from handslag.reading.loading.sheet import Sheet, too_long
from handslag.reading.loading.signatures import looks_like

_NAMED = 20
"""Attachments that are named in the warning; of more, the number is told."""


def read_eml(data: bytes, limits: Limits) -> Content:
    """The message's text. Raises `Refusal` if it is no message, encrypted, or holds nothing but attachments."""
    what = looks_like(data)
    if what:
        raise Refusal(f"is not a mail message: it looks like {what}; give it the ending of what it is")
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    # Not with policy.default: its headers parse themselves, which some malformed ones make fail, and long ones slow.
    message = message_from_bytes(with_readable_head(data))
    if not is_mail(message):
        raise Refusal(
            "is not a mail message: no sender, subject or date stands at its head; save it from the mail program"
        )
    parts = Parts()
    parts.gather(message)
    writer = _Writer(limits)
    writer.head(message)
    for piece in parts.pieces:
        if piece.kind == "message":
            writer.head(piece.part)
        elif piece.kind == "html":
            writer.page(piece.part)
        else:
            writer.plain(piece.part)
    if not writer.has_body:
        if parts.attachments:
            raise Refusal("holds no text, only attachments; save them from the mail program and read those")
        raise Refusal("holds no text below its head; check that it is the right file")
    day = day_of(message)
    return Content(
        text=writer.sheet.text,
        regions=writer.sheet.regions,
        title=header(message, "subject"),
        publisher=header(message, "organization"),
        metadata_day=day,
        metadata_source="mail date" if day else "",
        warnings=(*_left_out(message, parts), *writer.warnings),
    )


def _left_out(message: Message, parts: Parts) -> Warnings:
    found = []
    if parts.attachments:
        more = len(parts.attachments) - _NAMED
        names = ", ".join(parts.attachments[:_NAMED]) + (f", +{more}" if more > 0 else "")
        found.append(("attachments", f"attached files are not read: {names}"))
    if is_cut(message):
        found.append(("mail-cut", "the message ends before its last part does; save it from the mail program again"))
    return tuple(found)


class _Writer:
    """Writes heads and texts to a sheet; `has_body` once anything stands below a head."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.sheet = Sheet(limits.max_characters)
        self.warnings: Warnings = ()
        self.has_body = False

    def head(self, message: Message) -> None:
        self.sheet.gap()
        self.sheet.add(header(message, "subject"), "headline")
        self.sheet.gap()
        moment = moment_of(message)
        lines: tuple[tuple[str, str, Tag], ...] = (
            ("From", header(message, "from"), "byline"),
            ("Date", f"{moment:%Y-%m-%d %H:%M}" if moment else header(message, "date"), "byline"),
            ("To", header(message, "to"), "furniture"),
            ("Cc", header(message, "cc"), "furniture"),
        )
        for name, words, tag in lines:
            if words:
                self.sheet.add(f"{name}: {words}", tag)
        self.sheet.gap()

    def plain(self, part: Message) -> None:
        text = self._decoded(part)
        if part.get_param("format", "") == "flowed":
            text = unflow(text, drops_space=str(part.get_param("delsp", "")).lower() == "yes")
        self.sheet.gap()
        for line in text.split("\n"):
            if not line.strip():
                self.sheet.gap()
            self.has_body |= bool(line.strip())
            self.sheet.add(line, "quote" if is_quoted(line) else "")

    def page(self, part: Message) -> None:
        """Write a part in HTML; one that shows nothing is passed over."""
        text = self._decoded(part)
        if not text.strip():
            return
        try:
            content = read_html(text.encode("utf-8", "replace"), self._limits)
        except Refusal:
            if len(text) > self._limits.max_characters:
                raise
            return
        self.has_body = True
        self.sheet.paste(content.text, content.regions)
        self.warnings += tuple(notice for notice in content.warnings if notice[0] == "page-cut")

    def _decoded(self, part: Message) -> str:
        text, _, warnings = decode(bytes_of(part), str(part.get_content_charset("")))
        if is_binary(text):
            raise Refusal("is not a mail message: it holds binary data; save it from the mail program")
        if len(text) > 10 * self._limits.max_characters:
            raise Refusal(too_long(self._limits.max_characters))
        self.warnings += warnings
        return text.replace("\r\n", "\n").replace("\r", "\n")
