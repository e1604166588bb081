"""What is not read is refused with a clear line: the file, the reason, what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from handslag.kernel.errors import UnreadableFile
from handslag.reading.loading import Limits, load

MakeFile = Callable[[str, bytes | str], Path]

PNG = bytes.fromhex("89504e470d0a1a0a0000000d494844520000000100000001080200000090") + bytes(range(256))
USUAL = Limits()


def reason_of(path: Path, limits: Limits = USUAL) -> str:
    with pytest.raises(UnreadableFile) as caught:
        load(path, name="the file", limits=limits)
    assert str(caught.value) == f"the file: {caught.value.reason}"
    assert "\n" not in caught.value.reason
    assert "Traceback" not in caught.value.reason
    return caught.value.reason


ENDINGS = ("txt", "md", "html", "pdf", "docx", "pptx", "xlsx", "eml")


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_empty_file(file: MakeFile, ending: str) -> None:
    assert reason_of(file(f"x.{ending}", b"")) == "is empty (0 bytes); fetch or save it again"


@pytest.mark.parametrize("ending", ["txt", "md"])
@pytest.mark.parametrize("content", [" \n\t\u00a0\n", "\ufeff", "said-on: 2026-03-31\n"])
def test_a_file_of_white_space(file: MakeFile, ending: str, content: str) -> None:
    assert reason_of(file(f"x.{ending}", content)) == "holds no text, only white space"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_large_file_is_not_even_opened(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"x.{ending}"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    path.chmod(0)
    assert reason_of(path) == "is too large (200 MB, the limit is 50 MB); split it, or leave out its pictures"


def test_a_long_text(file: MakeFile) -> None:
    reason = reason_of(file("x.txt", "å" * 1001), Limits(max_characters=1000))
    assert reason == "holds more than 1,000 characters of text; split it into smaller files"


def test_a_long_page(file: MakeFile) -> None:
    reason = reason_of(file("x.html", "<p>ord</p>" * 1000), Limits(max_characters=1000))
    assert reason == "holds more than 1,000 characters of text; split it into smaller files"


def test_files_that_are_not_there_or_no_files(tmp_path: Path) -> None:
    assert reason_of(tmp_path / "x.txt") == "does not exist; check the name"
    (tmp_path / "x.md").mkdir()
    assert reason_of(tmp_path / "x.md") == "is a folder, not a file; name the files in it, or read the folder"
    os.mkfifo(tmp_path / "x.pdf")  # opening it would wait for ever
    assert reason_of(tmp_path / "x.pdf") == "is not an ordinary file; save its content to one"
    assert "cannot be opened" in reason_of(tmp_path / ("x" * 1000 + ".txt"))
    assert "cannot be opened" in reason_of(Path("a\x00b.txt"))


def test_a_loop_of_links(tmp_path: Path) -> None:
    (tmp_path / "x.txt").symlink_to(tmp_path / "y.txt")
    (tmp_path / "y.txt").symlink_to(tmp_path / "x.txt")
    assert "cannot be opened" in reason_of(tmp_path / "x.txt")


@pytest.mark.parametrize(("name", "found"), [("x.odt", "has the ending .odt"), ("x", "has no ending in its name")])
def test_other_endings(file: MakeFile, name: str, found: str) -> None:
    expected = f"{found}; read are .txt, .md, .html, .htm, .pdf, .docx, .pptx, .xlsx, .eml: save it as one of these"
    assert reason_of(file(name, "text")) == expected


def test_endings_in_capitals_are_read(file: MakeFile) -> None:
    assert load(file("SIDA.TXT", "text")).format == "txt"


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (PNG, "a PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(100), "a JPEG picture"),
        (b"{\\rtf1\\ansi Hej}", "a Rich Text (RTF) document"),
        (b"SQLite format 3\x00" + bytes(100), "an SQLite database"),
        (b"\x1f\x8b\x08\x00" + bytes(100), "a gzip archive"),
    ],
)
def test_what_a_file_really_is_is_told(file: MakeFile, ending: str, content: bytes, what: str) -> None:
    reason = reason_of(file(f"x.{ending}", content))
    assert f"it looks like {what}; give it the ending of what it is" in reason


@pytest.mark.parametrize("ending", [ending for ending in ENDINGS if ending != "pdf"])
def test_a_pdf_by_another_name(file: MakeFile, ending: str) -> None:
    assert "it looks like a PDF" in reason_of(file(f"x.{ending}", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"))


@pytest.mark.parametrize("ending", ["txt", "md", "html", "pdf", "eml"])
def test_a_word_document_by_another_name(file: MakeFile, ending: str) -> None:
    assert "a zip archive or an Office document" in reason_of(file(f"x.{ending}", b"PK\x03\x04" + bytes(100)))


@pytest.mark.parametrize("ending", ["txt", "md", "html"])
def test_binary_data_of_no_known_kind(file: MakeFile, ending: str) -> None:
    assert "it holds binary data" in reason_of(file(f"x.{ending}", bytes(range(256)) * 20))


def test_one_zero_byte_is_no_text(file: MakeFile) -> None:
    # PostgreSQL cannot store it, and leaving it out would change the text.
    assert "it holds binary data" in reason_of(file("x.txt", b"Region\x00 Halland"))


@pytest.mark.parametrize(("ending", "old"), [("docx", "doc"), ("pptx", "ppt"), ("xlsx", "xls")])
def test_an_old_or_locked_office_file(file: MakeFile, ending: str, old: str) -> None:
    reason = reason_of(file(f"x.{ending}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)))
    assert reason == f"is password-protected, or an old .{old} file; remove the password, or save it as .{ending}"


def test_a_file_without_permission(file: MakeFile) -> None:
    path = file("x.txt", "text")
    path.chmod(0)
    if os.geteuid() == 0:  # root may read everything
        assert load(path).text == "text"
    else:
        assert reason_of(path) == "may not be opened; check its permissions"
