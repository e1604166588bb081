"""Pages that are one long menu: nothing in them is said by anybody, so no line of them is worth a look.

The zones' model judges a line by its neighbours and has never seen thousands of lines without a sentence among them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# a cell, or an entry of a menu set on one line
_BORDER: Final = re.compile(r"\s{2,}|\t|\s[|·•›»/–-]\s")
_SENTENCE_ENDS: Final = (".", "!", "?", "…", ":", ".”", '."')
# No marked page has as many lines of which so few are prose; a list of participants or a programme is far shorter.
_LONG: Final = 2_000
# As many lines, most of them printed again and again, are a menu too.
_LONG_IF_REPEATED: Final = 200
_MOST_DISTINCT: Final = 0.25
# the marked page with the least has 0.088
_MOST_PROSE: Final = 0.05


def is_menu(contents: Sequence[str]) -> bool:
    """True if the lines (those with words) are many, hardly any is prose, and they are very many or mostly repeated."""
    count = len(contents)
    if count < _LONG_IF_REPEATED:
        return False
    if count < _LONG and len({content.strip() for content in contents}) > _MOST_DISTINCT * count:
        return False
    return sum(map(is_prose, contents)) <= _MOST_PROSE * count


def is_prose(content: str) -> bool:
    """True for a line of running text: eight words on end, or four that end a sentence."""
    for part in _BORDER.split(content.strip()):
        words = len(part.split())
        if words >= 8 or (words >= 4 and part.endswith(_SENTENCE_ENDS)):
            return True
    return False
