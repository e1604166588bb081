"""What programs and lists bring in that no person would: too large, half a character, cells without end."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from handslag.kernel.errors import HandslagError
from handslag_hub.exchange.sheets.opening import MOST_BYTES, open_list
from handslag_hub.reading.models import Arrival, State
from handslag_hub.reading.services.claiming import LIMITS

pytestmark = pytest.mark.django_db


def test_a_file_that_is_too_large_is_refused_before_it_is_in_memory(client: Client):
    large = SimpleUploadedFile("large.txt", b"a" * (LIMITS.max_bytes + 1))
    answer = client.post("/api/documents", {"files": [large, SimpleUploadedFile("small.txt", b"Region")]})
    assert answer.status_code == 202
    kept = {arrival.name: arrival for arrival in Arrival.objects.select_related("original")}
    assert (kept["large.txt"].state, kept["large.txt"].original) == (State.FAILED, None)
    assert kept["small.txt"].original is not None


@pytest.mark.parametrize("field", ["text", "title", "address", "name", "said_on"])
@pytest.mark.parametrize("words", ["half \\ud800 a pair", "nothing \\u0000 at all"])
def test_half_characters_in_json_are_answered(field, words):
    client = Client(raise_request_exception=False)
    body = (
        "{" + ", ".join(f'"{name}": "{value}"' for name, value in {"text": "Region Väst", field: words}.items()) + "}"
    )
    answer = client.post("/api/texts", body, content_type="application/json")
    assert answer.status_code in {202, 400, 422}, answer.content


@pytest.mark.parametrize("cell", [b'"' + b"a" * 1_500_000 + b'"', b"a" * 1_500_000], ids=["quoted", "bare"])
def test_a_cell_without_end_is_refused_with_the_name_of_the_list(cell):
    with pytest.raises(HandslagError, match=r"x\.csv, line 2"):
        open_list("x.csv", b"What;Who\n" + cell + b";b\n")


def test_a_long_cell_is_cut():
    assert open_list("x.csv", b"What;Who\n" + b"a" * 140_000 + b";b\n").rows == ((2, ("a" * 20_000, "b")),)


@pytest.mark.parametrize("content", [b"a;b\n" + b"\n" * 100_000, b"a;b\n" + b";\n" * 100_000], ids=["empty lines", "empty cells"])  # fmt: skip
def test_millions_of_empty_rows_are_not_kept_in_memory(content):
    tracemalloc.start()
    try:
        assert open_list("x.csv", content).rows == ()
        assert tracemalloc.get_traced_memory()[1] < 20 * len(content)
    finally:
        tracemalloc.stop()


def test_a_workbook_that_unpacks_to_very_much_is_refused():
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(300):
        sheet.append(["a" * 19_000] * 10)
    file = io.BytesIO()
    book.save(file)
    assert len(file.getvalue()) < MOST_BYTES
    with pytest.raises(HandslagError, match=r"x\.xlsx is larger"):
        open_list("x.xlsx", file.getvalue())
