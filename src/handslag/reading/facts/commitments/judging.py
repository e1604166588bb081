"""What speaks for and against a span being a commitment, and for how firm it is: features for the judges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from handslag.language.base_forms import plain
from handslag.language.dates import resolve
from handslag.language.deciding import Deciding
from handslag.reading.analysis import Analysis
from handslag.reading.facts.commitments.context import SentenceContext
from handslag.reading.facts.commitments.verbs import verb_forms
from handslag.reading.facts.organisations import bucket
from handslag.reading.models import Span
from handslag.reading.page import Page, Sentence
from handslag.vocabulary.load import vocabulary


@cache
def _genre_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for genre, words in vocabulary("genres").items():
        for word in words:
            found[word] = (*found.get(word, ()), genre)
    return found


def page_features(page: Page) -> list[str]:
    """What kind of text the page is: words of its headlines, and how strongly each genre's words stand out."""
    known = _genre_words()
    counts: Counter[str] = Counter()
    headlines: dict[str, None] = {}
    for sentence in page.sentences:
        for i in range(sentence.first, sentence.last):
            low = page.tokens[i].form.lower()
            for genre in known.get(low, ()):
                counts[genre] += 1
            if sentence.zone == "headline" and low.isalpha():
                headlines.setdefault(low)
    total = max(1, len(page.tokens))
    found = ["T:" + word for word in list(headlines)[:14]]
    found += [f"G:{genre}{sum(1000 * n // total >= step for step in (4, 10, 20, 40))}" for genre, n in counts.items()]
    if counts:
        found.append("G1:" + counts.most_common(1)[0][0])
    return found


def firmness_features(
    analysis: Analysis,
    sentence: Sentence,
    span: Span,
    contexts: dict[int, SentenceContext],
    names: Mapping[int, str],
    title: list[str],
) -> list[str]:
    """Words and cue classes before, in and after the span, of the introducing line and the heading; who is named before it.

    `names` maps the tokens that are part of a name to its kind.
    """
    page, context = analysis.page, contexts[sentence.number]
    words, cues = context.words, context.cues
    first, last = span.first - sentence.first, span.last - sentence.first
    found, before, inside = _words_around(sentence, words, first, last)
    genre = next((item for item in reversed(title) if item.startswith("G1:")), "G1:")
    found += ["a:" + word for word in words[last : last + 4]]
    nearest = ""
    for k in range(first - 1, -1, -1):
        if cues[k]:
            nearest = "+".join(cues[k])
            break
    found.append("kb=" + nearest)
    found += ["kb:" + name for at in cues[max(0, first - 8) : first] for name in at]
    found += ["ki:" + name for at in cues[first:last] for name in at]
    found += ["ka:" + name for at in cues[last : last + 6] for name in at]
    inner = next(("+".join(at) for at in cues[first:last] if at), "")
    found.append("k1=" + inner)
    found.append("kbi=" + nearest + ">" + inner)
    found += [genre + "&kb=" + nearest, genre + "&k1=" + inner, genre + "&z=" + sentence.zone]
    found += [genre + "&b1:" + (before[-1] if before else "^"), genre + "&i0:" + inside[0]]
    near = deciding_for(context, first, last)
    found += _decided(near, context, contexts, first, last, genre)
    found += ["R:" + name for name in context.row_cues]
    if context.intro_sentence >= 0:
        intro = contexts[context.intro_sentence].words[-9:]
        found += ["I:" + word for word in intro] + ["Ik:" + name for name in context.intro]
    if context.heading_sentence >= 0 and sentence.zone in ("list", "table", "feed"):
        found += ["H:" + word for word in contexts[context.heading_sentence].words[:8]] + [
            "Hk:" + name for name in context.heading
        ]
    else:
        found += ["Hk.:" + name for name in context.heading]
    kinds = [names[i] for i in range(sentence.first, span.first) if i in names]
    found.append("named=" + (kinds[-1] if kinds else ""))
    if kinds and near is not None:
        found.append("named=" + kinds[-1] + "&D:" + near.firmness)
    if any(word in ("vi", "we", "jag", "i", "i'll", "we'll") for word in words[:first]):
        found.append("we before")
    if sentence.first == span.first:
        found.append("whole start")
    if sentence.is_row:
        found.append("cell" + str(min(4, sentence.cell)))
    if page.tokens[sentence.last - 1].form == "?":
        found.append("question")
    verbs = _verbs(context, sentence, first, last, genre)
    found += verbs + _times(analysis, sentence, verbs[:3])
    if analysis.voice_at(page.tokens[span.first].start) is None:
        found.append("no voice")
    else:
        found += ["voice", "voice&" + genre, "voice&" + verbs[0]]
        if near is not None:
            found.append("voice&D:" + near.firmness)
    if sentence.is_row:
        found += _rest_of_row(page, sentence, contexts)
    return found + title


