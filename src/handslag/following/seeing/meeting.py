"""Where words of a commitment meet words of a page: the page's words are looked up by what two words alike must share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from handslag.following.seeing.words import Word, likeness

if TYPE_CHECKING:
    from handslag.following.seeing.telling import Sentence

# Words that are alike by their letters begin with the same five or end with the same four (`words.likeness`).
_BEGINNING: Final = 5
_END: Final = 4


class Met(NamedTuple):
    """A word of the page that is like a looked-up one: in which sentence, the word, how alike."""

    sentence: int
    word: Word
    likeness: float


class WordsOnPage:
    """The telling words of a page, each form once, found by stem, notions, beginning and end."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._places: dict[tuple[str, str], list[tuple[int, Word]]] = {}
        self._forms: dict[str, list[tuple[str, str]]] = {}
        self._met: dict[tuple[str, str], list[Met]] = {}
        for number, sentence in enumerate(sentences):
            for word in sentence.words:
                form = (word.form, word.language)
                if form not in self._places:
                    for key in _keys(word):
                        self._forms.setdefault(key, []).append(form)
                self._places.setdefault(form, []).append((number, word))

    def like(self, word: Word) -> list[Met]:
        """All words of the page that are like this one, in the order of the page."""
        form = (word.form, word.language)
        found = self._met.get(form)
        if found is None:
            forms = {other for key in _keys(word) for other in self._forms.get(key, ())}
            found = []
            for other in forms:
                places = self._places[other]
                alike = likeness(word, places[0][1])
                if alike > 0:
                    found += [Met(number, theirs, alike) for number, theirs in places]
            found.sort(key=lambda met: met.word.start)
            self._met[form] = found
        return found


def _keys(word: Word) -> Iterable[str]:
    yield word.stem
    for notion in (*word.notions, *word.parts):
        yield "c:" + notion
    if len(word.stem) >= _END:
        yield "e:" + word.stem[-_END:]
        yield "b:" + word.stem[:_BEGINNING]
