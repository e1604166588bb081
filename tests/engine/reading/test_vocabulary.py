"""The vocabulary: every file loads, speaks both languages where it must, and agrees with the formats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from handslag.kernel.errors import HandslagError
from handslag.reading.facts.commitments.themes import theme_of
from handslag.reading.zones import ZONES
from handslag.vocabulary import load
from handslag.vocabulary.load import vocabulary

FOLDER = Path(load.__file__).parent
NAMES = sorted(file.stem for file in FOLDER.glob("*.yaml"))
# Swedish and English stand side by side in these; the other files mix them, or hold names, which have no language.
IN_BOTH_LANGUAGES = ("cues", "deciding")
LABELLED = ("labels", "report_texts", "themes")


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{number}]")
    else:
        yield path, value


@pytest.mark.parametrize("name", NAMES)
def test_every_file_loads_and_says_nothing_empty(name: str) -> None:
    content = vocabulary(name)
    assert content
    empty = [path for path, value in leaves(content) if value is None or value == ""]
    assert empty == []


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_read_as_a_truth_value(name: str) -> None:
    assert [path for path, value in leaves(vocabulary(name)) if isinstance(value, bool)] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_key_stands_twice_in_a_file(name: str) -> None:
    def check(node: yaml.Node) -> None:
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), [key for key in keys if keys.count(key) > 1]
            for _, value in node.value:
                check(value)
        elif isinstance(node, yaml.SequenceNode):
            for value in node.value:
                check(value)

    check(yaml.compose((FOLDER / f"{name}.yaml").read_text("utf-8"), Loader=yaml.SafeLoader))


@pytest.mark.parametrize("name", LABELLED)
def test_every_label_is_there_in_both_languages(name: str) -> None:
    def check(value: Any, path: str) -> None:
        if isinstance(value, dict):
            if {"sv", "en"} & set(value):
                assert {"sv", "en"} <= set(value), path
                assert value["sv"], path
                assert value["en"], path
            for key, inner in value.items():
                check(inner, f"{path}/{key}")

    check(vocabulary(name), name)


@pytest.mark.parametrize("name", IN_BOTH_LANGUAGES)
def test_phrases_are_there_in_both_languages_in_lower_case_and_once(name: str) -> None:
    for key, languages in vocabulary(name).items():
        assert set(languages) == {"sv", "en"}, key
        for language, phrases in languages.items():
            assert len(phrases) > 5, (key, language)
            assert [phrase for phrase in phrases if phrase != phrase.lower()] == []
            assert len(phrases) == len(set(phrases)), (key, language)


def test_the_themes_are_those_of_the_format(shared: Path) -> None:
    agreed = yaml.safe_load((shared / "formats" / "themes.yaml").read_text("utf-8"))
    ours = vocabulary("themes")
    assert set(ours) == set(agreed)
    assert {key: {"sv": entry["sv"], "en": entry["en"]} for key, entry in ours.items()} == agreed


def test_labels_name_every_theme_and_zone() -> None:
    assert set(vocabulary("labels")["theme"]) == set(vocabulary("themes"))
    assert set(vocabulary("labels")["zone"]) == set(ZONES)
    assert set(vocabulary("labels")["agreement_form"]) == set(vocabulary("agreement_words")["forms"])


@pytest.mark.parametrize("theme", vocabulary("themes"))
def test_a_theme_is_known_by_its_own_label(theme: str) -> None:
    entry = vocabulary("themes")[theme]
    for language in ("sv", "en"):
        assert theme_of(entry[language], []) == theme, (language, entry[language])


def test_a_missing_file_is_named() -> None:
    with pytest.raises(HandslagError, match=r"nothing_here\.yaml: no such file"):
        vocabulary("nothing_here")


def test_a_file_is_read_once() -> None:
    assert vocabulary("themes") is vocabulary("themes")