def _words_around(
    sentence: Sentence, words: list[str], first: int, last: int
) -> tuple[list[str], list[str], list[str]]:
    """Features of the words before and in words `[first, last)` of a sentence, besides those words themselves."""
    found = ["z=" + sentence.zone, "lang=" + sentence.language]
    before = words[max(0, first - 6) : first]
    found += ["b:" + word for word in before] + ["b2:" + a + " " + b for a, b in pairwise(before)]
    if before:
        found += ["b1:" + before[-1], "b1e:" + before[-1][-3:]]
    else:
        found.append("b:^")
    inside = words[first : min(last, first + 7)]
    found += ["i:" + word for word in inside] + ["i2:" + a + " " + b for a, b in pairwise(inside)]
    found += [f"i{k}e:" + word[-3:] for k, word in enumerate(inside[:3])] + ["i0:" + inside[0]]
    if before:
        found.append("bi:" + before[-1] + " " + inside[0])
    return found, before, inside


def _verbs(context: SentenceContext, sentence: Sentence, first: int, last: int, genre: str) -> list[str]:
    """The forms of the last verb before words `[first, last)`, of the first one inside and of the sentence's first one."""
    forms = verb_forms(context.words, sentence.language)
    before = next((form for k, form in reversed(forms) if k < first), "")
    inside = next((form for k, form in forms if first <= k < min(last, first + 4)), "")
    opening = forms[0][1] if forms else ""
    found = ["vb=" + before, "vi=" + inside, "v1=" + opening, "vbi=" + before + ">" + inside]
    return [*found, genre + "&vb=" + before, genre + "&v1=" + opening]


def _times(analysis: Analysis, sentence: Sentence, verbs: list[str]) -> list[str]:
    """Whether the dates of the sentence lie behind or ahead of the day on which it was said, alone and with its verbs."""
    day = analysis.said_on
    times = set()
    for mention in analysis.dates_in(sentence)[:3]:
        period = resolve(mention, day, anchor=day).period if day else ""
        end = period.strip("/").split("/")[-1]
        if day is None:
            times.add("date=unknown")
        elif not end[:4].isdigit():
            times.add("date=rhythm" if period else "date=open")
        else:
            size = len(end) if end[5:7].isdigit() else 4
            today = day.isoformat()[:size]
            times.add("date=past" if end[:size] < today else "date=future" if end[:size] > today else "date=now")
    if not times:
        return ["no date"]
    ordered = sorted(times)
    return ordered + [time + "&" + verb for time in ordered for verb in verbs]


def _rest_of_row(page: Page, sentence: Sentence, contexts: dict[int, SentenceContext]) -> list[str]:
    """The words of the row's short cells ("klar", "pågår", "ansvarig") and what decides in its other cells."""
    found = []
    for cell in page.sentences[max(0, sentence.number - 5) : sentence.number + 6]:
        if cell.block == sentence.block and cell is not sentence and cell.number in contexts:
            context = contexts[cell.number]
            if len(context.words) < 5:
                found += ["rw:" + word for word in context.words if word.isalpha()]
            found += ["rD:" + item.firmness for item in context.deciding]
    return found


