"""Writes the sample pages that are no plain text: minutes in Word, a release and a plan in PDF.

    .venv/bin/python samples/make.py

The files are committed; the script is kept so that they can be read and changed. The PDF is written by hand, with the
fonts that every reader has, so that nothing but python-docx is needed.
"""

# ruff: noqa: INP001  a script among the pages that it writes, no package

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import docx

HERE = Path(__file__).parent

MINUTES_HEAD = """\
Region Österdalen
Beredningen för forskning och innovation
Protokoll 2026-11-05, Regionhuset i Dalhamn, kl. 9.00–11.20
Närvarande: Gunnar Stenmo (ordförande), Lena Vikström (vice ordförande), Anders Bergqvist (regiondirektör), \
Farid Haddad (chef för Almviks sjukhus), Ewa Lindmark (sekreterare)
Frånvarande: Sven-Erik Holm"""

MINUTES = [
    (
        "§ 41 Testbädden vid Almviks sjukhus",
        (
            "Farid Haddad redogör för läget. Två avdelningar är ombyggda och personalen är anställd. Beredningen beslutar "
            "att godkänna avtalet med Stiftelsen Dalhamn Life Science. Anders Bergqvist får i uppdrag att underteckna det."
        ),
    ),
    (
        "§ 42 Hälsodata",
        (
            "Regionkontoret har begärt in offerter på en plattform för sekundäranvändning. Upphandlingen beräknas vara "
            "klar i april 2027. Lena Vikström framhåller att patientföreningarna bör få yttra sig, men något beslut om "
            "detta fattas inte."
        ),
    ),
    (
        "§ 43 Biobanken i Norrhamn",
        (
            "Beredningen beslutar att bidra med 3,5 miljoner kronor under förutsättning att en föreståndare anställs. "
            "Frågan om driften efter 2029 bordläggs."
        ),
    ),
    (
        "§ 44 Kliniska prövningar",
        (
            "Antalet nystartade prövningar i regionen var 27 under 2025, mot 34 året före. Målet är 50 år 2028. "
            "Ordföranden vill se en årlig redovisning."
        ),
    ),
]

ACTIONS = [
    ("Vad", "Vem", "Senast"),
    ("Underteckna avtalet om testbädden", "Anders Bergqvist", "9 november 2026"),
    ("Kalla patientföreningarna till dialogmöte", "Ewa Lindmark", "december 2026"),
    ("Redovisa kostnaden för biobanken efter 2029", "Farid Haddad", "nästa möte"),
    ("Ta fram underlag om kliniska prövningar", "Regionkontoret", "1 mars 2027"),
]

MINUTES_FOOT = """\
Nästa möte hålls den 14 januari 2027 i Almvik.
Vid protokollet: Ewa Lindmark
Justeras: Gunnar Stenmo
Exempelsida skriven för Handslag; personer och organ är påhittade."""

RELEASE = """\
# Hallane Biologics and Saltmarsh Therapeutics sign licence agreement for HB-207
Press release, Wexmoor, 3 November 2026

Hallane Biologics plc today announced that it has entered into a licence agreement with Saltmarsh Therapeutics Ltd \
for HB-207, an antibody against chronic wound infection. Saltmarsh acquires the rights for Europe.

Under the agreement Saltmarsh will pay GBP 12 million on signing and up to GBP 85 million if agreed milestones are \
reached. Hallane remains responsible for manufacturing and shall deliver material for the phase 2 trial by the end of \
June 2027. The parties will form a joint steering committee with three members each.

The phase 2 trial is expected to enrol 180 patients at eleven hospitals. The first patient will be dosed in the third \
quarter of 2027, provided that the regulator approves the protocol.

“We will share all results with the patient organisations, whatever they show,” said Anthea Corbridge, chief executive \
of Hallane Biologics.

“This is our first licence, and the largest commitment we have made,” said Dominic Farrow, chairman of Saltmarsh \
Therapeutics.

Hallane also confirms that its earlier plans for a factory in Ellerby have been withdrawn. The company has reduced its \
workforce by 35 since March and ended the second quarter with GBP 41.3 million in cash.

The boards of both companies have approved the agreement. It may be extended to North America; no decision has been \
taken.

## Contact
Rosalind Pike, head of communications, Hallane Biologics plc

## About Hallane Biologics
Hallane Biologics plc develops antibodies against infection. The company was founded in Wexmoor in 2011 and has 164 \
employees.

Sample page written for Handslag; persons and bodies are invented."""

