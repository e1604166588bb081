"""Readings made by hand, for tests of what is done with a reading: no reader is asked."""

from __future__ import annotations

import hashlib
from typing import Any

from handslag.kernel.passages import Passage
from handslag.reading.results import (
    AgreementFact,
    CommitmentFact,
    DocumentFacts,
    EventFact,
    Facts,
    FigureFact,
    LineFact,
    Notice,
    OrganisationFact,
    PersonFact,
    QuoteFact,
    Reading,
    SignalFact,
)


class Page:
    """A text with a zone for each line, on which facts can be put."""

    def __init__(self, *lines: tuple[str, str], language: str = "sv") -> None:
        self.text = "\n".join(text for _, text in lines)
        self.language = language
        self.lines: list[LineFact] = []
        start = 0
        for number, (zone, text) in enumerate(lines, start=1):
            self.lines.append(LineFact(number, start, start + len(text), zone, language if zone else ""))
            start += len(text) + 1

    def at(self, quote: str, nth: int = 0) -> Passage:
        """The passage of the nth occurrence of a quote."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(quote, start + 1)
        zone = next(line.zone for line in self.lines if line.start <= start <= line.end)
        return Passage(start, start + len(quote), quote, zone)

    def reading(
        self,
        *,
        path: str = "sidor/exempel.txt",
        title: str = "",
        day: str = "",
        warnings: tuple[Notice, ...] = (),
        dropped: int = 0,
        **lists: Any,
    ) -> Reading:
        """The reading with these facts."""
        document = DocumentFacts(
            path=path,
            sha256=hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest(),
            language=self.language,
            title=title,
            said_on=day,
            said_precision="day" if day else "unknown",
            said_basis="printed" if day else "unknown",
            said_printed=day,
            reader="handslag-test 1",
        )
        return Reading(document, self.text, warnings, tuple(self.lines), Facts(**lists), dropped)


def example() -> Reading:
    """A Swedish page with every kind of fact, weak ones among them, and passages that overlap."""
    page = Page(
        ("furniture", "Start  Om oss  Kontakt"),
        ("headline", "Avtal om testbädd i Almvik"),
        ("lead", "Stiftelsen Dalhamn och Region Österdalen har skrivit avtal."),
        ("", ""),
        ("body", "Parterna ska under 2027 avsätta 14 miljoner kronor. Stiftelsen siktar på tio bolag."),
        ("body", "Samarbetet kan omfatta:"),
        ("list", "- sekundäranvändning av hälsodata"),
        ("list", "- gemensam upphandling"),
        ("quote", "– Vi lovar svar inom tio dagar, säger Karin Söderfalk, vd för Stiftelsen Dalhamn."),
        ("caption", "Karin Söderfalk leder även Dalhamns innovationsråd."),
        ("table", "9 december  Partnerdag, Dalhamn  INSTÄLLD"),
        ("body", "Mötet hålls i slutet av nästa år."),
        ("furniture", "Kakor  Dela  Skriv ut"),
    )
    parties = "Stiftelsen Dalhamn;Region Österdalen"
    may = page.at("Samarbetet kan omfatta:")
    return page.reading(
        title="Avtal om testbädd i Almvik",
        day="2026-11-12",
        warnings=(Notice("day-differs", "the given day is not the page's"), Notice("new-code", "something else")),
        dropped=1,
        organisations=(
            OrganisationFact(
                id="o1",
                name="Stiftelsen Dalhamn",
                aliases=("Stiftelsen",),
                kind="foundation",
                certainty="certain",
                evidence=(page.at("Stiftelsen Dalhamn"), page.at("Stiftelsen", 1), page.at("Stiftelsen Dalhamn", 1)),
            ),
            OrganisationFact(
                id="o2",
                name="Region Österdalen",
                kind="region",
                certainty="certain",
                evidence=(page.at("Region Österdalen"),),
            ),
        ),
        people=(
            PersonFact(
                id="p1",
                person="person1",
                name="Karin Söderfalk",
                role="vd",
                organisation="Stiftelsen Dalhamn",
                organisation_id="o1",
                certainty="certain",
                evidence=(page.at("Karin Söderfalk, vd för Stiftelsen Dalhamn"),),
            ),
            PersonFact(
                id="p2",
                person="person1",
                name="Karin Söderfalk",
                role="",
                organisation="Dalhamns innovationsråd",
                certainty="weak",
                evidence=(page.at("Karin Söderfalk leder även Dalhamns innovationsråd"),),
            ),
        ),
        events=(
            EventFact(
                id="e1",
                name="Partnerdag",
                date="2026-12-09",
                date_text="9 december",
                basis="inferred",
                place="Dalhamn",
                status="cancelled",
                certainty="certain",
                evidence=(page.at("9 december  Partnerdag, Dalhamn  INSTÄLLD"),),
            ),
        ),
        agreements=(
            AgreementFact(
                id="a1",
                name="avtal om testbädd",
                form="avtal",
                parties=("Stiftelsen Dalhamn", "Region Österdalen"),
                areas=("sekundäranvändning av hälsodata",),
                activities=("gemensam upphandling",),
                certainty="probable",
                evidence=(page.at("Stiftelsen Dalhamn och Region Österdalen har skrivit avtal."),),
            ),
        ),
        figures=(
            FigureFact(
                id="f1",
                value=14000000,
                qualifier="at least",
                unit="SEK",
                what="avsätta",
                stated_by="Stiftelsen Dalhamn",
                certainty="certain",
                evidence=(page.at("14 miljoner kronor"),),
            ),
        ),
        quotes=(
            QuoteFact(
                id="q1",
                text="Vi lovar svar inom tio dagar",
                speaker="Karin Söderfalk",
                role="vd",
                organisation="Stiftelsen Dalhamn",
                certainty="certain",
                evidence=(page.at("Vi lovar svar inom tio dagar"),),
            ),
        ),
        commitments=(
            CommitmentFact(
                id="c1",
                who=parties,
                who_basis="printed",
                what="under 2027 avsätta 14 miljoner kronor",
                firmness="agreed",
                cue="ska",
                when="2027",
                when_text="under 2027",
                basis="printed",
                theme="financing",
                agreement="a1",
                certainty="certain",
                evidence=(page.at("Parterna ska under 2027 avsätta 14 miljoner kronor."),),
            ),
            CommitmentFact(
                id="c2",
                who="Stiftelsen Dalhamn",
                who_basis="inferred",
                what="svar inom tio dagar",
                firmness="promised",
                cue="lovar",
                said_by="Karin Söderfalk",
                certainty="certain",
                evidence=(page.at("Vi lovar svar inom tio dagar"),),
            ),
            *(
                CommitmentFact(
                    id=f"c{number}",
                    who=parties,
                    what=what,
                    firmness="possible",
                    cue="kan omfatta",
                    agreement="a1",
                    certainty="probable",
                    evidence=(page.at(f"- {what}"), may),
                )
                for number, what in ((3, "sekundäranvändning av hälsodata"), (4, "gemensam upphandling"))
            ),
            CommitmentFact(
                id="c5",
                who="Stiftelsen Dalhamn",
                what="tio bolag",
                firmness="aim",
                cue="siktar på",
                certainty="weak",
                evidence=(page.at("Stiftelsen siktar på tio bolag."),),
            ),
            CommitmentFact(
                id="c6",
                who="",
                what="Mötet hålls i slutet av nästa år",
                firmness="planned",
                cue="hålls",
                condition="om ingen säger nej",
                when="2027",
                when_text="i slutet av nästa år",
                basis="inferred",
                certainty="probable",
                evidence=(page.at("Mötet hålls i slutet av nästa år."),),
            ),
        ),
        signals=(
            SignalFact(
                id="s1",
                kind="agreement",
                subject="Stiftelsen Dalhamn;Region Österdalen",
                headline="Avtal om testbädd i Almvik",
                certainty="probable",
                evidence=(page.at("Avtal om testbädd i Almvik"),),
            ),
        ),
    )


def hostile(poison: str) -> Reading:
    """A page in which every text, name and value is the poison."""
    page = Page(*[(zone, poison) for zone in ("headline", "body", "list", "furniture")], language="en")
    here = {"evidence": (page.at(poison), page.at(poison, 1)), "certainty": "certain"}
    return page.reading(
        path=poison,
        title=poison,
        day="2026-11-12",
        warnings=(Notice(poison, poison),),
        organisations=(OrganisationFact(id="o1", name=poison, aliases=(poison,), kind=poison, **here),),
        people=(
            PersonFact(id="p1", person=poison, name=poison, role=poison, organisation=poison, tense=poison, **here),
        ),
        events=(
            EventFact(
                id="e1", name=poison, date=poison, date_text=poison, place=poison, status=poison, part_of=poison, **here
            ),
        ),
        agreements=(
            AgreementFact(
                id="a1",
                name=poison,
                form=poison,
                parties=(poison,),
                signatories=(poison,),
                areas=(poison,),
                activities=(poison,),
                date_text=poison,
                place=poison,
                status=poison,
                **here,
            ),
        ),
        figures=(FigureFact(id="f1", value=1, qualifier=poison, unit=poison, what=poison, stated_by=poison, **here),),
        quotes=(QuoteFact(id="q1", text=poison, speaker=poison, role=poison, organisation=poison, **here),),
        commitments=tuple(
            CommitmentFact(
                id=f"c{number}",
                who=poison,
                who_basis=poison,
                what=poison,
                firmness=poison,
                cue=poison,
                condition=poison,
                when=when,
                when_text=poison,
                basis="inferred",
                said_by=poison,
                to_whom=poison,
                theme=poison,
                agreement=agreement,
                **here,
            )
            for number, when, agreement in ((1, poison, None), (2, "2027", "a1"), (3, "2027", "a1"))
        ),
        signals=(SignalFact(id="s1", kind=poison, subject=poison, headline=poison, **here),),
    )
