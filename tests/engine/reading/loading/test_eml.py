"""Mail messages: subject, sender and day, the plain text or the page, earlier messages kept, attachments named."""

from __future__ import annotations

import base64
import contextlib
import quopri
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.kernel.errors import UnreadableFile
from handslag.reading.loading import Limits, LoadedDocument, load
from handslag.reading.loading.mail.lines import unflow
from handslag.reading.reader import read_loaded

LoadBytes = Callable[..., LoadedDocument]
TextsOf = Callable[[LoadedDocument, str], list[str]]
MakeFile = Callable[[str, bytes], Path]

BODY = "Hej!\n\nRegion Halland betalar hälften.\n"


def message(body: str = BODY, **headers: str) -> EmailMessage:
    made = EmailMessage()
    usual = {"Subject": "Avtal om vårddata", "From": "Lars Fält <lars@region.example>", "To": "Mats Äng <m@b.example>"}
    for name, words in (usual | {"Date": "Tue, 31 Mar 2026 23:30:00 +0200"} | headers).items():
        if words:
            made[name] = words
    made.set_content(body)
    return made


def test_head_and_text(loaded: LoadBytes, texts_of: TextsOf) -> None:
    document = loaded("x.eml", message().as_bytes())
    assert document.text == (
        "Avtal om vårddata\n\n"
        "From: Lars Fält <lars@region.example>\nDate: 2026-03-31 23:30\nTo: Mats Äng <m@b.example>\n\n"
        "Hej!\n\nRegion Halland betalar hälften."
    )
    assert texts_of(document, "headline") == ["Avtal om vårddata"]
    assert texts_of(document, "byline") == ["From: Lars Fält <lars@region.example>", "Date: 2026-03-31 23:30"]
    assert texts_of(document, "furniture") == ["To: Mats Äng <m@b.example>"]
    assert (document.format, document.title, document.warnings) == ("eml", "Avtal om vårddata", ())


def test_the_day_is_that_of_the_sender(loaded: LoadBytes) -> None:
    document = loaded("x.eml", message().as_bytes())
    assert (document.metadata_day, document.metadata_source) == ("2026-03-31", "mail date")


@pytest.mark.parametrize("date", ["", "igår", "Tue, 99 Mar 2026 10:00:00 +0200", "Thu, 01 Jan 1970 00:00:00 +0000"])
def test_a_day_that_is_none_is_not_taken(loaded: LoadBytes, date: str) -> None:
    raw = f"Subject: a\nDate: {date}\n\nText.\n".encode()
    document = loaded("x.eml", raw)
    assert (document.metadata_day, document.metadata_source) == ("", "")


def test_the_day_of_a_quoted_message_is_not_the_documents(loaded: LoadBytes) -> None:
    body = (
        "Hej! Vi gör som ni säger.\n\n-----Original Message-----\nFrån: Mats Äng\nSkickat: den 3 februari 2026 10:12\n"
        "Till: Lars Fält\n\nVi lämnar planen senast den 1 maj.\n"
    )
    document = loaded("x.eml", message(body).as_bytes())
    assert body.strip() in document.text
    assert read_loaded(document).document.said_on == "2026-03-31"


def test_quoted_lines_are_kept_and_told(loaded: LoadBytes, texts_of: TextsOf) -> None:
    body = "Ja.\n\nDen 3 mars skrev Mats Äng:\n> Kommer ni?\n>\n>> Vi ses.\n\nHälsningar\n"
    document = loaded("x.eml", message(body).as_bytes())
    assert document.text.endswith(body.strip())
    assert texts_of(document, "quote") == ["> Kommer ni?", ">", ">> Vi ses."]


def test_the_plain_text_goes_before_the_page(loaded: LoadBytes) -> None:
    made = message()
    made.add_alternative("<p>Samma som <b>sida</b>.</p>", subtype="html")
    assert "Samma som" not in loaded("x.eml", made.as_bytes()).text


