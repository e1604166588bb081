"""The vocabulary files: YAML beside this module, read once, on first use."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import yaml

from handslag.kernel.errors import HandslagError

# The loader in C is about eight times as fast; PyYAML built without libyaml lacks it.
_FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOLEAN = "tag:yaml.org,2002:bool"


class _WordLoader(_FASTEST):  # type: ignore[misc]  # its base is one of two classes, known at run time only
    """A safe loader for which only true and false are booleans: here, "no" and "on" are words."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOLEAN]
        for first, resolvers in _FASTEST.yaml_implicit_resolvers.items()
    }


_WordLoader.add_implicit_resolver(_BOOLEAN, re.compile(r"(?:true|false)\Z"), list("tf"))


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """The vocabulary file `name`.yaml as a mapping, the same object each time: read it, do not change it.

    HandslagError where there is no such file, or where it is not a YAML mapping.
    """
    file = Path(__file__).with_name(f"{name}.yaml")
    try:
        content = yaml.load(file.read_bytes(), Loader=_WordLoader)  # noqa: S506  a safe loader, chosen above
    except FileNotFoundError:
        raise HandslagError(f"vocabulary {name}.yaml: no such file in {file.parent}; check the installation") from None
    except yaml.YAMLError as error:
        raise HandslagError(f"vocabulary {name}.yaml: not valid YAML ({error})") from None
    if not isinstance(content, dict):
        raise HandslagError(f"vocabulary {name}.yaml: found {type(content).__name__}, expected a mapping")
    return content
