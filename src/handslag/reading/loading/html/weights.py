"""How much text each element holds, and how much of it is links: one pass over the tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from handslag.reading.loading.html.marks import DROPPED, HEADINGS


@dataclass(slots=True)
class Weight:
    """Characters of text inside an element, those inside links, the number of links and of main headings; what else it holds."""

    characters: int = 0
    link_characters: int = 0
    links: int = 0
    h1s: int = 0
    holds_main: bool = False
    holds_heading: bool = False
    holds_table: bool = False

    @property
    def is_menu_like(self) -> bool:
        """True for a run of short links with next to nothing between them."""
        return (
            self.links >= 3 and self.link_characters > 0.6 * self.characters and self.link_characters < 30 * self.links
        )


@dataclass(slots=True)
class Weights:
    """The weight of every element of a tree."""

    root: Element
    _of: dict[Element, Weight] = field(default_factory=dict)

    def __post_init__(self) -> None:
        elements = [element for element in self.root.iter() if isinstance(element.tag, str)]
        of = self._of
        for element in elements:
            of[element] = Weight()
        for element in reversed(elements):  # children before their parents
            weight = of[element]
            if element.tag in DROPPED:
                weight = of[element] = Weight()
            elif element.text:
                weight.characters += len(element.text.strip())
            if element.tag == "a":
                weight.link_characters = weight.characters
                weight.links = 1
            parent = element.getparent()
            if parent is not None and parent in of:
                _add(of[parent], weight, str(element.tag))
                if element.tail:
                    of[parent].characters += len(element.tail.strip())

    def __getitem__(self, element: Element) -> Weight:
        return self._of[element]

    def share(self, element: Element) -> float:
        """How much of the whole text the element holds, 0 to 1."""
        whole = self._of[self.root].characters
        return self._of[element].characters / whole if whole else 0.0


def _add(parent: Weight, child: Weight, tag: str) -> None:
    parent.characters += child.characters
    parent.link_characters += child.link_characters
    parent.links += child.links
    parent.h1s += child.h1s + (tag == "h1")
    parent.holds_main |= child.holds_main or tag in ("main", "article")
    parent.holds_heading |= child.holds_heading or tag in HEADINGS
    parent.holds_table |= child.holds_table or tag == "table"
