"""Speech without any mark: turns of a transcript ("ANNA: …"), answers below questions, comments below names.

What every paragraph of such a page is (question, answer, name, comment) is decided by a conditional random field over the
page's paragraphs, from their form and their neighbours' alone; pages that show no sign of a conversation are passed over.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from handslag.language.speech import speech_words
from handslag.reading.facts.quotes.paragraphs import Form, bucket, form_of, label_words
from handslag.reading.facts.quotes.scene import DASHES, MARKS, Paragraph, Scene, turn_label

SPOKEN = ("answer", "comment", "turn")


class Turn(NamedTuple):
    """Tokens `[first, last)` of a paragraph spoken or written by one person; `kind` as in SPOKEN, `share` its probability.

    `names` are the tokens of the label or name line that goes with it.
    """

    first: int
    last: int
    kind: str
    share: float
    paragraph: Paragraph
    names: tuple[int, int] = (0, 0)


def may_converse(scene: Scene) -> bool:
    """True if the page shows any sign of unmarked speech: several questions, repeated labels, a heading of comments."""
    tokens, low = scene.page.tokens, scene.low
    comments = speech_words("comments")
    labelled: list[Paragraph] = []
    asked = 0
    for paragraph in scene.paragraphs:
        first, last = paragraph.first, paragraph.last
        size = last - first
        if tokens[last - 1].form == "?" and size <= 40:
            asked += 1
        if low[first] == ">" or (size <= 8 and not comments.isdisjoint(low[first:last])):
            return True
        if size > 2 and ":" in low[first + 1 : first + 8]:
            labelled.append(paragraph)
    return asked >= 2 or (len(labelled) >= 2 and _has_speakers(scene, labelled))


def _has_speakers(scene: Scene, labelled: list[Paragraph]) -> bool:
    """True if lines' labels come again, or are people's names, or "Question" and "Answer"."""
    roles = speech_words("asks") | speech_words("answers")
    labels: Counter[str] = Counter()
    for paragraph in labelled:
        words = label_words(scene, paragraph)
        if words:
            labels[" ".join(words)] += 1 + (not scene.speakers.isdisjoint(words)) + (words[0] in roles)
    return sum(n for n in labels.values() if n > 1) >= 3


def forms_of(scene: Scene) -> list[Form]:
    """The form of every paragraph, with the page's own signs of a conversation."""
    forms = [form_of(scene, paragraph) for paragraph in scene.paragraphs]
    labels = Counter(form.label for form in forms if form.label)
    page = _page_features(scene, forms)
    talk = False
    speakers = [_is_speaker(scene, form.label, labels) for form in forms]
    for k, form in enumerate(forms):
        features = form.features
        if form.label:
            known = not scene.speakers.isdisjoint(form.label.split())
            if speakers[k]:
                run = sum(speakers[max(0, k - 3) : k + 4])
                features += [
                    "speaker run" + bucket(run, (2, 3, 5)),
                    f"speaker {known} of{bucket(sum(speakers), (3, 5, 8))}",
                ]
            form.passed += [
                "labelled" + bucket(labels[form.label], (2, 3)),
                "label " + ("known" if known else "unknown"),
            ]
            features.append(f"label {known} {bucket(labels[form.label], (2, 3))}")
        features += form.passed
        talk = talk or "comments" in form.tags
        if talk:
            features.append("below comments")
            features += ["below comments " + tag for tag in form.passed]
        features += page
        features += [
            f"{kind} {tag}"
            for kind in page[:2]
            for tag in form.passed
            if tag.startswith(("ends", "second", "first", "replies"))
        ]
    return forms


def _is_speaker(scene: Scene, label: str, labels: Counter[str]) -> bool:
    """True if a line's label may be who speaks: a person's name, or a label that comes again."""
    return bool(label) and (labels[label] > 1 or not scene.speakers.isdisjoint(label.split()))


def _page_features(scene: Scene, forms: list[Form]) -> list[str]:
    """Whether the page is a conversation: how many questions, whether they say "you" and what follows them says "I".

    A list of common questions asks as much, but what follows speaks of others, and nobody is introduced.
    """
    asks = [k for k, form in enumerate(forms) if "ends?" in form.tags and "short" in form.tags]
    follow = [forms[k + 1] for k in asks if k + 1 < len(forms) and "ends?" not in forms[k + 1].tags]
    said = sum("first person" in form.tags for form in follow) / max(1, len(follow))
    spoken_to = sum("second person" in forms[k].tags for k in asks) / max(1, len(asks))
    count = bucket(len(asks), (1, 2, 3, 5))
    top = {
        word
        for form in forms[:12]
        for word in scene.low[form.paragraph.first : min(form.paragraph.last, form.paragraph.first + 40)]
    }
    announced = not speech_words("conversation").isdisjoint(top)
    person = any(
        tag in ("is person", "starts person", "has person")
        for form in forms[: asks[0] if asks else 12]
        for tag in form.tags
    )
    return [
        "asked" + count, f"asked{count} I{bucket(said, (0.2, 0.5, 0.7))}", f"I{bucket(said, (0.2, 0.5, 0.7))} you{bucket(spoken_to, (0.2, 0.5))}",
        f"announced{announced:d}", f"announced{announced:d} person{person:d}", f"person{person:d} I{bucket(said, (0.2, 0.5, 0.7))}",
    ]  # fmt: skip


def rows_of(forms: list[Form]) -> list[list[str]]:
    """The features of every paragraph with its neighbours'."""
    rows = []
    count = len(forms)
    for k, form in enumerate(forms):
        row = list(form.features)
        for step in (-2, -1, 1, 2):
            if 0 <= k + step < count:
                row += [f"{step}:{f}" for f in forms[k + step].passed]
            else:
                row.append(f"{step}:none")
        before = "ends?" in forms[k - 1].tags if k else False
        after = "ends?" in forms[k + 1].tags if k + 1 < count else False
        beyond = "ends?" in forms[k + 2].tags if k + 2 < count else False
        row += [f"between {before:d}{after:d}", f"asked around {'ends?' in form.tags:d}{before:d}{after:d}{beyond:d}"]
        rows.append(row)
    return rows


def turns_of(scene: Scene) -> list[Turn]:
    """The unmarked speech of a page, in reading order."""
    if not may_converse(scene):
        return []
    forms = forms_of(scene)
    tagger = scene.analysis.models.tagger("quotes-turns")
    labels = tagger.labels(rows_of(forms))
    found: list[Turn] = []
    names = (0, 0)
    for k, label in enumerate(labels):
        paragraph = forms[k].paragraph
        if label == "name":
            names = (paragraph.first, paragraph.last)
        if label in SPOKEN and not is_marked(scene, paragraph):
            first, at = paragraph.first, names if label == "comment" else (0, 0)
            if label == "turn":
                start, end, speech = turn_label(scene.page, paragraph)
                if speech:
                    first, at = speech, (start, end)
            while first < paragraph.last - 1 and scene.page.tokens[first].form == ">":
                first += 1
            found.append(Turn(first, paragraph.last, label, tagger.marginal(label, k), paragraph, at))
    return found


def is_marked(scene: Scene, paragraph: Paragraph) -> bool:
    """True if the paragraph begins with a dash or quotation mark: then others look after it."""
    form = scene.page.tokens[paragraph.first].form
    return form in DASHES or form in MARKS
