"""Where a name of an event begins and ends: the shortest and longer readings around its noun, judged against one another."""

from __future__ import annotations

from collections.abc import Collection

from handslag.reading.facts.events.names import belongs_before, is_small_word
from handslag.reading.facts.events.scene import Scene
from handslag.reading.facts.events.tagger import Spot
from handslag.reading.facts.events.words import event_classes, is_event_noun
from handslag.reading.models import Judge

_MOST_BEFORE = 3
_MOST_BEHIND = 3
_MOST_LINKED = 4
_LINKS = frozenset("i in at på hos till to med with från from om on about of för for av".split())
_ARTICLES = frozenset("the a an en ett den det de our its sin sitt vårt vår this".split())
_MARKS = frozenset('.,;:!?()[]–—-|·•*"“”»«/')


def head_of(scene: Scene, name: Spot) -> int:
    """The token of the name that says what kind of event it is: its first noun of events before a preposition, else its last word."""
    tokens = scene.page.tokens
    head = name.last - 1
    for i in range(name.first, name.last):
        if is_event_noun(tokens[i].form):
            head = i
            if i + 1 == name.last or not is_event_noun(tokens[i + 1].form):
                break
    return head


def readings_of(scene: Scene, name: Spot, dated: Collection[int]) -> list[tuple[int, int]]:
    """Tokens `[first, last)` that the name could be, the name as found first."""
    head = head_of(scene, name)
    firsts = _beginnings(scene, name, head, dated)
    lasts = _ends(scene, name, head, dated)
    found = [(name.first, name.last)]
    found += [(a, b) for a in firsts for b in lasts if (a, b) != found[0]]
    return found


def _beginnings(scene: Scene, name: Spot, head: int, dated: Collection[int]) -> list[int]:
    """The noun itself, each word before it that may belong to it, an article before these, and where the name was found to begin."""
    page, sentence = scene.page, scene.sentence(name.first)
    found = {name.first, head}
    first = head
    while first > max(sentence.first, head - _MOST_BEFORE) and belongs_before(page, sentence, first - 1, dated):
        first -= 1
        found.add(first)
    for i in (first, name.first):
        if i > sentence.first and page.tokens[i - 1].form.lower() in _ARTICLES:
            found.add(i - 1)
    return sorted(i for i in found if i <= head)


def _ends(scene: Scene, name: Spot, head: int, dated: Collection[int]) -> list[int]:
    """After the noun, after names and numbers behind it, after up to two linked phrases, after its date, where it was found to end."""
    page, sentence = scene.page, scene.sentence(name.first)
    tokens = page.tokens
    found = {head + 1, name.last}
    last = head + 1
    while last < min(sentence.last, head + 1 + _MOST_BEHIND) and last not in dated and _is_name_like(tokens[last].form):
        last += 1
    found.add(last)
    for start in {head + 1, last}:
        once = _linked_end(scene, sentence.last, start, dated)
        found |= {once, _linked_end(scene, sentence.last, once, dated)} if once else set()
    return sorted(i for i in found if i > head)


def _is_name_like(form: str) -> bool:
    return form[0].isupper() or form[0].isdigit() or is_event_noun(form)


def _linked_end(scene: Scene, end: int, start: int, dated: Collection[int]) -> int:
    """Where the phrase ends that a preposition leads at `start`; 0 if there is none."""
    tokens = scene.page.tokens
    if start + 1 >= end or tokens[start].form.lower() not in _LINKS:
        return 0
    last = start + 1
    if last in dated:
        while last < end and last in dated:
            last += 1
        return last
    while last < min(end, start + 1 + _MOST_LINKED) and last not in dated:
        form = tokens[last].form
        if form in _MARKS or (is_small_word(form) and last > start + 1):
            break
        last += 1
    return last if last > start + 1 and not is_small_word(tokens[last - 1].form) else 0


def reading_features(scene: Scene, name: Spot, reading: tuple[int, int], dated: Collection[int]) -> list[str]:
    """Features of a reading of the name: how it differs from the name as found, what it takes in and what it leaves out."""
    first, last = reading
    tokens = scene.page.tokens
    sentence = scene.sentence(first)
    head = head_of(scene, name)
    before, behind = head - first, last - head - 1
    begun = "same" if first == name.first else "more" if first < name.first else "less"
    ended = "same" if last == name.last else "more" if last > name.last else "less"
    sure = str(sum(name.probability >= step for step in (0.05, 0.3, 0.6, 0.85)))
    found = [
        "begins " + begun, "ends " + ended, "both " + begun + ended,
        "begins " + begun + sure + name.maker, "ends " + ended + sure + name.maker,
        "words" + str(min(8, last - first)), "before" + str(before), "behind" + str(min(5, behind)),
        f"around{min(2, before)}{min(3, behind)}", "lang=" + scene.page.language + str(min(3, last - first)),
    ]  # fmt: skip
    form = tokens[first].form
    low = form.lower()
    found += [
        "first=" + low,
        "first " + _kind_of(form, first, head),
        "last " + _kind_of(tokens[last - 1].form, last - 1, head),
    ]
    found += ["first is " + c for c in event_classes(form)[:2] if first < head]
    found.append("left=" + (tokens[first - 1].form.lower() if first > sentence.first else "^"))
    found.append("left " + (_kind_of(tokens[first - 1].form, first - 1, head) if first > sentence.first else "^"))
    following = tokens[last].form if last < sentence.last else "$"
    found += ["right=" + following.lower(), "right " + ("date" if last in dated else _kind_of(following, last, head))]
    links = [tokens[i].form.lower() for i in range(head + 1, last) if tokens[i].form.lower() in _LINKS]
    found += ["holds " + link for link in links]
    found.append("links" + str(min(2, len(links))))
    if any(i in dated for i in range(first, last)):
        found.append("holds a date")
    if any(tokens[i].form in _MARKS for i in range(first, last)):
        found.append("holds a mark")
    if any(
        place.first < last and place.last > head + 1 and place.probability >= 0.3
        for place in scene.places_of_sentence.get(sentence.number, ())
    ):
        found += ["holds a place", "holds a place&words" + str(min(5, last - first))]
    if first == sentence.first and last == sentence.last:
        found.append("whole")
    found.append(("row" if sentence.is_row else "prose") + f"{min(2, before)}{min(3, behind)}")
    capital = "capital" if tokens[head].form[0].isupper() and head > sentence.first else "plain"
    found.append(capital + f"{min(2, before)}{min(3, behind)}")
    return found


def _kind_of(form: str, i: int, head: int) -> str:
    """A word's kind, as far as it matters at the edge of a name."""
    low = form.lower()
    if i == head:
        return "head"
    if low in _ARTICLES:
        return "article"
    if low in _LINKS:
        return "link"
    if form in _MARKS:
        return "mark"
    if form[0].isdigit():
        return "number"
    if form[0].isupper():
        return "capital"
    return "small" if is_small_word(form) else "word"


def best_reading(scene: Scene, name: Spot, dated: Collection[int], judge: Judge) -> Spot:
    """The name with the boundaries that are likeliest."""
    readings = readings_of(scene, name, dated)
    if len(readings) == 1:
        return name
    best = max(readings, key=lambda reading: judge.probability(reading_features(scene, name, reading, dated)))
    return name._replace(first=best[0], last=best[1])
