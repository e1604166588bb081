"""From a reading to claims: every item of the contract becomes a fact with values, the names in it become entities.

An organisation is the same wherever its name is printed the same. A person is known by name and organisation, or within the page:
two people may share a name. An event is known by name and year where the name tells it from others. Whatever goes beyond that
is for people to say (`register.sameness` proposes).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from handslag.kernel.claims import Claim, ClaimedFact, EntityKey, fingerprint, normal_words
from handslag.kernel.errors import BadPeriod
from handslag.kernel.periods import parse_period
from handslag.reading.results import (
    AgreementFact,
    CommitmentFact,
    EventFact,
    FigureFact,
    Item,
    OrganisationFact,
    PersonFact,
    QuoteFact,
    Reading,
    SignalFact,
)

# A name that a page alone can explain ("the conference", "avtalet") is not the same on another page.
_DISTINCTIVE: Final = re.compile(r"(?:\b[A-ZÅÄÖ][\wåäöÅÄÖ&-]+.*){2}|[A-ZÅÄÖ]{3,}|\d{4}")


def claims_of(reading: Reading, chain: str) -> tuple[ClaimedFact, ...]:
    """The facts of a reading as claims, in the order of the contract; `chain` is what the page's versions share."""
    return _Claims(reading, chain).all()


def organisation_key(name: str) -> EntityKey:
    """The entity that a printed name of an organisation stands for."""
    return EntityKey("organisation", normal_words(name), name)


def period_claim(predicate: str, value: str, basis: str) -> Claim:
    """A date or period of `kernel.periods` as a claim, with its first and last day."""
    try:
        period = parse_period(value)
    except BadPeriod:
        return Claim(predicate=predicate, value=value, normal=value, basis=basis)
    return Claim(predicate=predicate, value=value, normal=value, basis=basis, valid_from=period.first, valid_to=period.last,
        precision=period.precision)  # fmt: skip


