"""How a list is understood: which column is what, and what words of closed lists mean. A person decides; headers propose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from handslag.kernel.claims import normal_words, stable_uid
from handslag_hub.exchange.sheets.fields import FIELDS, known_words
from handslag_hub.exchange.sheets.opening import OpenList

# In place of a key: the value is left out.
LEFT_OUT = "-"


@dataclass(frozen=True, slots=True)
class Understanding:
    """`columns`: field → column; `words`: field → word as it is compared → key of the closed list (or LEFT_OUT); `language` of its dates.

    The word "" stands for an empty cell, and for all rows where a coded field has no column.
    """

    kind: str
    columns: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    language: str = "sv"

    def as_json(self) -> dict[str, object]:
        """To be kept."""
        words = {name: dict(found) for name, found in self.words.items()}
        return {"kind": self.kind, "columns": dict(self.columns), "words": words, "language": self.language}

    @staticmethod
    def from_json(value: Mapping[str, object]) -> Understanding:
        """What `as_json` gave."""
        return Understanding(str(value["kind"]), value["columns"], value["words"], str(value["language"]))  # type: ignore[arg-type]

    @property
    def digest(self) -> str:
        """The same for the same understanding: part of the address of each fact that is made by it."""
        words = (f"{name}={word}={key}" for name, found in self.words.items() for word, key in found.items())
        columns = (f"{name}:{place}" for name, place in self.columns.items())
        return stable_uid(self.kind, self.language, *sorted(columns), *sorted(words))

    def meant(self, name: str, codes: str, words: str) -> str | None:
        """The key that the words stand for, LEFT_OUT, or None where nobody said."""
        folded = normal_words(words)
        chosen = self.words.get(name, {}).get(folded)
        return chosen or (known_words(codes).get(folded) if folded else None)


def words_to_choose(opened: OpenList, understood: Understanding) -> dict[str, list[str]]:
    """Field → the words of a coded field that are in no list (as they are first written; "" for none), whatever was chosen for them."""
    found: dict[str, list[str]] = {}
    for coded in (some for some in FIELDS[understood.kind] if some.reads == "coded"):
        if coded.key in understood.columns:
            place = understood.columns[coded.key]
            written: dict[str, str] = {}
            for _line, cells in opened.rows:
                written.setdefault(normal_words(cells[place]), cells[place].strip())
            known = known_words(coded.codes)
            unknown = [word for folded, word in written.items() if folded not in known and (folded or coded.required)]
        else:
            unknown = [""] if coded.required else []
        if unknown:
            found[coded.key] = sorted(unknown)
    return found


def headers_key(kind: str, headers: Iterable[str]) -> str:
    """The same for lists of a kind with the same headers."""
    return stable_uid("headers", kind, *(normal_words(header) for header in headers))