@pytest.mark.parametrize("plain", ["", " \n"])
def test_a_page_is_read_where_the_plain_text_is_empty(loaded: LoadBytes, texts_of: TextsOf, plain: str) -> None:
    made = message(plain)
    made.add_alternative("<h1>Läget</h1><p>Två punkter:<ul><li>Ett å<li>Två</ul>", subtype="html", charset="iso-8859-1")
    document = loaded("x.eml", made.as_bytes())
    assert document.text.endswith("Läget\n\nTvå punkter:\n\nEtt å\nTvå")
    assert texts_of(document, "list") == ["Ett å", "Två"]
    assert texts_of(document, "headline") == ["Avtal om vårddata", "Läget"]


def test_attachments_are_named_and_not_read(loaded: LoadBytes) -> None:
    made = message()
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="avtal å.pdf")
    made.add_attachment("hemligt", filename="anteckningar.txt")
    document = loaded("x.eml", made.as_bytes())
    assert "hemligt" not in document.text
    assert document.warnings == (("attachments", "attached files are not read: avtal å.pdf, anteckningar.txt"),)


def test_pictures_in_the_text_and_signatures_are_no_attachments(loaded: LoadBytes) -> None:
    made = message("")
    made.add_alternative('<p>Hej <img src="cid:logo"></p>', subtype="html")
    made.get_payload()[1].add_related(b"x", "image", "png", cid="<logo>")  # type: ignore[union-attr]
    assert loaded("x.eml", made.as_bytes()).warnings == ()


def test_a_message_sent_on_is_read_with_its_head(loaded: LoadBytes, texts_of: TextsOf) -> None:
    made = message("Se nedan.\n", Subject="VB: Avtal")
    made.add_attachment(message())
    document = loaded("x.eml", made.as_bytes())
    assert texts_of(document, "headline") == ["VB: Avtal", "Avtal om vårddata"]
    assert document.text.endswith("Region Halland betalar hälften.")
    assert document.warnings == ()


def test_messages_within_messages_end_somewhere(loaded: LoadBytes) -> None:
    inner = b"Subject: djup\n\nText.\n"
    for _ in range(30):
        inner = b"Subject: djup\nContent-Type: message/rfc822\n\n" + inner
    document = loaded(
        "x.eml", b"Subject: ytterst\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHej.\n--b\n" + inner
    )
    assert document.text.count("djup") < 12
    assert "attachments" in dict(document.warnings)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-8; lied=yes"])
@pytest.mark.parametrize("transfer", ["8bit", "quoted-printable", "base64"])
def test_any_charset_and_transfer_encoding(loaded: LoadBytes, charset: str, transfer: str) -> None:

    bare = charset.partition(";")[0]
    data = "Hälsningar från Åre".encode(bare)
    coded = {"8bit": data, "quoted-printable": quopri.encodestring(data), "base64": base64.encodebytes(data)}[transfer]
    head = f"Subject: a\nContent-Type: text/plain; charset={bare}\nContent-Transfer-Encoding: {transfer}\n\n"
    assert loaded("x.eml", head.encode() + coded).text.endswith("Hälsningar från Åre")


@pytest.mark.parametrize(
    ("subject", "read"),
    [
        (b"=?utf-8?B?w4V0ZXJyYXBwb3J0?=", "Återrapport"),
        (b"=?iso-8859-1?Q?=C5tg=E4rder?= nu", "Åtgärder nu"),
        ("Åtgärder".encode(), "Åtgärder"),
        ("Åtgärder".encode("latin-1"), "Åtgärder"),
        (b"=?klingon?Q?abc?=", "=?klingon?Q?abc?="),
        (b"=?utf-8?B?w4V0?", "=?utf-8?B?w4V0?"),
        (b"a\r\n  folded one", "a folded one"),
    ],
)
def test_subjects_in_any_encoding(loaded: LoadBytes, subject: bytes, read: str) -> None:
    assert loaded("x.eml", b"From: a@b.example\r\nSubject: " + subject + b"\r\n\r\nText.\r\n").title == read


