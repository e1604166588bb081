"""What an Office file's own properties say of it."""

from __future__ import annotations

from dataclasses import dataclass

from handslag.reading.loading.days import day_of_file, iso_day
from handslag.reading.loading.document import Warnings
from handslag.reading.loading.office.elements import local
from handslag.reading.loading.office.package import Package


@dataclass(frozen=True, slots=True)
class Properties:
    """The title, the ISO day the file stands for or "", and a warning where its days leave that open."""

    title: str = ""
    day: str = ""
    warnings: Warnings = ()


def read_properties(package: Package) -> Properties:
    """The file's core properties (ECMA-376 part 2, section 11); empty where it has none."""
    part = next((link.target for link in package.relations("") if link.kind == "core-properties"), "")
    if not package.has(part):
        return Properties()
    found = {local(element): "".join(element.itertext()) for element in package.xml(part)}
    created, changed = iso_day(found.get("created", "")), iso_day(found.get("modified", ""))
    day, warnings = day_of_file(created, changed, package.kind.noun)
    return Properties(" ".join(found.get("title", "").split()), day, warnings)
