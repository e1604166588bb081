"""Whatever a file holds: a document or a reason, regions that fit, and the same again the second time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas
from tests.example_counts import examples
from tests.made_office_files import presentation, sheet, slide, workbook

from handslag.kernel.errors import UnreadableFile
from handslag.reading.loading import LoadedDocument, load
from handslag.reading.loading.days import with_given_day
from handslag.reading.loading.document import TAGS, Content, Limits, Region
from handslag.reading.loading.formats import ENDINGS, parse
from handslag.reading.loading.refusal import Refusal

OPENINGS = [
    b"",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<html><meta charset=utf-16>",
    b"said-on: 2026-03-31\n",
    b"---\ntitle: x\n",
    b"Subject: x\n",
    b"From: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n",
]
WORDS = st.sampled_from(
    ["avtal", "läkemedels-", "och", "\u00a0", "\u00ad", "–", "”", "&shy;", "&#0;", "&#xD800;", "\x00", "a\u0308"]
)
ELEMENTS = st.sampled_from(
    "p div span a ul ol li table tr td th dl dt dd h1 h2 br nav header footer main article form button pre sup sub q"
    " blockquote figure figcaption script style select svg title body html".split()
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as made:
        yield Path(made)


def outcome(path: Path) -> LoadedDocument | str:
    try:
        return load(path)
    except UnreadableFile as error:
        return error.reason


def check(folder: Path, ending: str, data: bytes) -> None:
    path = folder / f"x{ending}"
    path.write_bytes(data)
    found = outcome(path)
    assert outcome(path) == found
    if isinstance(found, str):
        assert found.strip()
        assert "could not be read as" not in found, "a parser failed in a way that it does not know of"
        assert "\n" not in found
        return
    assert found.text.strip()
    found.text.encode("utf-8")
    if ENDINGS[ending] not in ("txt", "md"):
        assert not any(ord(letter) < 0x20 and letter not in "\n\t" for letter in found.text)
    end = 0
    for region in found.regions:
        assert end <= region.start < region.end <= len(found.text)
        assert region.tag in TAGS - {""}
        end = region.end


@pytest.mark.parametrize("ending", ENDINGS)
@given(start=st.sampled_from(OPENINGS), rest=st.binary(max_size=2_000))
def test_any_bytes(folder: Path, ending: str, start: bytes, rest: bytes) -> None:
    check(folder, ending, start + rest)


@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
@given(text=st.text(max_size=500))
@example(text="\u2028\x85\x1c")
@example(text="\ud800".encode("utf-8", "replace").decode())
def test_any_text(folder: Path, ending: str, text: str) -> None:
    check(folder, ending, text.encode("utf-8"))


TAGGED = st.lists(
    st.one_of(
        WORDS,
        ELEMENTS.map(lambda name: f"<{name}>"),
        ELEMENTS.map(lambda name: f"</{name}>"),
        st.sampled_from(
            ["<p class=menu>", "<div class='cookie'>", "<p hidden>", "<!--", "-->", "<td colspan=9>", "\n", " "]
        ),
    ),
    max_size=60,
)


@given(parts=TAGGED)
@settings(max_examples=examples(200))
def test_any_soup_of_tags(folder: Path, parts: list[str]) -> None:
    check(folder, ".html", "".join(parts).encode("utf-8"))


RUNS = st.sampled_from(
    [
        "r",
        "ins",
        "del",
        "hyperlink",
        "sdt",
        "sdtContent",
        "tbl",
        "tr",
        "tc",
        "p",
        "txbxContent",
        "pict",
        "AlternateContent",
    ]
)


@given(names=st.lists(RUNS, max_size=30), text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_any_nesting_of_a_word_document(folder: Path, names: list[str], text: str) -> None:
    plain = text.replace("&", "").replace("<", "").replace("\ufffe", "").replace("\uffff", "")
    inner = f"<w:p><w:r><w:t>{plain}</w:t></w:r></w:p>"
    for name in names:
        inner = f"<w:{name}>{inner}</w:{name}>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="w"><w:body>{inner}</w:body></w:document>')
    check(folder, ".docx", stream.getvalue())


PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="&<\ufffe\uffff"), max_size=20)
DRAWN = st.sampled_from(
    "sp grpSp graphicFrame txBody nvSpPr nvPr ph graphic graphicData tbl tr tc p r br fld Choice".split()
)


@given(names=st.lists(DRAWN, max_size=20), text=PLAIN)
def test_any_nesting_of_a_slide(folder: Path, names: list[str], text: str) -> None:
    inner = f"<p:sp><p:txBody><p:p><p:r><p:t>{text}</p:t></p:r></p:p></p:txBody></p:sp>"
    for name in names:
        inner = f"<p:{name}>{inner}</p:{name}>"
    check(folder, ".pptx", presentation(slide(inner)))


PLACES = st.one_of(
    st.just(""), st.from_regex(r"[A-Z]{1,4}[0-9]{0,3}", fullmatch=True), PLAIN.map(lambda t: t.replace('"', ""))
)
CELLS = st.builds(
    "<c r={0} t={1} s={2}>{3}</c>".format,
    PLACES.map('"{}"'.format),
    st.sampled_from(["n", "s", "b", "e", "d", "str", "inlineStr", "x"]).map('"{}"'.format),
    st.sampled_from(['"0"', '"1"', '"2"', '"-1"', '"²"', '""']),
    st.one_of(
        PLAIN.map("<v>{}</v>".format),
        st.floats().map("<v>{}</v>".format),
        PLAIN.map("<is><t>{}</t></is>".format),
        st.just("<f>A1</f>"),
    ),
)


@given(rows=st.lists(st.lists(CELLS, max_size=6).map("".join), max_size=6), code=PLAIN)
def test_any_cells_of_a_sheet(folder: Path, rows: list[str], code: str) -> None:
    data = workbook({"Blad": sheet(*rows)}, codes=(code, "yyyy-mm-dd h:mm"), strings="<si><t>a</t></si><si/>")
    check(folder, ".xlsx", data)


HEADS = st.lists(
    st.sampled_from(
        [
            b"Subject: =?utf-8?q?=C3=A5?=", b"Subject: =?x?b?%?=", b"Date: Tue, 31 Mar 2026 10:00:00 +9999", b"From: \xe5 <a@b>",
            b"Content-Type: text/html; charset=utf-16", b"Content-Type: multipart/alternative; boundary=b", b"Content-Type: ;;=",
            b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: x-uuencode",
            b"Content-Disposition: attachment; filename*=x'y'%", b"Content-Type: text/plain; charset=rot13; format=flowed",
            b"Content-Type: message/delivery-status", b"Content-Type: message/partial", b" folded", b"", b"--b", b"--b--", b"> x",
            b"begin 644 x", b"<p>x", b"Text \xe5",
        ]
    ),
    max_size=25,
)  # fmt: skip


@given(lines=HEADS)
@settings(max_examples=examples(300))
def test_any_lines_of_a_message(folder: Path, lines: list[bytes]) -> None:
    check(folder, ".eml", b"Subject: x\n" + b"\n".join(lines))


NUMBERS = st.integers(-50, 900)
SHOWN = st.tuples(NUMBERS, NUMBERS, st.integers(1, 40), st.text("abcÅ-–• 12.", min_size=1, max_size=15))


@given(shown=st.lists(SHOWN, min_size=1, max_size=40))
def test_any_placing_of_words_on_a_page(shown: list[tuple[int, int, int, str]]) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 800), invariant=1)
    for left, base, size, text in shown:
        canvas.setFont("Helvetica", size)
        canvas.drawString(left, base, text)
    canvas.save()
    answer = parse_or_refuse(stream.getvalue())
    assert answer == parse_or_refuse(stream.getvalue())
    if isinstance(answer, Content):
        printed = sorted(letter for *_, text in shown for letter in text if not letter.isspace())
        read = sorted(letter for letter in answer.text if not letter.isspace())
        assert len(read) <= len(printed)


def parse_or_refuse(data: bytes) -> Content | str:
    try:
        return parse(data, "pdf", Limits())
    except Refusal as refusal:
        return refusal.reason


@given(text=st.text(max_size=80), cuts=st.lists(st.integers(0, 80), max_size=8))
def test_a_given_day_moves_the_regions_with_the_text(text: str, cuts: list[int]) -> None:
    whole = f"said-on: 2026-03-31\n{text}"
    edges = sorted({min(cut, len(whole)) for cut in cuts})
    regions = tuple(Region(start, end, "list") for start, end in zip(edges[0::2], edges[1::2], strict=False))
    content = with_given_day(Content(whole, regions))
    assert (content.text, content.given_day) == (text, "2026-03-31")
    kept = [whole[region.start : region.end] for region in regions if region.end > len(whole) - len(text)]
    for before, region in zip(kept, content.regions, strict=True):
        assert before.endswith(content.text[region.start : region.end])
