"""The reasons why a file could not be read, in Swedish: none that the source can give is forgotten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from lxml import html as parser

import handslag
from handslag.kernel.errors import UnreadableFile
from handslag.reading.loading import load
from handslag.reading.loading.office.kinds import KINDS
from handslag.reading.loading.signatures import looks_like
from handslag.reading.loading.worker import _FORMAT_NAMES
from handslag.reading.report import html_report, reason_in_words, warning_in_words
from handslag.reading.results import Notice
from handslag.vocabulary.load import vocabulary

SOURCE = Path(handslag.__file__).parent
# Stands for what only a run decides: a number, so that it fits everywhere.
FILLED_IN = "7"
# Where a reason that was made elsewhere is passed on.
PASSED_ON = {"refusal.reason", "str(value['refused'])"}
SHARED = {"too_long", "size_in_words"}
# One of these stands in every file that gives a reason.
GIVEN_BY = {"Refusal", "UnreadableFile", "refused"}

Functions = dict[str, ast.FunctionDef]


def functions_of(tree: ast.AST) -> Functions:
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


class Strings:
    """All texts that an expression of one module can have, as far as its source shows."""

    def __init__(self, tree: ast.Module, shared: Functions) -> None:
        self._tree = tree
        self._functions = shared | functions_of(tree)

    def of(self, node: ast.expr, scope: ast.AST) -> list[str]:
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.JoinedStr(values=parts):
                return ["".join(texts) for texts in product(*(self.of(part, scope) for part in parts))]
            case ast.FormattedValue(value=value):
                return self.of(value, scope)
            case ast.IfExp(body=one, orelse=other):
                return [*self.of(one, scope), *self.of(other, scope)]
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return [one + other for one, other in product(self.of(left, scope), self.of(right, scope))]
            case ast.Name(id=name):
                found = [text for value in self._assigned(name, scope) for text in self.of(value, scope)]
                return found or [FILLED_IN]
            case ast.Call(func=ast.Attribute(value=text, attr="replace")):
                return self.of(text, scope)
            # "; ".join([first, *others]): the others may be none.
            case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=[ast.List(elts=[first, *_])]):
                return self.of(first, scope)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in self._functions:
                return self._returned(self._functions[name])
        return [FILLED_IN]

    def _assigned(self, name: str, scope: ast.AST) -> Iterator[ast.expr]:
        for place in (scope, self._tree):
            inside = place.body if place is self._tree else ast.walk(place)
            values = [
                node.value
                for node in inside
                if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
            ]
            if values:
                yield from values
                return

    def _returned(self, function: ast.FunctionDef) -> list[str]:
        returns = [node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value]
        return [text for value in returns for text in self.of(value, function)]


def reasons_in(scope: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(scope):
        match node:
            case ast.Call(func=ast.Name(id="Refusal"), args=[reason]):
                yield reason
            case ast.Call(func=ast.Name(id="UnreadableFile"), args=[_, reason]):
                yield reason
            case ast.Dict(keys=[ast.Constant(value="refused")], values=[reason]):
                yield reason


@cache
def reasons_of_the_source() -> frozenset[str]:
    """Every reason that is written in the source, with a number for whatever is filled in."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.py"))}
    trees = {path: ast.parse(text) for path, text in texts.items() if any(word in text for word in GIVEN_BY | SHARED)}
    shared = {name: function for tree in trees.values() for name, function in functions_of(tree).items()}
    shared = {name: function for name, function in shared.items() if name in SHARED}
    found: set[str] = set()
    for tree in trees.values():
        strings = Strings(tree, shared)
        for function in functions_of(tree).values():
            for reason in reasons_in(function):
                if ast.unparse(reason) not in PASSED_ON:
                    found.update(strings.of(reason, function))
    return frozenset(found)


def test_every_reason_in_the_source_has_swedish_words() -> None:
    reasons = reasons_of_the_source()
    assert FILLED_IN not in reasons, "a reason that this test cannot see through: write it as a literal"
    assert len(reasons) >= 50
    assert [reason for reason in sorted(reasons) if reason_in_words(reason).sv == reason] == []


def test_every_swedish_reason_is_still_given() -> None:
    written = {re.sub(r"7(?: bytes| kB| MB)?", "{}", reason) for reason in reasons_of_the_source()}
    entries = {re.sub(r"\{\w+\}", "{}", entry["en"]) for entry in vocabulary("refusals")["reasons"]}
    # The second half of a reason that is joined from a warning.
    entries = {entry for entry in entries if not entry.startswith("only the page's beginning is read")}
    known = {entry for entry in entries if any(_fits(entry, reason) for reason in written)}
    assert entries - known == set()


