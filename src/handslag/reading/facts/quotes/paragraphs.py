"""What a paragraph looks like, for telling questions, answers, names and comments from other text."""

from __future__ import annotations

from dataclasses import dataclass, field

from handslag.language.speech import speech_words
from handslag.reading.facts.quotes.people import is_role_word
from handslag.reading.facts.quotes.scene import DASHES, MARKS, Paragraph, Scene, turn_label

_BULLETS = frozenset("•●▪◦*·‣✓✔✘→👉#@+➡✅❌⏳")


@dataclass(slots=True)
class Form:
    """What a paragraph looks like: `passed` are the features its neighbours see as well."""

    paragraph: Paragraph
    passed: list[str]
    tags: frozenset[str]
    features: list[str] = field(default_factory=list)
    label: str = ""


def bucket(value: float, steps: tuple[float, ...]) -> str:
    """How many of the rising `steps` a value reaches, as a word."""
    return str(sum(value >= step for step in steps))


def label_words(scene: Scene, paragraph: Paragraph) -> list[str]:
    """The label's words in lower case."""
    first, last, _ = turn_label(scene.page, paragraph)
    return scene.low[first:last]


def form_of(scene: Scene, paragraph: Paragraph) -> Form:
    """The form of one paragraph."""
    tokens, low = scene.page.tokens, scene.low
    first, last = paragraph.first, paragraph.last
    size = last - first
    words = low[first:last]
    ending = tokens[last - 1].form
    tags = [
        "size" + bucket(size, (2, 4, 7, 12, 20, 35, 60)),
        "ends" + (ending if ending in ".?!:…,;" else "mark" if ending in MARKS else "word"),
        "starts " + _opening(tokens[first].form),
    ]
    if size <= 25:
        tags.append("short")
    if any(scene.is_first_person(i, paragraph.language) for i in range(first, last)):
        tags.append("first person")
    if not speech_words("second_person").isdisjoint(words):
        tags.append("second person")
    replies = speech_words("replies")
    if words[0] in replies or (words[0] in DASHES and size > 1 and words[1] in replies):
        tags.append("replies")
    people = sum(i in scene.person_at for i in range(first, last))
    if people:
        tags.append(
            "is person" if people >= size - 2 else "starts person" if first in scene.person_at else "has person"
        )
    if size <= 14:
        tags += _short_tags(scene, first, last)
    if len(paragraph.ends) > 1:
        tags.append("sentences")
    if paragraph.after_blank:
        tags.append("after blank")
    if paragraph.is_cell:
        tags.append("cell")
    form = Form(paragraph, tags, frozenset(tags))
    label = label_words(scene, paragraph)
    if label:
        form.label = " ".join(label)
        tags.append("labelled")
        if label[0] in speech_words("asks") or label[0] in speech_words("answers"):
            tags.append("label of turn")
        if tokens[turn_label(scene.page, paragraph)[0]].form.isupper():
            tags.append("label upper")
    return form


def _opening(form: str) -> str:
    if form in DASHES:
        return "dash"
    if form in MARKS:
        return "mark"
    if form == ">" or form in _BULLETS:
        return "bullet" if form != ">" else ">"
    return "digit" if form[0].isdigit() else "upper" if form[0].isupper() else "lower" if form[0].islower() else "other"


def _short_tags(scene: Scene, first: int, last: int) -> list[str]:
    """What a line of few words holds."""
    tokens, words = scene.page.tokens, scene.low[first:last]
    tags = []
    if any(is_role_word(tokens[i].form) for i in range(first, last)):
        tags.append("has role")
    if any(i in scene.body_at for i in range(first, last)):
        tags.append("has body")
    letters = [form for form in (tokens[i].form for i in range(first, last)) if form[0].isalpha()]
    if letters and all(form[0].isupper() for form in letters):
        tags.append("all capital")
    if len(words) <= 8:
        if not speech_words("comments").isdisjoint(words):
            tags.append("comments")
        if not speech_words("reactions").isdisjoint(words):
            tags.append("reacts")
    return tags