def test_soft_line_ends_are_undone() -> None:
    text = "Region Halland \nbetalar hälften.\n> Vi \n> ses.\n-- \nLars\n"
    assert unflow(text, drops_space=False) == "Region Halland betalar hälften.\n> Vi ses.\n-- \nLars\n"
    assert unflow("hälf \nten", drops_space=True) == "hälften"


@given(st.text("> ab-\n", max_size=60))
def test_undoing_soft_line_ends_loses_no_letter(text: str) -> None:
    letters = [letter for letter in text if letter in "ab"]
    assert [letter for letter in unflow(text, drops_space=False) if letter in "ab"] == letters


def test_a_flowed_message(loaded: LoadBytes) -> None:
    data = b"Subject: a\nContent-Type: text/plain; format=flowed\n\nVi \nses.\n"
    assert loaded("x.eml", data).text.endswith("Vi ses.")


def reason_of(file: MakeFile, data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as caught:
        load(file("x.eml", data), limits=limits or Limits())
    return caught.value.reason


def test_what_is_no_message(file: MakeFile) -> None:
    told = "is not a mail message: no sender, subject or date stands at its head; save it from the mail program"
    assert reason_of(file, "Hej, här är texten.\n\nVi ses.".encode()) == told
    assert reason_of(file, b"Agenda: punkt ett\n\nVi ses.") == told


def test_only_attachments_or_nothing(file: MakeFile) -> None:
    made = message("")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="avtal.pdf")
    assert reason_of(file, made.as_bytes()) == (
        "holds no text, only attachments; save them from the mail program and read those"
    )
    assert reason_of(file, b"Subject: a\n\n") == "holds no text below its head; check that it is the right file"


@pytest.mark.parametrize(
    "kind", ["application/pkcs7-mime; smime-type=enveloped-data", "multipart/encrypted; boundary=b"]
)
def test_an_encrypted_message(file: MakeFile, kind: str) -> None:
    reason = reason_of(file, f"Subject: a\nContent-Type: {kind}\n\n--b\n\nMIIB\n".encode())
    assert reason == "is encrypted or sealed; open it in the mail program and save its text"


def test_a_message_that_is_cut_off_is_told(loaded: LoadBytes) -> None:
    made = message("Text i början. " * 20)
    made.add_attachment(b"x" * 9_000, maintype="application", subtype="pdf", filename="avtal.pdf")
    data = made.as_bytes()
    assert "mail-cut" not in dict(loaded("x.eml", data).warnings)
    assert "mail-cut" in dict(loaded("x.eml", data[: len(data) // 2]).warnings)


def test_every_cut_of_a_message_gives_text_or_a_reason(file: MakeFile) -> None:
    made = message()
    made.add_alternative("<p>Sida</p>", subtype="html")
    made.add_attachment(b"x" * 90, maintype="application", subtype="pdf", filename="avtal.pdf")
    data = made.as_bytes()
    begins = data.index(b"betalar")
    for length in range(1, len(data), len(data) // 60):
        path = file("x.eml", data[:length])
        if length > begins:
            assert "Region Halland" in load(path).text
        else:
            with contextlib.suppress(UnreadableFile):
                load(path)


def test_parts_nested_without_end(file: MakeFile) -> None:
    parts = [f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(5_000)]
    reason = reason_of(file, ("Subject: a\n" + "".join(parts)).encode(), Limits(seconds=20))
    assert reason == ("is nested too deeply for a mail message; open it in the program it is from and save it again")


def test_long_messages_and_binary_ones(file: MakeFile) -> None:
    reason = reason_of(file, b"Subject: a\n\n" + b"ord " * 1_000, Limits(max_characters=1_000))
    assert reason == "holds more than 1,000 characters of text; split it into smaller files"
    assert "it holds binary data" in reason_of(file, b"Subject: a\n\n" + bytes(range(32)) * 20)
