"""What is known of an entry of the register when it is compared with another, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handslag.register.identifiers import scheme_name
from handslag.vocabulary.load import vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An entry to compare: `kind` is person, organisation, event or any other kind of entry; only equal kinds are compared.

    `names` are printed forms of its name, the best first, `aliases` what else it is called; `organisation_kinds` are keys of
    the vocabulary (university, company); `identifiers` are scheme → normal form; `places` are towns; for a person,
    `organisations` are (name, role) of what it is connected with; `languages` are those of its names, sv or en.
    """

    kind: str
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    organisation_kinds: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    organisations: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two entries may be the same, or may not: a code of the vocabulary and the words of either that say so.

    Of `same_identifier` the details are the identifier and its scheme.
    """

    code: str
    detail_a: str
    detail_b: str

    def text(self, language: str) -> str:
        """The reason in words, in sv or en."""
        labels = vocabulary("sameness")
        template = (labels["reasons"].get(self.code) or labels["against"][self.code])[language]
        named = scheme_name(self.detail_b, language) if self.code == "same_identifier" else self.detail_b
        return str(template).format(a=self.detail_a, b=named)


@dataclass(frozen=True, slots=True)
class Proposal:
    """That two entries may be the same: how strongly (0 to 1, no probability), why, and what speaks against it."""

    score: float
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]