PLAN = """\
# Verksamhetsplan 2027
Myndigheten för vårdens innovation. Fastställd av generaldirektör Monika Ahlvin den 18 december 2026

## Inledning
Myndigheten ska under 2027 förenkla vägen från forsk\u00adning till vård. Regeringen har gett oss i upp\u00addrag att \
samordna de nationella insatserna för precisions\u00admedicin och att redovisa resul\u00adtatet till Vård\u00ad\
departe\u00admentet senast den 1 oktober.

## Hälsodata
Vi ska lansera en gemensam ingång för ansök\u00adningar om data före halvårs\u00adskiftet. Handlägg\u00adnings\u00adtiden \
ska halveras, från 14 till 7 månader. Vägled\u00adningen om sekundär\u00adanvändning är redan publi\u00adcerad.

## Kliniska prövningar
Tillsammans med regionerna planerar vi att öppna fyra prövnings\u00adcentrum. Almvik och Norrhamn startar först, i \
september. Ambi\u00adtionen är att andelen avslutade pröv\u00adningar når 80 procent år 2029.

## Kompetens
Vårdhögskolan utvecklar på vårt uppdrag en utbild\u00adning för data\u00adskydds\u00adombud. Den första kursen ges våren \
2027. Om efter\u00adfrågan är stor kan kursen komma att ges även på engelska.

## Samverkan
Myndig\u00adheten har ingått en överens\u00adkommelse med Läke\u00admedels\u00adrådet om gemensam rådgiv\u00adning till \
små företag. Rådgivningen pågår och omfattar i dag 46 företag. En utvärdering lämnas i november.

## Budget
Anslaget uppgår till 132 miljoner kronor, varav minst 40 miljoner går till regionerna. Myndigheten har begärt \
ytter\u00adligare 15 miljoner men något besked väntas inte före våren.

## Uppföljning
Planen följs upp varje kvartal. Ansvarig är planerings\u00adchef Johan Etzler.

Exempelsida skriven för Handslag; personer och organ är påhittade."""


def write_minutes(path: Path) -> None:
    """The minutes as a Word file: headings, paragraphs, a table."""
    document = docx.Document()
    document.core_properties.author = "Region Österdalen"
    document.core_properties.created = document.core_properties.modified = datetime(2026, 11, 6, 14, tzinfo=UTC)
    first, second, *others = MINUTES_HEAD.split("\n")
    document.add_heading(second, level=1)
    for line in (first, *others):
        document.add_paragraph(line)
    for heading, text in MINUTES:
        document.add_heading(heading, level=2)
        document.add_paragraph(text)
    document.add_heading("Åtgärdslista", level=2)
    table = document.add_table(rows=0, cols=3)
    for row in ACTIONS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in MINUTES_FOOT.split("\n"):
        document.add_paragraph(line)
    document.save(str(path))


# --- PDF by hand -----------------------------------------------------------------------------------------------------

# Widths of Helvetica in thousandths (Adobe's font metrics), from the space to the tilde, and of what else is used here.
_ASCII = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 "
    "584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 "
    "667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 "
    "556 500 722 500 500 500 334 260 334 584"
)
_WIDTHS = dict(zip(range(32, 127), map(int, _ASCII.split()), strict=True))
_WIDTHS |= {
    ord(letter): width
    for letter, width in {"å": 556, "ä": 556, "ö": 556, "Ö": 778, "“": 333, "”": 333, "§": 556}.items()
}

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 595, 842, 64


