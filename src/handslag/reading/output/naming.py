"""Under which name each document's JSON is written: pure functions over paths, nothing is looked up on the disk."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: `path` as the user named it or as it was found, `root` the walked folder (None: named itself)."""

    path: PurePath
    root: PurePath | None = None

    @property
    def relative(self) -> PurePath:
        """The path inside the walked folder; the bare name of a file that was named itself."""
        return self.path.relative_to(self.root) if self.root is not None else PurePath(self.path.name)


def json_names(sources: Sequence[Source]) -> list[PurePosixPath]:
    """For each source the path of its JSON inside the output folder, all different also where case does not count.

    Normally NAME.json, a walked folder mirrored. Those that would collide keep their endings (`page.txt.json`,
    `page.html.json`); those that collide even so, as equal names out of several folders do, get as many of these
    folders in front as tell them apart.
    """
    steps = [0] * len(sources)
    while True:
        names = [_name(source, step) for source, step in zip(sources, steps, strict=True)]
        taken = Counter(_key(name) for name in names)
        raised = [
            min(step + 1, _last_step(source)) if taken[_key(name)] > 1 else step
            for source, name, step in zip(sources, names, steps, strict=True)
        ]
        if raised == steps:
            return _numbered(sources, names)
        steps = raised


def _name(source: Source, step: int) -> PurePosixPath:
    relative = source.relative
    if step == 0:
        return PurePosixPath(*relative.parts[:-1], f"{relative.stem}.json")
    outside = _folders_outside(source)
    in_front = outside[len(outside) - (step - 1) :]
    return PurePosixPath(*in_front, *relative.parts[:-1], f"{relative.name}.json")


def _last_step(source: Source) -> int:
    return 1 + len(_folders_outside(source))


def _folders_outside(source: Source) -> tuple[str, ...]:
    """The folders that stand before `source.relative`, without those that lead upwards or to the root."""
    before = source.root.parts if source.root is not None else source.path.parts[:-1]
    return tuple(part for part in before if part not in {"..", "."} and part != source.path.anchor)


def _numbered(sources: Sequence[Source], names: list[PurePosixPath]) -> list[PurePosixPath]:
    """Names that no folder tells apart (`../a.txt` and `a.txt`) get a number, the first by its path excepted."""
    taken = {_key(name) for name in names}
    seen: set[str] = set()
    result = list(names)
    for index in sorted(range(len(names)), key=lambda index: str(sources[index].path)):
        name, number = names[index], 1
        while _key(name) in seen or (number > 1 and _key(name) in taken):
            number += 1
            name = names[index].with_name(f"{names[index].stem}-{number}.json")
        seen.add(_key(name))
        result[index] = name
    return result


def _key(name: PurePosixPath) -> str:
    """Equal for names that some file system takes for the same one."""
    return unicodedata.normalize("NFC", str(name)).casefold()
