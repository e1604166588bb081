"""The encoding that a page declares in its own first bytes."""

from __future__ import annotations

import re

_PRESCAN = 4096
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_-]{2,40})", re.IGNORECASE)


def declared_charset(data: bytes) -> str:
    """The name in a `meta` element or XML declaration of the first bytes, or ""."""
    head = data[:_PRESCAN]
    found = _XML.match(head) or _CHARSET.search(head)
    return found[1].decode("ascii") if found else ""
