"""HTML in which nothing is unescaped by accident: text is escaped, only `Html` is not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape

# What a browser would drop, or what would change the order in which characters are shown, is shown as a sign instead.
_SHOWN = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
_SHOWN |= {0x7F: 0x2421}
_SHOWN |= dict.fromkeys([*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD)
_SHOWN |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)


class Html(str):
    """Markup that is finished: it goes into the page as it stands."""

    __slots__ = ()


# What needs a second look: the characters above and those that mean something in HTML.
_SPECIAL = re.compile("[" + "".join(f"\\U{code:08x}" for code in [*_SHOWN, *map(ord, "<>&\"'")]) + "]")

Content = str | None


def shown(text: str) -> str:
    """The text with control characters, turns of direction and lone surrogates replaced by visible signs."""
    return text.translate(_SHOWN)


def html(content: Content) -> str:
    """Markup for the content: `Html` as it is, other text escaped, None as nothing."""
    if content is None:
        return ""
    return content if isinstance(content, Html) else _escaped(content)


def join(contents: Iterable[Content], between: str = "") -> Html:
    """The contents one after the other, empty ones left out."""
    return Html(html(between).join(part for part in map(html, contents) if part))


def tag(name: str, *contents: Content, **attributes: str | bool | None) -> Html:
    """One element. `class_` stands for class, `data_x` for data-x; an attribute that is None or False is left out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items() if value not in {None, False})
    inside = "".join(map(html, contents))
    return Html(f"<{name}{written}>{inside}</{name}>")


def _escaped(text: str) -> str:
    # Most texts have nothing to escape, and looking is much faster than replacing.
    return escape(shown(text)) if _SPECIAL.search(text) else text


def _attribute(key: str, value: str | bool | None) -> str:
    return f" {_name(key)}" if value is True else f' {_name(key)}="{_escaped(str(value))}"'


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
