"""Values of a decoded JSON object, each taken with a check of its type; a fault names the key it stands under."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NoReturn

from handslag.partnering.bad_format import BadFormat

_KINDS = {dict: "object", list: "list", str: "string", bool: "boolean", int: "integer", float: "number"}


def refuse(place: str, expected: str, value: Any) -> NoReturn:
    """BadFormat for a value of another kind; `expected` is a key of the texts' group `expected`."""
    raise BadFormat(place, f"expected_{expected}", found=described(value))


def described(value: Any) -> str:
    """A found value as an error shows it: itself where short, else its beginning."""
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return "[…]" if value else "[]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def check_keys(raw: Any, known: frozenset[str]) -> dict[str, Any]:
    """The value as an object whose keys are all known, or begin with `x_`."""
    if type(raw) is not dict:
        refuse("", "object", raw)
    members: dict[str, Any] = raw
    if not members.keys() <= known:
        for key in members:
            if key not in known and not key.startswith("x_"):
                raise BadFormat(key, "unknown_key", key=key, known=sorted(known))
    return members


def required(raw: Mapping[str, Any], key: str) -> Any:
    """What stands under a key that must be there."""
    if key not in raw:
        raise BadFormat(key, "missing_key", key=key)
    return raw[key]


def an_id(raw: Mapping[str, Any], key: str) -> str:
    """A required id: a string that is not empty."""
    value = required(raw, key)
    if type(value) is not str or not value:
        refuse(key, "id", value)
    return value


def some_text(raw: Mapping[str, Any], key: str, *, or_empty: bool = True) -> str | None:
    """A string or None."""
    value = raw.get(key)
    if value is None:
        return None
    if type(value) is not str or not (value or or_empty):
        refuse(key, "text" if or_empty else "id", value)
    text: str = value
    return text


def whole(raw: Mapping[str, Any], key: str, least: int | None = 0, most: int | None = None) -> int | None:
    """A whole number from `least` to `most`, or None; true and 1.0 are none."""
    value = raw.get(key)
    if value is None:
        return None
    if type(value) is not int:
        refuse(key, "whole", value)
    if (least is not None and value < least) or (most is not None and value > most):
        raise BadFormat(key, "out_of_range", found=value, range=f"{least}…{'' if most is None else most}")
    number: int = value
    return number


def needed_whole(raw: Mapping[str, Any], key: str, least: int | None = 0) -> int:
    """A required whole number."""
    required(raw, key)
    value = whole(raw, key, least)
    if value is None:
        refuse(key, "whole", None)
    return value


def flag(raw: Mapping[str, Any], key: str) -> bool:
    """True, false, or None for false."""
    value = raw.get(key)
    if value is None:
        return False
    if type(value) is not bool:
        refuse(key, "boolean", value)
    return bool(value)


def a_list(raw: Mapping[str, Any], key: str) -> list[Any]:
    """A list; None is an empty one."""
    value = raw.get(key)
    if value is None:
        return []
    if type(value) is not list:
        refuse(key, "list", value)
    elements: list[Any] = value
    return elements


def ids(raw: Mapping[str, Any], key: str, shared: dict[str, str]) -> tuple[str, ...]:
    """Ids, each once; None is none of them. `shared` keeps one string object for each id."""
    return _distinct_ids(key, a_list(raw, key), shared)


def some_or_any(raw: Mapping[str, Any], key: str, shared: dict[str, str]) -> tuple[str, ...] | None:
    """At least one id, or None for any."""
    value = raw.get(key)
    if value is None:
        return None
    if value == [] and type(value) is list:
        raise BadFormat(key, "empty_is_not_any")
    return _distinct_ids(key, a_list(raw, key), shared)


def _distinct_ids(key: str, values: list[Any], shared: dict[str, str]) -> tuple[str, ...]:
    taken = []
    for position, value in enumerate(values):
        if type(value) is not str or not value:
            refuse(f"{key}[{position}]", "id", value)
        taken.append(shared.setdefault(value, value))
    if len(taken) > 1 and len(set(taken)) != len(taken):
        position, first = first_repeated(taken)
        raise BadFormat(f"{key}[{position}]", "repeats", id=taken[position], first=f"{key}[{first}]")
    return tuple(taken)


def first_repeated(values: Collection[str]) -> tuple[int, int]:
    """The positions of the first value that stood before, and of where it did."""
    seen: dict[str, int] = {}
    for position, value in enumerate(values):
        if value in seen:
            return position, seen[value]
        seen[value] = position
    raise AssertionError("nothing repeats")


def choice(raw: Mapping[str, Any], key: str, options: Collection[str]) -> str | None:
    """One of the options, or None."""
    value = raw.get(key)
    if value is None:
        return None
    if type(value) is not str or value not in options:
        raise BadFormat(key, "none_of_the_options", found=described(value), options=list(options))
    return value
