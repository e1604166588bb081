"""Text of strangers made safe to look at: what cannot be seen, or changes the order in which letters are shown, is written out."""

from __future__ import annotations

import re
from typing import Final

# Tabs and line ends stay.
_SIGNS: Final = (
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u2069\ufff9-\ufffb\ud800-\udfff]"
)
_UNSEEN: Final = rf"{_SIGNS}|\r(?!\n)"
_ANY, _ANY_SIGN = re.compile(_UNSEEN), re.compile(_SIGNS)
# What a browser sends back, goes to or runs stays as it is; no stranger's words can look like it, for they are escaped.
_PAGE: Final = re.compile(
    r"(?P<stays><(?P<tag>textarea|script|style)\b.*?</(?P=tag)\s*>"
    r"|\s(?:value|href|src|action|formaction|hx-[a-z-]+)=(?:\"[^\"]*\"|'[^']*'))"
    rf"|{_UNSEEN}",
    re.DOTALL | re.IGNORECASE,
)


def visible(text: str) -> str:
    """The text with its control characters and turns of direction written out: "⟨U+202E⟩"."""
    return _ANY.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def visible_page(html: str) -> str:
    """A page, all of whose words are made `visible`, but for what is typed in its forms and where its links lead."""
    # One class of signs is looked for much faster than with what may follow them, and few pages have any.
    if not _ANY_SIGN.search(html) and "\r" not in html:
        return html
    return _PAGE.sub(lambda found: found["stays"] or visible(found[0]), html)
