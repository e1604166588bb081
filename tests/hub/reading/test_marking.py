from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from handslag_hub.design.shown import visible
from handslag_hub.reading.marking import Mark, blocks_of, excerpt, lines_of, mark_lines

TEXT = "Aldora ska leverera data.\n\nNorland lovar pengar i oktober.\n"
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


def pieces_of(text, marks):
    return [piece for line in mark_lines(text, lines_of(text, []), marks) for piece in line.pieces]


@given(st.lists(spans, max_size=12))
def test_marks_of_any_overlap_lose_no_letter_and_are_as_deep_as_they_lie(found):
    marks = [Mark(start, end, key) for key, (start, end) in enumerate(found, 1)]
    pieces = pieces_of(TEXT, marks)
    assert "".join(piece.text for piece in pieces) == TEXT.replace("\n", "")
    for piece in pieces:
        assert TEXT[piece.at : piece.at + len(piece.text)] == piece.text
        over = [mark for mark in marks if mark.start <= piece.at < mark.end]
        assert piece.depth == len(over)
        if over:
            inner = max(over, key=lambda mark: (mark.start, -mark.end))
            assert (marks[piece.passage - 1].start, marks[piece.passage - 1].end) == (inner.start, inner.end)


def test_every_passage_has_its_anchor_once_also_where_two_begin_together():
    marks = [Mark(0, 25, 1), Mark(0, 6, 2), Mark(7, 10), Mark(11, 19, 3)]
    anchors = [key for piece in pieces_of(TEXT, marks) for key in piece.begin]
    assert sorted(anchors) == [1, 2, 3]
    assert [piece.text for piece in pieces_of(TEXT, marks) if piece.decides] == ["ska"]


def test_ten_thousand_passages_over_one_long_line_are_marked_at_once():
    text = "ord " * 250_000
    marks = [Mark(start, 1_000_000 - start, key) for key, start in enumerate(range(0, 400_000, 40), 1)]
    began = time.process_time()
    lines = mark_lines(text, lines_of(text, []), marks)
    assert time.process_time() - began < 2
    assert "".join(piece.text for line in lines for piece in line.pieces) == text
    assert max(line.end - line.start for line in lines) <= 4000
    assert len(blocks_of(lines)) > 1


def test_an_excerpt_of_one_long_line_is_short():
    text = "x" * 500_000 + " här är det " + "y" * 500_000
    lines = excerpt(text, [], (500_001, 500_011), [Mark(500_001, 500_011, 7)])
    assert sum(line.end - line.start for line in lines) < 4000
    assert [piece.text for line in lines for piece in line.pieces if piece.passage == 7] == ["här är det"]


def test_marks_that_turn_the_direction_of_text_are_written_out():
    assert visible("a\u202eb\u2066c\x00d\te\n") == "a⟨U+202E⟩b⟨U+2066⟩c⟨U+0000⟩d\te\n"
