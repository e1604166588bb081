"""What the parts of one report page share: its language, and the texts that are swapped when the language is."""

from __future__ import annotations

import json

from handslag.kernel.markup import Content, Html, html, shown, tag
from handslag.reading.report.wording import Pair


class Canvas:
    """Writes texts in the page's first language and remembers both, so that a switch in the page can swap them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._numbers: dict[Pair, int] = {}

    def say(self, text: Pair, element: str = "span", **attributes: str | bool | None) -> Html:
        """An element with the text."""
        if text.sv == text.en:
            return tag(element, text.sv, **attributes)
        return tag(element, text.in_language(self.language), data_t=self.number(text), lang=None, **attributes)

    def words(self, text: Pair) -> Html:
        """The text, in an element of its own only where the languages differ."""
        return Html(html(text.sv)) if text.sv == text.en else self.say(text)

    def named(self, text: Pair) -> dict[str, str | bool | None]:
        """The attributes that give an element this accessible name."""
        return {"aria_label": text.in_language(self.language), "data_l": self.number(text)}

    def texts_as_json(self) -> Html:
        """All remembered texts, [Swedish, English] each, safe inside a script element."""
        pairs = [[shown(pair.sv), shown(pair.en)] for pair in self._numbers]
        return Html(json.dumps(pairs, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))

    def number(self, text: Pair) -> str:
        """The number under which the page's script finds the text."""
        return str(self._numbers.setdefault(text, len(self._numbers)))


def quoted(text: str, language: str, element: str = "span", class_: str | None = None) -> Html:
    """Words of a document, in the document's language, kept from changing the direction of what stands around them."""
    return tag(element, text, lang=language or None, class_=class_)


def one_space(*contents: Content) -> Html:
    """The contents with a space between them."""
    return Html(" ".join(part for part in map(html, contents) if part))
