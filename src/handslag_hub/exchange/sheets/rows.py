"""From rows to facts: every row that can be understood becomes one claimed fact; for every other it is said what is wrong where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from handslag.kernel.claims import Claim, ClaimedFact, EntityKey, fingerprint, normal_words, stable_uid
from handslag.language.dates import typed_period
from handslag.reading.claims import organisation_key, period_claim
from handslag_hub.exchange.sheets.fields import FIELDS, Field
from handslag_hub.exchange.sheets.opening import OpenList
from handslag_hub.exchange.sheets.understanding import LEFT_OUT, Understanding

_BETWEEN_NAMES = re.compile(r"\s*[;\n]\s*")
_LONGEST_NAME = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a cell: its column's header, what was found, what is expected."""

    column: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row: its line in the file, its cells; the fact it gives, or what is wrong with it."""

    line: int
    cells: tuple[str, ...]
    fact: ClaimedFact | None
    faults: tuple[Fault, ...] = ()


def read_rows(opened: OpenList, understood: Understanding, sha256: str, people: Callable[[str], bool] = lambda _name: False) -> Iterator[ReadRow]:  # fmt: skip
    """The rows in their order. The address of a fact is made of the file's sum, the line and the understanding, so it stays the same.

    `people` tells the names of known people: they are no organisations.
    """
    maker = _Maker(opened, understood, sha256, people)
    for line, cells in opened.rows:
        yield maker.row(line, cells)


class _Maker:
    def __init__(self, opened: OpenList, understood: Understanding, sha256: str, people: Callable[[str], bool]) -> None:
        self.opened = opened
        self.understood = understood
        self.chain = f"list:{sha256}"
        self.people = people
        self.digest = understood.digest

    def row(self, line: int, cells: tuple[str, ...]) -> ReadRow:
        faults: list[Fault] = []
        claims: dict[str, list[Claim]] = {}
        for field in FIELDS[self.understood.kind]:
            place = self.understood.columns.get(field.key)
            words = cells[place].strip() if place is not None else ""
            header = self.opened.headers[place] if place is not None else str(field.label)
            found = self._claims(field, words)
            if isinstance(found, str):
                faults.append(Fault(header, words, found))
            else:
                claims[field.key] = found
        if faults:
            return ReadRow(line, cells, None, tuple(faults))
        return ReadRow(line, cells, self._fact(line, claims))

    def _claims(self, field: Field, words: str) -> list[Claim] | str:
        """The claims of a cell, or what would be expected in it."""
        if field.reads == "coded":
            return self._coded(field, words)
        if not words:
            return _("something: this must not be empty") if field.required else []
        if field.reads == "period":
            return self._period(field, words)
        if field.reads == "names":
            names = [name for name in _BETWEEN_NAMES.split(words) if name]
            if any(len(name) > _LONGEST_NAME for name in names):
                return _("names of at most %(most)d letters, with ; between them") % {"most": _LONGEST_NAME}
            return [self._named(field.key, name) for name in names]
        if field.key == "name" and len(words) > _LONGEST_NAME:
            return _("a name of at most %(most)d letters") % {"most": _LONGEST_NAME}
        return [Claim(predicate=field.key, value=words, normal=normal_words(words))]

    def _coded(self, field: Field, words: str) -> list[Claim] | str:
        meant = self.understood.meant(field.key, field.codes, words)
        if meant == LEFT_OUT and not field.required:
            return []
        if meant and meant != LEFT_OUT:
            return [Claim(predicate=field.key, value=meant, normal=meant, basis="inferred")]
        if not words and not field.required:
            return []
        return _("a word of the list; choose above what this one means")

    def _period(self, field: Field, words: str) -> list[Claim] | str:
        period = typed_period(words, self.understood.language)
        if not period:
            return _("a date with its year, e.g. 2026-10-08, 8 October 2026, October 2026, Q4 2026 or 2026")
        claims = [period_claim(field.key, period, "printed")]
        if period != words:
            claims.append(Claim(predicate=f"{field.key}_text", value=words, normal=normal_words(words)))
        return claims

    def _named(self, predicate: str, name: str) -> Claim:
        """An organisation, as everywhere by its printed name; the name of a known person, and another name, stay words."""
        key = None if predicate == "alias" or self.people(name) else organisation_key(name)
        return Claim(predicate=predicate, value=name, normal=normal_words(name), object=key)

    def _fact(self, line: int, claims: dict[str, list[Claim]]) -> ClaimedFact:
        kind = {"commitments": "commitment", "organisations": "organisation", "people": "role"}[self.understood.kind]
        defining = [claim.value for some in claims.values() for claim in some]
        uid = fingerprint(self.chain, kind, self.digest, [str(line), *defining], "", 0)
        every = tuple(claim for some in claims.values() for claim in some)
        if kind == "commitment":
            subject = EntityKey(kind, uid, claims["what"][0].value)
        elif kind == "organisation":
            subject = organisation_key(claims["name"][0].value)
        else:
            subject = self._person(claims)
            if not claims["tense"]:
                every = (*every, Claim(predicate="tense", value="current", normal="current", basis="inferred"))
        return ClaimedFact(uid=uid, kind=kind, subject=subject, claims=every, language=self.understood.language)

    def _person(self, claims: dict[str, list[Claim]]) -> EntityKey:
        """By name and organisation, as people read in documents are; without one, by name within this list."""
        name, body = claims["name"][0].value, claims["organisation"]
        where = organisation_key(body[0].value).key if body else stable_uid(self.chain)
        return EntityKey("person", f"{normal_words(name)}|{where}", name)
