"""Plain text and Markdown: decoded, and otherwise left as it is."""

from __future__ import annotations

import re

from handslag.reading.loading.days import with_given_day
from handslag.reading.loading.document import Content, Limits
from handslag.reading.loading.encoding import decode, is_binary
from handslag.reading.loading.markdown import read_markdown
from handslag.reading.loading.refusal import Refusal
from handslag.reading.loading.sheet import too_long
from handslag.reading.loading.signatures import looks_like

_HTML = re.compile(r"\s*<(?:!doctype html|html[\s>])", re.IGNORECASE)


def read_plain(data: bytes, limits: Limits, *, is_markdown: bool) -> Content:
    """The text of a txt or md file: without byte-order mark, CRLF and CR as LF. Raises `Refusal` if it is no text."""
    what = looks_like(data)
    if what:
        raise Refusal(f"is not plain text: it looks like {what}; give it the ending of what it is")
    text, _, warnings = decode(data)
    if "\x00" in text or is_binary(text):
        raise Refusal("is not plain text: it holds binary data; give it the ending of what it is, or save it as text")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > limits.max_characters:
        raise Refusal(too_long(limits.max_characters))
    if _HTML.match(text):
        warnings += (("looks-like-html", "the text is a web page's source; name it .html to have it read as a page"),)
    content = with_given_day(Content(text, warnings=warnings))
    return read_markdown(content) if is_markdown else content
