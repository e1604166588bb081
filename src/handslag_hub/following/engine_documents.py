"""From rows to what the engine is given: documents with their sentences, commitments with the pages they stand on."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from handslag.following.documents import Commitment, Person, Place, Stretch, Voice
from handslag.following.documents import Document as Page
from handslag.following.seeing.names import Name
from handslag.following.seeing.telling import Sentence, read_sentence
from handslag.following.seeing.views import CommitmentView, DocumentView, Rarity, view_commitment
from handslag.reading.page import page_of
from handslag_hub.store.bulk import select_rows
from handslag_hub.store.models import Document, Fact, FactPassage, Statement

Said = Mapping[str, Sequence[str]]


def page_of_document(document: Document) -> Page:
    """The document as the engine takes it, with the names and quotations that hold of it now. Three queries."""
    facts = Fact.objects.filter(document=document, shown=True, kind__in=("organisation", "role", "quote"))
    kinds = dict(facts.order_by("position", "pk").values_list("pk", "kind"))
    said = said_by(kinds)
    bodies = [
        name for key, kind in kinds.items() if kind == "organisation" for name in _all(said[key], "name", "alias")
    ]
    people = [Person(_first(said[key], "name"), _first(said[key], "organisation")) for key, kind in kinds.items() if kind == "role"]  # fmt: skip
    return _page(document, _sentences(document), bodies, people, _voices(document, kinds, said))


def said_by(facts: Iterable[int]) -> dict[int, dict[str, list[str]]]:
    """Fact → predicate → the values that hold, in order."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = select_rows(Statement, ("rank", "id", "fact", "predicate", "value", "value_normal"), fact=facts, holds=[True])  # fmt: skip
    for _, _, fact, predicate, value, normal in sorted(rows):
        found[fact][predicate].append(normal if predicate == "when" else value)
    return found


def _page(document: Document, sentences: Iterable[Stretch], bodies: Iterable[str], people: Iterable[Person], voices: Iterable[Voice]) -> Page:  # fmt: skip
    return Page(
        path=document.title or document.address,
        sha256=document.uid,
        text=document.text,
        language=document.language,
        said_on=document.known_period,
        said_precision=document.said_precision,
        sentences=tuple(sentences),
        organisations=tuple(bodies),
        people=tuple(people),
        voices=tuple(voices),
    )


def _sentences(document: Document) -> list[Stretch]:
    page = page_of(document.text)
    starts = [line[0] for line in document.lines]
    found = []
    for sentence in page.sentences:
        start, end = page.tokens[sentence.first].start, page.tokens[sentence.last - 1].end
        if end > start:
            at = bisect_right(starts, start) - 1
            zone, language = document.lines[at][2:4] if at >= 0 else ("", "")
            found.append(Stretch(start, end, zone, language))
    return found


def _voices(document: Document, kinds: Mapping[int, str], said: Mapping[int, Said]) -> list[Voice]:
    quotes = [key for key, kind in kinds.items() if kind == "quote"]
    rows = FactPassage.objects.filter(fact__in=quotes, rank=0, passage__document=document).order_by("passage__start")
    return [
        Voice(start, end, _first(said[fact], "speaker"), _first(said[fact], "organisation"))
        for fact, start, end in rows.values_list("fact", "passage__start", "passage__end")
    ]


def _all(said: Said, *predicates: str) -> list[str]:
    return [value for predicate in predicates for value in said.get(predicate, ())]


def _first(said: Said, predicate: str) -> str:
    values = said.get(predicate)
    return values[0] if values else ""


# --- commitments and the pages they stand on -------------------------------------------------------------------------------

Home = dict[str, Any]


def home_of(view: DocumentView) -> Home:
    """What of a page commitments that stand on it are told, to be kept: its head, words, names, people, and where its sentences are."""
    page = view.document
    return {
        "head": [[name.start, name.end, list(name.words)] for name in view.head[:1]],
        "words": {stem: round(weight, 3) for stem, weight in view.topics.items()},
        "names": sorted(view.name_words),
        "people": [[person.name, person.organisation] for person in page.people],
        "sentences": [[s.start, s.end, s.zone, s.language, s.paragraph] for s in view.sentences],
    }


def home_view(document: Document, home: Home, near: Collection[tuple[int, int]]) -> DocumentView:
    """The page as `view_commitment` needs it: of its sentences those in which commitments stand (`near`), and the one before each."""
    people = [Person(name, body) for name, body in home["people"]]
    page = _page(document, (), (), people, ())
    spans = home["sentences"]
    ends = [span[1] for span in spans]
    wanted: set[int] = set()
    for first, last in near:
        at = bisect_right(ends, first)
        while at < len(spans) and spans[at][0] < last:
            wanted.update((max(0, at - 1), at))
            at += 1
    sentences = []
    for k in sorted(wanted):
        start, end, zone, language, paragraph = spans[k]
        sentence = read_sentence(page, Stretch(start, end, zone, language))
        sentence.paragraph = paragraph
        sentences.append(sentence)
    head = [Name(start, end, tuple(words)) for start, end, words in home["head"]]
    return DocumentView(page, sentences, head, home["words"], frozenset(home["names"]))


def commitment_view(fact: Fact, places: Sequence[tuple[int, int, str]], said: Said, home: DocumentView, rarity: Rarity, read: Sequence[Sentence] = ()) -> CommitmentView:  # fmt: skip
    """The commitment of a fact, prepared for comparing; `places` are its passages on its page, the deciding one first, `read` what of
    `home` was read by `home_view`.
    """
    document = home.document.sha256
    commitment = Commitment(
        id=fact.uid,
        evidence=tuple(Place(document, *place) for place in places),
        who=tuple(said.get("who", ())),
        what=_first(said, "what"),
        firmness=_first(said, "firmness"),
        cue=_first(said, "cue"),
        condition=_first(said, "condition"),
        when=_first(said, "when"),
        theme=_first(said, "theme"),
    )
    return view_commitment(commitment, home, rarity, read)
