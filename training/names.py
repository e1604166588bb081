"""Training data of the name tagger: published corpora and marked pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from marked import SHARED, MarkedPage, token_span

from handslag.language.lexicon import classes_of
from handslag.language.tokens import Token
from handslag.reading.features import sentence_features
from handslag.reading.models import Tagger
from handslag.reading.names.organisations import is_stand_in, without_article
from handslag.reading.page import Page

NER = SHARED / "data" / "ner"
KINDS = ("PER", "ORG", "LOC")


def _sentences(path: Path, word: int, tag: int) -> Iterator[tuple[list[str], list[str]]]:
    forms: list[str] = []
    tags: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        cells = line.split()
        if len(cells) <= max(word, tag if tag >= 0 else 1) or line.startswith("-DOCSTART-"):
            if forms:
                yield forms, tags
            forms, tags = [], []
            continue
        forms.append(cells[word])
        tags.append(cells[tag].split("-")[-1] if cells[tag] not in ("0", "O") else "O")
    if forms:
        yield forms, tags


def _bio(tags: list[str]) -> list[str]:
    labels = []
    before = "O"
    for tag in tags:
        kind = tag if tag in KINDS else "O"
        labels.append("O" if kind == "O" else ("I-" if kind == before else "B-") + kind)
        before = kind
    return labels


def published(folder: Path = NER) -> Iterator[tuple[list[Token], list[str]]]:
    """Sentences of the published corpora as tokens and BIO labels."""
    sources = [
        (folder / "klintan_sv" / "train_corpus.txt", 0, 1),
        (folder / "klintan_sv" / "test_corpus.txt", 0, 1),
        (folder / "wikigold_en" / "wikigold.conll.txt", 0, 1),
        (folder / "sec_en" / "FIN3.txt", 0, 3),
        (folder / "sec_en" / "FIN5.txt", 0, 3),
    ]
    for path, word, tag in sources:
        for forms, tags in _sentences(path, word, tag):
            tokens, place = [], 0
            for form in forms:
                tokens.append(Token(place, place + len(form), form))
                place += len(form) + 1
            yield tokens, _bio(tags)


def gold_labels(marked: MarkedPage) -> list[str]:
    """BIO labels of the page's tokens from its gold names; places are not marked in the gold and stay O."""
    page = marked.page
    labels = ["O"] * len(page.tokens)
    gold = marked.gold
    wanted: list[tuple[str, str]] = [(p["name"], "PER") for p in gold["people"]]
    names = list(gold["organisations"]) + list(gold["optional_organisations"])
    names += [alias for alias in gold["aliases"] if any(c.isupper() for c in alias) and not is_stand_in(alias)]
    people = {p["name"] for p in gold["people"]}
    wanted += [(without_article(name), "ORG") for name in names if name not in people]
    wanted.sort(key=lambda item: -len(item[0]))
    for name, kind in wanted:
        _label(marked, labels, name, kind)
    for person in people:
        parts = [part for part in person.split() if part[:1].isupper() and len(part) > 2]
        for part in (parts[-1:] + [" ".join(parts[-2:])] + parts[:1]) if parts else []:
            _label(marked, labels, part, "PER", exact=True)
    return labels


def _label(marked: MarkedPage, labels: list[str], name: str, kind: str, exact: bool = False) -> None:
    for start, end in marked.places(name):
        if exact and marked.text[start:end] != name:
            continue
        span = token_span(marked.page, start, end)
        if span is None or any(labels[i] != "O" for i in range(*span)):
            continue
        labels[span[0]] = "B-" + kind
        for i in range(span[0] + 1, span[1]):
            labels[i] = "I-" + kind


def with_places(page: Page, labels: Sequence[str], teacher: Tagger) -> list[str]:
    """The labels with places added where the gold names nothing: those that the tagger of the published corpora finds."""
    found = list(labels)
    for sentence in page.sentences:
        rows = sentence_features(page.tokens, sentence.first, sentence.last)
        for span in teacher.spans(rows):
            first, last = sentence.first + span.first, sentence.first + span.last
            if (
                span.label == "LOC"
                and _is_place(page, first, last, span.probability)
                and set(found[first:last]) == {"O"}
            ):
                found[first:last] = ["B-LOC", *["I-LOC"] * (last - first - 1)]
        for i in range(sentence.first, sentence.last):
            form = page.tokens[i].form
            if found[i] == "O" and form[0].isupper() and any(name.startswith("place") for name in classes_of(form)):
                found[i] = "B-LOC"
    return found


def _is_place(page: Page, first: int, last: int, probability: float) -> bool:
    """True for words that a place's name can have; the teacher knows the field's own words badly."""
    forms = [page.tokens[i].form for i in range(first, last)]
    classes = {name for form in forms for name in classes_of(form)}
    if any(name.startswith("place") for name in classes):
        return True
    return probability > 0.9 and all(form[0].isupper() for form in forms) and not classes
