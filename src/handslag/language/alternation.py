"""Word lists as one fast regular expression, and lower case that keeps every offset."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeAlias

# A space in a word list: one or two white-space characters, of which one may be a line end.
SPACE: Final = r"\s\s?"

_Tree: TypeAlias = "dict[str, _Tree]"


def alternation(words: Iterable[str]) -> str:
    """A pattern (one group without a number) that matches any of the words, the longest one that fits.

    The words share their beginnings in it, so that `re` decides by the next character instead of trying each word:
    for two hundred words about thirty times as fast as `a|b|c`. A space stands for SPACE. No words: matches nothing.
    """
    tree: _Tree = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _pattern(tree) if tree else r"(?!)"


def _pattern(node: _Tree) -> str:
    ends = "" in node
    branches = [
        (SPACE if character == " " else re.escape(character)) + _pattern(child)
        for character, child in sorted(node.items())
        if character
    ]
    if not branches:
        return ""
    if len(branches) == 1 and not ends:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if ends else "")


def spaced(pattern: str) -> str:
    """A pattern in which a space is written for SPACE ("v ?[0-9]"): every space becomes one."""
    return pattern.replace(" ", f"(?:{SPACE})")


def lower_same_length(text: str) -> str:
    """`text` in lower case with every character at its place (a capital whose small form is longer stays)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)