class _Claims:
    """The reading's names first, then every item on them."""

    def __init__(self, reading: Reading, chain: str) -> None:
        self.reading = reading
        self.chain = chain
        self.language = reading.document.language
        self.seen: Counter[str] = Counter()
        self.bodies: dict[str, EntityKey] = {}
        for body in reading.organisations:
            key = organisation_key(body.name)
            for name in (body.name, *body.aliases):
                self.bodies.setdefault(normal_words(name), key)
        self.people: dict[str, EntityKey] = {}
        self.named: dict[str, EntityKey] = {}
        for item in reading.people:
            if item.person not in self.people:
                self.people[item.person] = self._person_key(item)
            for name in (item.name, *item.aliases):
                self.named.setdefault(normal_words(name), self.people[item.person])
        # Bodies that are named only as a party or as somebody's employer are entities all the same: who promises is one of them.
        parties = (name for agreement in reading.agreements for name in agreement.parties)
        for name in (*parties, *(item.organisation for item in reading.people)):
            if name and normal_words(name) not in self.named:
                self.bodies.setdefault(normal_words(name), organisation_key(name))
        self.agreements: dict[str, EntityKey] = {}

    def all(self) -> tuple[ClaimedFact, ...]:
        reading = self.reading
        facts = [self.organisation(item) for item in reading.organisations]
        facts += [self.role(item) for item in reading.people]
        facts += [self.event(item) for item in reading.events]
        facts += [self.agreement(item) for item in reading.agreements]
        facts += [self.figure(item) for item in reading.figures]
        facts += [self.quote(item) for item in reading.quotes]
        facts += [self.commitment(item) for item in reading.commitments]
        facts += [self.signal(item) for item in reading.signals]
        return tuple(facts)

    # --- kinds ---------------------------------------------------------------------------------------------------------

    def organisation(self, item: OrganisationFact) -> ClaimedFact:
        claims = [_words("name", item.name), *(_words("alias", alias) for alias in item.aliases)]
        if item.kind != "unknown":
            claims.append(Claim(predicate="kind", value=item.kind, normal=item.kind, basis="inferred"))
        return self._fact("organisation", organisation_key(item.name), [], claims, item)

    def role(self, item: PersonFact) -> ClaimedFact:
        claims = [_words("name", item.name), *(_words("alias", alias) for alias in item.aliases)]
        if item.role:
            claims.append(_words("role", item.role))
        if item.organisation:
            claims.append(self._body("organisation", item.organisation))
        claims.append(Claim(predicate="tense", value=item.tense, normal=item.tense))
        return self._fact("role", self.people[item.person], [item.role, item.organisation, item.tense], claims, item)

    def event(self, item: EventFact) -> ClaimedFact:
        claims = [_words("name", item.name), *self._date("date", item.date, item.date_text, item.basis)]
        claims += _given(place=item.place, part_of=item.part_of)
        claims += _coded(status=item.status if item.status != "unknown" else "")
        year = item.date[:4] or self.reading.document.said_on[:4]
        place = self.chain if not _DISTINCTIVE.search(item.name) or not year else year
        key = EntityKey("event", f"{normal_words(item.name)}|{place}", item.name)
        return self._fact("event", key, [], claims, item)

    def agreement(self, item: AgreementFact) -> ClaimedFact:
        claims = [_words("name", item.name), *_given(form=item.form), *_coded(status=item.status)]
        claims += [self._body("party", name) for name in item.parties]
        claims += [self._anyone("signatory", name) for name in item.signatories]
        claims += [_words("area", words) for words in item.areas]
        claims += [_words("activity", words) for words in item.activities]
        claims += [*self._date("date", item.date, item.date_text, item.basis), *_given(place=item.place)]
        parties = ";".join(sorted(normal_words(name) for name in item.parties))
        told = len(item.parties) > 1 and _DISTINCTIVE.search(item.name)
        place = f"{parties}|{item.date[:4]}" if told else f"{self.chain}|{parties}"
        key = EntityKey("agreement", f"{normal_words(item.name)}|{place}", item.name)
        self.agreements[item.id] = key
        return self._fact("agreement", key, [item.status], claims, item)

    def figure(self, item: FigureFact) -> ClaimedFact:
        number = f"{item.value:f}".rstrip("0").rstrip(".") if isinstance(item.value, float) else str(item.value)
        claims = [Claim(predicate="value", value=number, normal=number, unit=item.unit), *_coded(qualifier=item.qualifier)]  # fmt: skip
        claims += _given(unit=item.unit, what=item.what)
        if item.stated_by:
            claims.append(self._anyone("stated_by", item.stated_by))
        return self._own_fact("figure", [number, item.unit, item.qualifier], claims, item, item.what or number)

    def quote(self, item: QuoteFact) -> ClaimedFact:
        claims = [_words("text", item.text)]
        if item.speaker:
            claims.append(self._anyone("speaker", item.speaker))
        claims += _given(role=item.role)
        if item.organisation:
            claims.append(self._body("organisation", item.organisation))
        return self._own_fact("quote", [item.text], claims, item, item.text)

    def commitment(self, item: CommitmentFact) -> ClaimedFact:
        who = [self._anyone("who", name, item.who_basis or "printed") for name in item.who.split(";") if name]
        claims = [_words("what", item.what), *who, *_coded(firmness=item.firmness)]
        claims += _given(cue=item.cue, condition=item.condition)
        claims += self._date("when", item.when, item.when_text, item.basis)
        if item.said_by:
            claims.append(self._anyone("said_by", item.said_by))
        if item.to_whom:
            claims.append(self._anyone("to_whom", item.to_whom))
        claims += _coded(theme=item.theme)
        if item.agreement and (agreement := self.agreements.get(item.agreement)):
            claims.append(Claim(predicate="agreement", value=agreement.name, normal=normal_words(agreement.name), object=agreement))  # fmt: skip
        return self._own_fact("commitment", [item.what], claims, item, item.what)

    def signal(self, item: SignalFact) -> ClaimedFact:
        subjects = [self._anyone("subject", name) for name in item.subject.split(";") if name]
        claims = [Claim(predicate="kind", value=item.kind, normal=item.kind), *subjects, *_given(headline=item.headline)]  # fmt: skip
        return self._own_fact("signal", [item.kind, item.subject], claims, item, item.headline or item.kind)

    # --- parts ---------------------------------------------------------------------------------------------------------

    def _fact(self, kind: str, subject: EntityKey, defining: list[str], claims: Iterable[Claim], item: Item) -> ClaimedFact:  # fmt: skip
        uid = self._fingerprint(kind, subject.key, defining, item)
        return ClaimedFact(uid=uid, kind=kind, subject=subject, claims=tuple(claims), passages=item.evidence,
            certainty=item.certainty, language=self.language)  # fmt: skip

    def _own_fact(self, kind: str, defining: list[str], claims: list[Claim], item: Item, name: str) -> ClaimedFact:
        uid = self._fingerprint(kind, "", defining, item)
        return ClaimedFact(uid=uid, kind=kind, subject=EntityKey(kind, uid, name), claims=tuple(claims),
            passages=item.evidence, certainty=item.certainty, language=self.language)  # fmt: skip

    def _fingerprint(self, kind: str, subject: str, defining: list[str], item: Item) -> str:
        quote = item.evidence[0].quote
        first = fingerprint(self.chain, kind, subject, defining, quote, 0)
        self.seen[first] += 1
        nth = self.seen[first] - 1
        return first if nth == 0 else fingerprint(self.chain, kind, subject, defining, quote, nth)

    def _person_key(self, item: PersonFact) -> EntityKey:
        mates = [other.organisation for other in self.reading.people if other.person == item.person]
        body = next((name for name in mates if name), "")
        where = self.bodies.get(normal_words(body), organisation_key(body)).key if body else self.chain
        return EntityKey("person", f"{normal_words(item.name)}|{where}", item.name)

    def _body(self, predicate: str, name: str, basis: str = "printed") -> Claim:
        key = self.bodies.get(normal_words(name)) or organisation_key(name)
        return Claim(predicate=predicate, value=name, normal=normal_words(name), object=key, basis=basis)

    def _anyone(self, predicate: str, name: str, basis: str = "printed") -> Claim:
        """A person or an organisation of the page; a name that is neither stays words."""
        key = self.named.get(normal_words(name)) or self.bodies.get(normal_words(name))
        return Claim(predicate=predicate, value=name, normal=normal_words(name), object=key, basis=basis)

    @staticmethod
    def _date(predicate: str, value: str, words: str, basis: str) -> list[Claim]:
        claims = [period_claim(predicate, value, basis or "printed")] if value else []
        return [*claims, _words(f"{predicate}_text", words)] if words else claims


def _words(predicate: str, value: str) -> Claim:
    return Claim(predicate=predicate, value=value, normal=normal_words(value))


def _given(**values: str) -> list[Claim]:
    return [_words(predicate, value) for predicate, value in values.items() if value]


def _coded(**values: str) -> list[Claim]:
    """Values of closed lists: they are the reader's word, the cue beside them is the page's."""
    return [
        Claim(predicate=predicate, value=value, normal=value, basis="inferred")
        for predicate, value in values.items()
        if value
    ]