def _decided(
    near: Deciding | None,
    context: SentenceContext,
    contexts: dict[int, SentenceContext],
    first: int,
    last: int,
    genre: str,
) -> list[str]:
    """Features of the deciding words that are nearest to words `[first, last)` of a sentence, else of the introducing line."""
    words = context.words
    if near is not None:
        where = "D<" if near.last <= first else "D>" if near.first >= last else "D="
        phrase = " ".join(words[near.first : near.last])
        found = [where + near.firmness, "D:" + near.firmness, "Dw:" + phrase, genre + "&D:" + near.firmness]
        found.append("D" + str(min(3, max(0, first - near.last) // 3)) + near.firmness)
        others = {item.firmness for item in context.deciding} - {near.firmness}
        return found + (["D2:" + other for other in sorted(others)] or ["D only " + near.firmness])
    found = ["D:none"]
    if context.intro_sentence >= 0 and contexts[context.intro_sentence].deciding:
        firmness = contexts[context.intro_sentence].deciding[-1].firmness
        found += ["DI:" + firmness, genre + "&DI:" + firmness]
    return found


def deciding_for(context: SentenceContext, first: int, last: int) -> Deciding | None:
    """The deciding words for words `[first, last)` of a sentence: those inside or last before them, else the next after."""
    within = [item for item in context.deciding if item.first < last and item.last > first]
    before = [item for item in context.deciding if item.last <= first]
    if within and (not before or within[0].first <= first + 3):
        return within[0]
    if before:
        return before[-1]
    if within:
        return within[0]
    return context.deciding[0] if context.deciding else None


def commitment_features(sentence: Sentence, span: Span, firm: list[str], firmness: tuple[str, float]) -> list[str]:
    """Features of whether the span is a commitment at all: the tagger's probability, its firmness, length and company.

    `firm` holds the features that its firmness was judged by.
    """
    length = span.last - span.first
    found = ["p" + bucket(span.probability), "f=" + firmness[0], "fp" + bucket(firmness[1])]
    found += [
        "p" + bucket(span.probability) + "&f=" + firmness[0],
        "n" + str(sum(length >= step for step in (2, 3, 5, 8, 12, 20, 30))),
    ]
    found.append("share" + str(10 * length // max(1, sentence.last - sentence.first)))
    found += _doubts(span, firm, firmness[1])
    return found + [item for item in firm if item.startswith(_KEPT)]


@cache
def _doubtful_words() -> dict[str, str]:
    return {
        word: "doubt " + name
        for name, lists in vocabulary("hedges").items()
        for words in lists.values()
        for word in words
    }


def _doubts(span: Span, firm: list[str], firmness: float) -> list[str]:
    """What alone makes a span doubtful, however much speaks for it: a hedge, a denial, an unsure tagger, a scrap."""
    known = _doubtful_words()
    found = {known[item[2:]] for item in firm if item[:2] in ("b:", "i:") and item[2:] in known}
    if span.probability < _SURE_SPAN:
        found.add("doubt span")
    if firmness < _SURE_FIRMNESS:
        found.add("doubt firmness")
    if span.last - span.first < _SCRAP:
        found.add("doubt scrap")
    return sorted(found)


# what has at least so much is hardly ever no commitment for that reason
_SURE_SPAN, _SURE_FIRMNESS = 0.93, 0.85
_SCRAP = 3
_KEPT = ("z=", "la", "kb", "ki", "ka", "Ik", "R:", "b1", "na", "k1", "b:", "T:", "i0", "Hk", "D", "G1")


def cue_of(
    page: Page, sentence: Sentence, span: Span, contexts: dict[int, SentenceContext], firmness: str
) -> tuple[str, Sentence | None]:
    """The deciding words of the firmness as printed, and the sentence they stand in.

    Words of that very firmness come first: in the sentence, then in the introducing line, the heading. Then whatever decides
    in the sentence, then the nearest cue word, then the span's first word.
    """
    context = contexts[sentence.number]
    first, last = span.first - sentence.first, span.last - sentence.first
    places: list[tuple[int, Sentence, Deciding]] = []
    for number in dict.fromkeys((sentence.number, context.intro_sentence, context.heading_sentence)):
        if number in contexts and (number == sentence.number or sentence.zone in ("list", "table", "feed")):
            there = page.sentences[number]
            for item in contexts[number].deciding:
                away = abs(item.first - first) if number == sentence.number else 50
                places.append((away + (0 if item.last <= last else 20), there, item))
    fitting = [place for place in places if place[2].firmness == firmness]
    own = [place for place in places if place[1] is sentence]
    for group in (fitting, own):
        if group:
            _, there, item = min(group, key=lambda place: place[0])
            return plain(page.words(there.first + item.first, there.first + item.last)), there
    cues = [k for k, at in enumerate(context.cues) if firmness in at] or [k for k, at in enumerate(context.cues) if at]
    if cues:
        k = min(cues, key=lambda k: abs(k - first))
        return page.tokens[sentence.first + k].form, sentence
    return page.tokens[span.first].form, sentence