def _fits(entry: str, reason: str) -> bool:
    return re.fullmatch(".+".join(map(re.escape, entry.split("{}"))), reason) is not None


def test_both_languages_fill_in_the_same_and_nothing_is_listed_twice() -> None:
    entries = vocabulary("refusals")["reasons"]
    for entry in entries:
        english, swedish = (re.findall(r"\{(\w+)\}", entry[key]) for key in ("en", "sv"))
        assert [name for name in english if name != "kind"] == [name for name in swedish if name != "kind"], entry
        assert set(swedish) <= set(english), entry
    assert len({entry["en"] for entry in entries}) == len(entries)


def test_whatever_a_file_looks_like_has_a_swedish_name() -> None:
    tree = ast.parse((SOURCE / "reading" / "loading" / "signatures.py").read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    named = {text for text in texts if re.match(r"an? ", text)} | {kind.called for kind in KINDS}
    assert looks_like(b"%PDF-1.7") in named
    assert (named | set(_FORMAT_NAMES.values())) - set(vocabulary("refusals")["things"]) == set()


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        (
            "has 1,204 pages, over the limit of 1,000; split it into smaller files",
            "har 1\u00a0204 sidor, fler än gränsen 1\u00a0000; dela upp den i mindre filer",
        ),
        (
            "is too large (60.5 MB, the limit is 812 bytes); split it, or leave out its pictures",
            "är för stor (60,5 MB, gränsen är 812 byte); dela upp den eller ta bort bilderna",
        ),
        (
            "is not plain text: it looks like a PNG picture; give it the ending of what it is",
            "är inte ren text: den ser ut att vara en PNG-bild; ge den rätt filändelse",
        ),
        (
            "could not be read as a web page (ValueError: {x}; open it); open it and save it again",
            "kunde inte läsas som webbsida (ValueError: {x}; open it); öppna den och spara den på nytt",
        ),
        (
            (
                "shows no text (a page that scripts fill in?); open it in a browser and save it as it is shown there; "
                "only the page's beginning is read; what follows is malformed (Excessive depth; 256)"
            ),
            (
                "visar ingen text (kanske en sida som fylls i av skript); öppna den i en webbläsare och spara den som den "
                "visas där; bara sidans början kan läsas; resten är felaktig (Excessive depth; 256)"
            ),
        ),
    ],
)
def test_numbers_and_names_are_kept_and_joined_reasons_are_known(english: str, swedish: str) -> None:
    assert reason_in_words(english) == (swedish, english)


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "smells of smoke",
        "is empty (0 bytes); fetch or save it again; and dry it",
        f"its part {' is damaged (' * 9_000} is damaged (x); open it in Word and save it again",
        "; " * 900,
    ],
)
def test_a_reason_that_is_not_known_stays_as_it_is(reason: str) -> None:
    assert reason_in_words(reason) == (reason, reason)


@pytest.mark.parametrize(
    ("language", "shown"),
    [("sv", "är tom (0 byte); hämta eller spara den på nytt"), ("en", "is empty (0 bytes); fetch or save it again")],
)
def test_the_report_tells_of_an_empty_file_in_both_languages(language: str, shown: str, tmp_path: Path) -> None:
    empty = tmp_path / "protokoll.txt"
    empty.write_bytes(b"")
    with pytest.raises(UnreadableFile) as caught:
        load(empty, name="protokoll.txt")
    written = html_report([], [caught.value], language)
    (entry,) = parser.document_fromstring(written).cssselect(".unreadable li")
    assert entry.text_content() == f"protokoll.txt {shown}"
    # What the page's language switch swaps.
    assert entry.cssselect("span[data-t]")
    assert '["är tom (0 byte); hämta eller spara den på nytt","is empty (0 bytes); fetch or save it again"]' in written


def test_a_warning_names_the_attachments_in_both_languages() -> None:
    notice = Notice("attachments", "attached files are not read: avtal: slutlig.pdf, karta.png")
    assert warning_in_words(notice) == (
        "Bilagorna lästes inte: avtal: slutlig.pdf, karta.png",
        "Attached files are not read: avtal: slutlig.pdf, karta.png",
    )
