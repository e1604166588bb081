"""The vocabulary files: YAML beside this module, read once, on first use."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from handslag.kernel.errors import HandslagError

# The loader in C is about eight times as fast; PyYAML built without libyaml lacks it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """The vocabulary file `name`.yaml as a mapping, the same object each time: read it, do not change it.

    HandslagError where there is no such file, or where it is not a YAML mapping.
    """
    file = Path(__file__).with_name(f"{name}.yaml")
    try:
        content = yaml.load(file.read_bytes(), Loader=_LOADER)  # noqa: S506  a safe loader, chosen above
    except FileNotFoundError:
        raise HandslagError(f"vocabulary {name}.yaml: no such file in {file.parent}; check the installation") from None
    except yaml.YAMLError as error:
        raise HandslagError(f"vocabulary {name}.yaml: not valid YAML ({error})") from None
    if not isinstance(content, dict):
        raise HandslagError(f"vocabulary {name}.yaml: found {type(content).__name__}, expected a mapping")
    return content
