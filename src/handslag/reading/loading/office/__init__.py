"""What Word, PowerPoint and Excel files have in common: a zip file of XML parts that point to each other."""

from handslag.reading.loading.office.elements import attribute, child, is_on, local, value
from handslag.reading.loading.office.kinds import EXCEL, POWERPOINT, WORD, Kind
from handslag.reading.loading.office.package import Package, Relation
from handslag.reading.loading.office.properties import Properties, read_properties

__all__ = [
    "EXCEL",
    "POWERPOINT",
    "WORD",
    "Kind",
    "Package",
    "Properties",
    "Relation",
    "attribute",
    "child",
    "is_on",
    "local",
    "read_properties",
    "value",
]