def write_pdf(path: Path, text: str, columns: int, title: str) -> None:
    """One page with the text set in columns; `#` begins a title over the whole width, `##` a heading."""
    gutter = 24
    width = (PAGE_WIDTH - 2 * MARGIN - gutter * (columns - 1)) / columns
    head, _, body = text.partition("\n\n")
    body, _, footer = body.rpartition("\n\n")
    drawn: list[str] = []
    top = PAGE_HEIGHT - MARGIN
    for line in head.split("\n"):
        bold = line.startswith("# ")
        size = 14 if bold else 10
        for part in broken(line.removeprefix("# "), size, PAGE_WIDTH - 2 * MARGIN):
            top -= size * 1.35
            drawn.append(text_at(MARGIN, top, size, part, bold=bold))
    lines = [entry for paragraph in body.split("\n\n") for entry in paragraph_lines(paragraph, width)]
    per_column = -(-len(lines) // columns)
    while lines[per_column - 1][2]:  # a heading never ends a column
        per_column -= 1
    for column in range(columns):
        x, y = MARGIN + column * (width + gutter), top - 24
        for size, part, bold in lines[column * per_column :][: per_column if column + 1 < columns else None]:
            y -= size * 1.42 if part else 6
            if part:
                drawn.append(text_at(x, y, size, part, bold=bold))
    drawn.append(text_at(MARGIN, 40, 8, footer, bold=False))
    path.write_bytes(pdf_bytes("\n".join(drawn), title))


def paragraph_lines(paragraph: str, width: float) -> Iterator[tuple[int, str, bool]]:
    """Size, text and weight of each line, then an empty one."""
    for line in paragraph.split("\n"):
        bold = line.startswith("## ")
        yield from ((10, part, bold) for part in broken(line.removeprefix("## "), 10, width))
    yield 10, "", False


def broken(text: str, size: int, width: float) -> Iterator[str]:
    """The text in lines no wider than `width`; a word is divided at its soft hyphens."""
    line = ""
    for word in text.split():
        syllables = word.split("\u00ad")
        while syllables:
            for count in range(len(syllables), 0, -1):
                part = "".join(syllables[:count]) + ("-" if count < len(syllables) else "")
                longer = f"{line} {part}".strip()
                if width_of(longer, size) <= width:
                    break
            else:
                yield line
                line = ""
                continue
            line = longer
            syllables = syllables[count:]
            if syllables:
                yield line
                line = ""
    yield line


def width_of(text: str, size: int) -> float:
    """How wide a text is, in points."""
    return sum(_WIDTHS.get(ord(letter), 556) for letter in text) * size / 1000


def text_at(x: float, y: float, size: int, text: str, *, bold: bool) -> str:
    """The operators that show one line of text."""
    written = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{'B' if bold else 'R'} {size} Tf {x:.1f} {y:.1f} Td ({written}) Tj ET"


def pdf_bytes(content: str, title: str) -> bytes:
    """A PDF of one page, after ISO 32000-1, 7.5: objects, cross-reference table, trailer."""
    stream = content.encode("cp1252")
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}] /Contents 4 0 R "
            "/Resources << /Font << /R 5 0 R /B 6 0 R >> >> >>"
        ).encode(),
        f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream",
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
        f"<< /Title ({title}) >>".encode("cp1252"),
    ]
    written = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{place:010} 00000 n \n" for place in places
    )
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 7 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + (table + trailer).encode()


if __name__ == "__main__":
    write_minutes(HERE / "protokoll.docx")
    write_pdf(
        HERE / "company-release.pdf", RELEASE, 1, "Hallane Biologics and Saltmarsh Therapeutics sign licence agreement"
    )
    write_pdf(HERE / "verksamhetsplan.pdf", PLAN, 2, "Verksamhetsplan 2027")
