"""One JSON object read member by member, so that a long list never stands in memory as a whole.

The standard library's decoder, not a faster one: it tells keys that stand twice and what is no number of JSON, and
40,000 meetings take it half a second.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from json.decoder import scanstring  # type: ignore[attr-defined]  # is there, and unknown to the types
from typing import Any, NoReturn

from handslag.partnering.bad_format import BadFormat

Take = Callable[[Any], Any]

_SPACE = " \t\n\r"
# What is summed and multiplied of numbers so long still has a share that is a float, and can be shown.
MOST_DIGITS = 100


class _StandsTwice(Exception):
    """A key stands twice in one object."""


class _NoNumber(Exception):
    """NaN, Infinity or -Infinity."""


class _Repeating(dict[str, Any]):
    """An object with the key that stands in it twice."""

    repeated: str


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _StandsTwice
    return members


def _repeating_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = _Repeating(pairs)
    keys = [key for key, _ in pairs]
    twice = next((key for position, key in enumerate(keys) if key in keys[:position]), None)
    if twice is None:
        return dict(pairs)
    members.repeated = twice
    return members


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError
    return int(digits)


def _refuse(constant: str) -> NoReturn:
    raise _NoNumber(constant)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse, parse_int=_whole)
_MARKING_DECODER = json.JSONDecoder(object_pairs_hook=_repeating_object, parse_int=_whole)


def read_object(data: bytes, lists: Mapping[str, Take]) -> dict[str, Any]:
    """The members of the JSON object that a file's bytes are; every element of a list in `lists` goes through its taker.

    BadFormat, with line and column or with the place of the value, for what is no JSON object in UTF-8.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadFormat("", "not_utf8", byte=error.start + 1) from None
    if text.startswith("\ufeff"):
        raise BadFormat("", "byte_order_mark")
    try:
        return _ObjectText(text, lists).members()
    except json.JSONDecodeError as error:
        raise BadFormat("", "not_json", line=error.lineno, column=error.colno, what=error.msg) from None


class _ObjectText:
    """Walks through the outermost object and its long lists; what stands in them is decoded one by one."""

    def __init__(self, text: str, lists: Mapping[str, Take]) -> None:
        self._text = text
        self._lists = lists
        # Half a pair of UTF-16 is a string of JSON that cannot be written again; looked for only where there is any.
        self._may_have_halves = "\\ud" in text or "\\uD" in text
        self._at = 0

    def members(self) -> dict[str, Any]:
        if self._next() != "{":
            raise BadFormat("", "no_object")
        self._at += 1
        found: dict[str, Any] = {}
        if self._next() != "}":
            while True:
                key = self._key()
                if key in found:
                    raise BadFormat(key, "stands_twice", key=key)
                self._expect(":")
                found[key] = self._list(key) if key in self._lists and self._next() == "[" else self._value(key)
                if self._next() != ",":
                    break
                self._at += 1
        self._expect("}")
        if self._next():
            self._fail("Extra data")
        return found

    def _list(self, key: str) -> list[Any]:
        self._at += 1
        take = self._lists[key]
        taken: list[Any] = []
        if self._next() == "]":
            self._at += 1
            return taken
        while True:
            value = self._value(key, len(taken))
            try:
                taken.append(take(value))
            except BadFormat as error:
                named = value.get("id", value.get("meeting")) if isinstance(value, dict) else None
                raise error.within(f"{key}[{len(taken)}]", named) from None
            if self._next() != ",":
                break
            self._at += 1
        self._expect("]")
        return taken

    def _key(self) -> str:
        if self._next() != '"':
            self._fail("Expecting property name enclosed in double quotes")
        key: str
        key, self._at = scanstring(self._text, self._at + 1)
        _check_halves("", key)
        return key

    def _value(self, key: str, position: int | None = None) -> Any:
        self._next()
        place = key if position is None else f"{key}[{position}]"
        try:
            try:
                value, self._at = _DECODER.raw_decode(self._text, self._at)
            except _StandsTwice:
                marked, _ = _MARKING_DECODER.raw_decode(self._text, self._at)
                inside, twice = _first_repeated(marked)
                raise BadFormat(f"{place}{inside}", "stands_twice", key=twice) from None
            if self._may_have_halves:
                _check_halves(place, value)
        except _NoNumber as error:
            raise BadFormat(place, "no_number", found=str(error)) from None
        except RecursionError:
            raise BadFormat(place, "too_deep") from None
        except json.JSONDecodeError:
            raise
        except ValueError:
            raise BadFormat(place, "endless_number") from None
        return value

    def _next(self) -> str:
        """The next sign that is no space; nothing at the end."""
        text, at = self._text, self._at
        while (sign := text[at : at + 1]) and sign in _SPACE:
            at += 1
        self._at = at
        return sign

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            self._fail(f"Expecting '{sign}'")
        self._at += 1

    def _fail(self, what: str) -> NoReturn:
        raise json.JSONDecodeError(what, self._text, self._at)


def _check_halves(place: str, value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise BadFormat(place, "half_a_sign") from None


def _first_repeated(value: Any) -> tuple[str, str]:
    """Where in a value the first object stands that has a key twice, and which key."""
    waiting = [("", value)]
    while waiting:
        place, one = waiting.pop()
        if isinstance(one, _Repeating):
            return place, one.repeated
        if isinstance(one, dict):
            waiting += [(f"{place}.{key}", inner) for key, inner in reversed(one.items())]
        elif isinstance(one, list):
            waiting += [(f"{place}[{n}]", inner) for n, inner in reversed(list(enumerate(one)))]
    raise AssertionError("an object with a key twice was lost")
