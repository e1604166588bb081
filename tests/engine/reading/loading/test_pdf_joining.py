"""Words that a line's end has broken, put together again; those with a hyphen of their own left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from handslag.reading.loading import LoadedDocument
from handslag.reading.loading.pdf.hyphens import joined, vocabulary_of

LoadBytes = Callable[..., LoadedDocument]
MakePdf = Callable[..., bytes]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["life sci-", "ence"], "life science"),
        (["läkemedels-", "och medicinteknik"], "läkemedels- och medicinteknik"),
        (["forsknings-", "infrastruktur"], "forskningsinfrastruktur"),
        (["Ann-", "Marie Berg"], "Ann-Marie Berg"),
        (["covid-", "19"], "covid-19"),
        (["EU-", "finansierad"], "EU-finansierad"),
        (["e-", "hälsa"], "e-hälsa"),
        (["life science-", "strategin"], "life science-strategin"),
        (["state-of-the-", "art"], "state-of-the-art"),
        (["evidence-", "based"], "evidence-based"),
        (["www.some-", "site.se"], "www.some-site.se"),
        (["anna.berg@bio-", "bladet.se"], "anna.berg@bio-bladet.se"),
        (["https://x.se/a/", "b"], "https://x.se/a/b"),
        (["och/", "eller"], "och/eller"),
        (["2024–", "2026"], "2024–2026"),
        (["läke\u00ad", "medel"], "läkemedel"),
        (["läke\u2010", "medel"], "läkemedel"),
        (["han kom –", "och gick"], "han kom – och gick"),
        (["minus -", "tecken"], "minus - tecken"),
        (["ett", "två", "tre"], "ett två tre"),
        (["", "två"], "två"),
        ([], ""),
    ],
)
def test_lines_are_joined(lines: list[str], text: str) -> None:
    assert joined(lines, frozenset()) == text


def test_the_document_itself_tells_how_it_spells_a_word() -> None:
    assert joined(["co-", "operation"], vocabulary_of(["our Co-operation with"])) == "co-operation"
    assert joined(["co-", "operation"], vocabulary_of(["our cooperation with"])) == "cooperation"
    assert joined(["patient-", "based"], vocabulary_of(["patientbased"])) == "patientbased"


def draw_lines(*lines: str, font: str = "Helvetica") -> Callable[[Any], None]:
    def page(canvas: Any) -> None:
        canvas.setFont(font, 10)
        for row, line in enumerate(lines):
            canvas.drawString(60, 700 - 12 * row, line)

    return page


def test_hyphens_at_line_ends_of_a_page(loaded: LoadBytes, drawn: MakePdf) -> None:
    page = draw_lines(
        "Parterna ska under 2026 finansiera forskningsinfra-",
        "strukturen, och arbeta för läkemedels- och medicin-",
        "teknikföretag i samarbete med Anna-Lena Forsström-",
        "Olsson vid Region Halland.",
    )
    assert loaded("x.pdf", drawn(page)).text == (
        "Parterna ska under 2026 finansiera forskningsinfrastrukturen, och arbeta för läkemedels- och"
        " medicinteknikföretag i samarbete med Anna-Lena Forsström-Olsson vid Region Halland."
    )


def test_ligatures_are_letters(loaded: LoadBytes, drawn: MakePdf) -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    pdfmetrics.registerFont(TTFont("Vera", str(folder / "Vera.ttf")))
    assert loaded("x.pdf", drawn(draw_lines("en ﬁn ﬂod", font="Vera"))).text == "en fin flod"


def test_raised_marks(loaded: LoadBytes, drawn: MakePdf) -> None:
    def page(canvas: Any) -> None:
        text = canvas.beginText(60, 700)
        for words, size, rise in (
            *(
                ("Region Skåne", 10, 0),
                ("2", 6, 4),
                (" hyr 200 m", 10, 0),
                ("2", 6, 4),
                (" i Lund.", 10, 0),
                ("3", 6, 4),
            ),
        ):
            text.setFont("Helvetica", size)
            text.setRise(rise)
            text.textOut(words)
        canvas.drawText(text)

    assert loaded("x.pdf", drawn(page)).text == "Region Skåne hyr 200 m² i Lund."
