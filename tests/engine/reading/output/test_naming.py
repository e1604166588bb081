"""Names of the JSON files: a folder is mirrored, and nothing is ever written twice under one name."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.reading.output import Source, json_names


def source(path: str, root: str | None = None) -> Source:
    return Source(PurePosixPath(path), PurePosixPath(root) if root is not None else None)


def names(*sources: Source) -> list[str]:
    return [str(name) for name in json_names(sources)]


def test_a_named_file_gives_its_name_without_ending() -> None:
    assert names(source("pages/2026/minutes.v2.docx")) == ["minutes.v2.json"]


def test_a_walked_folder_is_mirrored() -> None:
    sources = [source("in/a.txt", "in"), source("in/deep/er/a.txt", "in"), source("in/deep/b.PDF", "in")]
    assert names(*sources) == ["a.json", "deep/er/a.json", "deep/b.json"]


def test_colliding_names_keep_their_endings_and_others_do_not() -> None:
    sources = [
        source("in/a.txt", "in"),
        source("in/a.html", "in"),
        source("in/b.txt", "in"),
        source("in/sub/a.md", "in"),
    ]
    assert names(*sources) == ["a.txt.json", "a.html.json", "b.json", "sub/a.json"]


def test_a_kept_ending_that_collides_again_makes_the_other_one_keep_its_own() -> None:
    sources = [source("a.txt"), source("a.md"), source("a.txt.md")]
    assert names(*sources) == ["a.txt.json", "a.md.json", "a.txt.md.json"]


def test_equal_names_out_of_several_folders_get_as_many_folders_as_tell_them_apart() -> None:
    assert names(source("one/x.txt", "one"), source("two/x.txt", "two")) == ["one/x.txt.json", "two/x.txt.json"]
    assert names(source("one/in/x.txt"), source("two/in/x.txt")) == ["one/in/x.txt.json", "two/in/x.txt.json"]


def test_names_that_no_folder_tells_apart_are_numbered_by_path() -> None:
    assert names(source("a.txt"), source("../a.txt")) == ["a.txt-2.json", "a.txt.json"]
    assert names(source("../a.txt"), source("a.txt")) == ["a.txt.json", "a.txt-2.json"]


def test_names_that_differ_in_case_or_in_unicode_form_alone_collide() -> None:
    assert names(source("A.txt"), source("a.md")) == ["A.txt.json", "a.md.json"]
    composed, decomposed = "Måte.txt", unicodedata.normalize("NFD", "Måte.md")
    assert names(source(composed), source(decomposed)) == [f"{composed}.json", f"{decomposed}.json"]


parts = st.sampled_from(["a", "b", "A", "å", "a.txt", "..", "c"])
paths = st.builds(
    lambda folders, stem, ending: "/".join([*folders, stem + ending]),
    st.lists(parts, max_size=3),
    st.sampled_from(["a", "a.txt", "B", "b"]),
    st.sampled_from([".txt", ".md", ".html", ".TXT"]),
)


@given(st.lists(paths, unique=True, max_size=8))
def test_all_names_differ_lie_inside_the_folder_and_do_not_depend_on_the_order(found: list[str]) -> None:
    given_names = names(*map(source, found))
    assert len({name.casefold() for name in given_names}) == len(found)
    assert not any(name.startswith("/") or ".." in name.split("/") for name in given_names)
    assert all(name.endswith(".json") for name in given_names)
    backwards = dict(zip(reversed(found), names(*map(source, reversed(found))), strict=True))
    assert [backwards[path] for path in found] == given_names


@pytest.mark.parametrize("count", [2, 2_000])
def test_many_sources_are_named_quickly(count: int) -> None:
    sources = [source(f"in/{number % 7}/{number}.txt", "in") for number in range(count)]
    assert len(set(names(*sources))) == count
