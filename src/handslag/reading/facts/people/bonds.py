"""The bond between a person, or a role, and a body named near: what kind of phrase or layout joins the two."""

from __future__ import annotations

from handslag.reading.facts.people.sketch import Sketch

_AT = frozenset(("at", "på", "vid", "hos", "of", "i", "in", "för", "for", "inom", "av", "by", "with"))
_DASHES = frozenset(("–", "—", "-", "|", "·", ":", "/", "•", "@", "*"))
_DIRECTIONS = {"till": "to", "to": "to", "från": "from", "from": "from"}
# words on the way that say nothing
_EMPTY = frozenset(("the", "den", "det", "de", "a", "an", "en", "ett", "W", "_"))
FURTHEST = 40


def bond_after(sketch: Sketch, first: int, last: int, skip: tuple[int, int] | None) -> str:
    """The bond to a body that begins at token `last`, from what ends at token `first`; the tokens of `skip` are passed over."""
    if last - first > FURTHEST:
        return "far"
    way = _way(sketch, first, last, skip)
    if "P" in way:
        return "other" + str(min(2, way.count("/")))
    if "/" in way:
        return _down(way)
    return _apart(way, "O" if "O" in way else "") or _onward(way)


def _down(way: list[str]) -> str:
    """The bond over line breaks to a body further down."""
    lines = way.count("/")
    ended = "." in way
    if way[-1] == "/" and lines <= 2 and len(way) <= 6 and not ended:
        return "line" if lines == 1 and len(way) <= 3 else "line2"
    return ("ended" if ended else "lines") + str(min(3, lines)) + ("O" if "O" in way else "")


def _apart(way: list[str], tail: str) -> str:
    """The bond to a body in another sentence or cell, "" if it stands in the same."""
    if "." in way:
        return "next" + str(min(2, way.count("."))) + tail
    if "|" in way and not any(symbol in ("w", "W", "r", "s") for symbol in way):
        return "cell" + tail
    return ""


def _onward(way: list[str]) -> str:
    """The bond to a body further on in the same sentence."""
    if not way:
        return "adjacent"
    if way[-1] == "(" and len(way) <= 2:
        return "bracket"
    core = [symbol for symbol in way if symbol not in _EMPTY]
    tail = "O" if "O" in way or "S" in way else ""
    if not core or core == [","]:
        return "comma" if core else "adjacent"
    direction = _DIRECTIONS.get(core[-1])
    if direction:
        return direction + tail
    if core[-1] in _AT:
        return "at" + ("+" if len(core) > 2 else "") + tail if len(core) <= 5 else "at far" + tail
    if len(core) == 1 and core[0] in _DASHES:
        return "dash"
    if core[-1] == "," and len(core) <= 3:
        return "comma+" + tail
    if core[-1] in ("w", "r", "9") and len(core) <= 3 and core[0] in _AT:
        return "at" + tail
    return ("near" if len(way) <= 5 else "same") + tail


def bond_before(sketch: Sketch, first: int, last: int, skip: tuple[int, int] | None, owns: bool) -> str:
    """The bond to a body that ends at token `first`, from what begins at token `last`; `owns`: the body stands in the genitive."""
    if last - first > FURTHEST:
        return "far"
    way = _way(sketch, first, last, skip)
    if "P" in way:
        return "other" + str(min(2, way.count("/")))
    tail = "O" if "O" in way or "S" in way else ""
    if "/" in way:
        return _up(way) + tail
    return _apart(way, tail) or _back(way, owns, tail)


def _up(way: list[str]) -> str:
    """The bond over line breaks to a body further up."""
    lines = way.count("/")
    if way[0] == "/" and lines == 1 and len(way) <= 3:
        return "line"
    return "line2" if way[0] == "/" and lines <= 2 and len(way) <= 6 else "lines" + str(min(3, lines))


def _back(way: list[str], owns: bool, tail: str) -> str:
    """The bond to a body further back in the same sentence."""
    if owns and len(way) <= 4 and "," not in way[:-1] and not any(symbol in ("s", "(") for symbol in way):
        return "owner"
    if not way:
        return "adjacent"
    if way == ["("]:
        return "bracket"
    core = [symbol for symbol in way if symbol not in _EMPTY]
    if len(core) == 1 and core[0] in _DASHES | {","}:
        return "dash" if core[0] != "," else "comma"
    if all(symbol in ("r", ",", "&", "och", "and") for symbol in core):
        return "adjacent"
    return ("owner near" if owns else "near") + tail if len(way) <= 5 else ("owner same" if owns else "same") + tail


def _way(sketch: Sketch, first: int, last: int, skip: tuple[int, int] | None) -> list[str]:
    """The symbols between, with breaks; runs of plain words as one."""
    way: list[str] = []
    i = first
    while i <= last:
        mark = sketch.breaks.get(i)
        if mark:
            way.append(mark)
        if i == last:
            break
        if skip is not None and skip[0] <= i < skip[1]:
            i += 1
            continue
        symbol = sketch.symbols[i]
        if symbol and symbol != "r" and not (symbol in ("w", ",") and way and way[-1] == symbol):
            way.append(symbol)
        i += 1
    return _without_brackets(way)


def _without_brackets(way: list[str]) -> list[str]:
    """The way without what stands in closed brackets: "(M)", "(until 31 May)"."""
    if "(" not in way or ")" not in way:
        return way
    kept: list[str] = []
    for symbol in way:
        if symbol == ")" and "(" in kept:
            while kept.pop() != "(":
                pass
        else:
            kept.append(symbol)
    return kept
