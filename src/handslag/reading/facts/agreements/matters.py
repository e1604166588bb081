"""What agreements are about: stretches of text that rules propose as areas or activities.

They stand in lists below a line that leads to them, after the word of the agreement ("avtal med X om Y"), after a verb of
content ("covers"), or after a modal in what follows. A judge decides which of them are areas, activities or neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from handslag.language.identify import language_scores
from handslag.reading.facts.agreements.tellings import Table, Telling
from handslag.reading.facts.agreements.words import agreement_classes, form_of
from handslag.reading.page import Page, Sentence

NEAR_AFTER = 3
LIST_AFTER = 16
LONGEST_HEADING = 4
_MARKS = frozenset("–-•*·—()[].§:;,/|✓✔")
_STOPS = frozenset('.;!?()[]:“”"»«|–—')
_CONJUNCTIONS = frozenset("och samt and eller or respektive".split())
_RELATIVES = frozenset(
    "med mellan with between som där vilket vilka which that who where when då när if om medan while after efter before innan så so but men until tills från from under during".split()
)
_VERBS = frozenset(
    """har är var hade upphör upphörde löper löpte gäller ska skall kommer hålls undertecknades tecknades skrevs sägs sades blev blir har has have had
    is are was were will shall ends ended expires expired runs ran remains came comes takes took gives gave signed said says säger""".split()
)
_LEADING = frozenset("ska skall kan att även till omfatta följande shall will may to include in also".split())
_CONTENT = frozenset(
    """omfattar omfatta omfattade innefattar innefatta avser inbegriper innebär rör gäller handlar covers cover covered include includes included
    including comprise comprises concerns concern means entails focuses""".split()
)
_MODALS = frozenset(
    "ska skall kan kommer åtar åtagit förbinder förbundit förband shall will may undertakes undertaken agreed agrees commits committed intends intend avser".split()
)
_CLAUSAL = _MODALS | _VERBS
_NOTHING = frozenset("följande the following detta this".split())
_EXTENDED = frozenset("extend extended utvidgas utvidga utökas utsträckas".split())
_NEAR_WORDS = 6
_NEAR = frozenset("in to for för inom".split())
_TO = frozenset("att to sig även also vid därutöver dessutom på parterna gemensamt".split())


class Matter(NamedTuple):
    """Tokens `[first, last)` that may be an area or activity, how they were found, and the telling that they follow."""

    first: int
    last: int
    source: str
    sentence: int
    since: int
    section: str
    lead: str
    telling: Telling


def matters_of(table: Table) -> list[Matter]:
    """Every stretch of the page that rules propose, in reading order; some overlap."""
    page = table.page
    told = {telling.sentence: telling for telling in table.tellings}
    found: list[Matter] = []
    telling: Telling | None = None
    section, lead, lead_at = "", "", -99
    for sentence in page.sentences:
        if sentence.zone == "furniture":
            continue
        telling = told.get(sentence.number, telling)
        forms = [token.form for token in page.tokens[sentence.first : sentence.last]]
        if sentence.zone == "headline" or _is_heading(forms):
            section = leading(forms)
        if telling is not None:
            since = sentence.number - telling.sentence
            near = lead if sentence.number - lead_at <= 10 else ""
            if is_item(page, sentence) and (since <= LIST_AFTER or named_by(near)) and not _leads(forms):
                found += _items(table, sentence, since, section, near, telling)
            if since <= NEAR_AFTER or (table.header is not None and since <= LIST_AFTER):
                found += _within(table, sentence, since, section, telling)
        if _leads(forms):
            lead, lead_at = leading(forms) or "other", sentence.number
    return found


def _leads(forms: Sequence[str]) -> bool:
    """True for a line that leads to a list."""
    low = forms[-1].lower()
    return low == ":" or (len(forms) <= 25 and (low in _LEADING or low in _CONTENT))


def leading(forms: Sequence[str]) -> str:
    """What a heading or a line before a list leads to: "areas", "activities", or; "duty" for those who are to act."""
    found = {name for form in forms for name in agreement_classes(form) if name in ("areas", "activities", "duty")}
    lows = [form.lower() for form in forms]
    if any(low in _AREA_NOUNS for low in lows):
        found.add("areas!")
    elif any(low in _ACTIVITY_NOUNS for low in lows):
        found.add("activities!")
    if any(low in _CONTENT or low in _EXTENDED for low in lows):
        found.add("content")
    return "+".join(sorted(found))


def _is_heading(forms: Sequence[str]) -> bool:
    return len(forms) <= 6 and forms[-1] not in (".", ",", ";") and forms[0][0].isalnum()


_AREA_NOUNS = frozenset(
    "områden områdena samarbetsområden samverkansområden fokusområden areas fields area scope omfattning".split()
)
_ACTIVITY_NOUNS = frozenset(
    "aktiviteter activities former form forms åtaganden obligations duties commitments undertakings parternas skyldigheter tasks".split()
)


def named_by(words: str) -> str:
    """Whether a heading or leading line names areas or activities outright."""
    found = set(words.split("+"))
    return "areas!" if "areas!" in found else "activities!" if "activities!" in found else ""


def named_of(matter: Matter) -> str:
    """What the line that leads to a matter names, else the heading above it."""
    is_led_elsewhere = matter.source == "item" and bool({"areas", "activities"} & set(matter.lead.split("+")))
    return named_by(matter.lead) or ("" if is_led_elsewhere else named_by(matter.section))


def is_item(page: Page, sentence: Sentence) -> bool:
    """True for a sentence that opens with a list's mark or number, or is a line of a list."""
    form = page.tokens[sentence.first].form
    if sentence.zone == "list" or form in ("–", "-", "•", "*", "·", "—", "(", "§"):
        return True
    following = page.tokens[sentence.first + 1].form if sentence.first + 1 < sentence.last else ""
    return (form[0].isdigit() and len(form) <= 5) or (len(form) == 1 and following in (")", "."))


def _items(table: Table, sentence: Sentence, since: int, section: str, lead: str, telling: Telling) -> Iterator[Matter]:
    """The item without its mark and its closing word; not a heading among the items, nor a line of the list of parties."""
    page = table.page
    first, last = _bare(page, sentence.first, sentence.last)
    forms = [token.form for token in page.tokens[first:last]]
    if not forms or ":" in forms or (len(forms) <= LONGEST_HEADING and named_by(leading(forms))):
        return
    if table.header is None or not any(first <= a < last for a, _ in table.header.parties):
        yield Matter(first, last, "item", sentence.number, since, section, lead, telling)


def _bare(page: Page, first: int, last: int) -> tuple[int, int]:
    """The stretch without marks, numbers and single letters before it, marks and conjunctions behind it."""
    tokens = page.tokens
    while first < last and (
        tokens[first].form in _MARKS
        or not tokens[first].form[0].isalpha()
        or tokens[first].form.lower() in _CONJUNCTIONS
        or (first + 1 < last and tokens[first + 1].form == ")")
    ):
        first += 1
    while last > first and (tokens[last - 1].form in _MARKS or tokens[last - 1].form.lower() in _CONJUNCTIONS):
        last -= 1
    return first, last


def _within(table: Table, sentence: Sentence, since: int, section: str, telling: Telling) -> Iterator[Matter]:
    """Stretches after "om", "on", after verbs of content and after modals."""
    page = table.page
    tokens = page.tokens
    goes_on = since == 1 and telling.is_title and "matter" in agreement_classes(tokens[sentence.first].form)
    has_noun = since == 0 or goes_on or any(form_of(tokens[i].form) for i in range(sentence.first, sentence.last))
    count = 0
    anchor = telling.trigger if since == 0 else sentence.last
    for i in range(sentence.first, sentence.last - 1):
        low = tokens[i].form.lower()
        if form_of(low):
            anchor = i
        if low in _CONTENT or (low in _EXTENDED and tokens[i + 1].form.lower() in ("to", "till")):
            for first, last in _enumerated(page, i + 1, sentence.last):
                yield Matter(first, last, "content", sentence.number, since, section, low, telling)
        elif low in _MODALS:
            start = i + 1
            while start < sentence.last and tokens[start].form.lower() in _TO:
                start += 1
            last = _end_of_clause(page, start, sentence.last)
            if last - start >= 2:
                yield Matter(start, last, "modal", sentence.number, since, section, low, telling)
        elif (
            has_noun
            and count < 3
            and "matter" in agreement_classes(low)
            and (since or 0 < i - anchor < (_NEAR_WORDS + _names(page, anchor, i) if low in _NEAR else 30))
        ):
            count += 1
            for first, last in _enumerated(page, i + 1, _before_date(table, i + 1, sentence.last)):
                yield Matter(first, last, "about", sentence.number, since, section, low, telling)


def _before_date(table: Table, start: int, stop: int) -> int:
    """Where the stretch ends that begins at `start`: at the first date in it, which is nothing to agree on."""
    return min(
        (max(start, dated.first) for dated in table.dates if dated.first < stop and dated.last > start), default=stop
    )


def _names(page: Page, start: int, stop: int) -> int:
    """How many of the tokens between belong to names, as far as their capitals tell."""
    return sum(page.tokens[i].form[0].isupper() for i in range(start + 1, stop))


def _enumerated(page: Page, start: int, stop: int) -> list[tuple[int, int]]:
    """The members of what begins at `start`: cut at commas and at a conjunction between parts of two and more words."""
    last = _end_of_phrase(page, start, stop)
    cuts = [i for i in range(start, last) if page.tokens[i].form == "," or page.tokens[i].form.lower() in _CONJUNCTIONS]
    bounds = [start, *cuts, last]
    parts = [_bare(page, a, b) for a, b in pairwise(bounds)]
    parts = [part for part in parts if part[1] > part[0] and not _is_empty(page, *part)]
    commas = any(page.tokens[i].form == "," for i in cuts)
    if len(parts) > 1 and (commas or all(b - a >= 2 for a, b in parts)):
        return parts
    whole = _bare(page, start, last)
    return [whole] if whole[1] > whole[0] and not _is_empty(page, *whole) else []


def _is_empty(page: Page, first: int, last: int) -> bool:
    """True for "the following" and the like, which only point on."""
    return all(page.tokens[i].form.lower() in _NOTHING for i in range(first, last))


def _end_of_phrase(page: Page, start: int, stop: int) -> int:
    """Where the noun phrases that begin at `start` end: at a mark, a relative or a date's preposition."""
    tokens = page.tokens
    i = start
    while i < stop and tokens[i].form not in _STOPS and i - start < 30:
        low = tokens[i].form.lower()
        if low in _RELATIVES or (i > start and low in _VERBS):
            break
        if tokens[i].form == "," and i + 1 < stop and tokens[i + 1].form.lower() in _RELATIVES:
            break
        i += 1
    return i


def _end_of_clause(page: Page, start: int, stop: int) -> int:
    """Where the clause that begins at `start` ends: at a full stop, semicolon, or a comma before another clause."""
    tokens = page.tokens
    i = start
    while i < stop and tokens[i].form not in (".", ";", "!", "?", "|"):
        if (
            tokens[i].form == ","
            and i + 1 < stop
            and (tokens[i + 1].form.lower() in _RELATIVES or tokens[i + 1].form.lower() in _CONJUNCTIONS)
        ):
            break
        i += 1
    return _bare(page, start, i)[1]


def is_clause(page: Page, matter: Matter) -> bool:
    """True for a stretch with a verb that says what somebody does or has, which no name of an area holds."""
    return any(page.tokens[i].form.lower() in _CLAUSAL for i in range(matter.first, matter.last))


def is_listed_area(page: Page, matter: Matter) -> bool:
    """True for a phrase in a list below a line or heading that names areas outright."""
    return (
        matter.source == "item" and bool(matter.lead) and named_of(matter) == "areas!" and not is_clause(page, matter)
    )


def matter_features(table: Table, matter: Matter, probability: float, status: str) -> list[str]:
    """Features of a stretch for being an area or an activity; of its telling the probability and the status."""
    page = table.page
    tokens = page.tokens
    sentence = page.sentences[matter.sentence]
    since = (
        str(min(4, matter.since))
        if matter.source != "item"
        else "i" + str(sum(matter.since >= s for s in (1, 3, 6, 10)))
    )
    source = matter.source
    found = [
        source,
        source + "&since" + since,
        source + "&section=" + matter.section,
        source + "&lead=" + matter.lead,
        "lang=" + page.language,
    ]
    named = named_of(matter)
    found += ["named " + named, "named " + named + "&" + source]
    chance = "t" + str(sum(probability >= s for s in (0.1, 0.25, 0.5, 0.75)))
    found += [
        chance,
        chance + "&" + source,
        "status=" + status,
        "status=" + status + "&" + source,
        "strength" + str(matter.telling.strength) + "&" + source,
    ]
    found += [
        "form=" + matter.telling.form,
        "form=" + matter.telling.form + "&" + source,
        "z=" + sentence.zone + "&" + source,
    ]
    size = str(sum(matter.last - matter.first >= s for s in (2, 3, 4, 6, 9, 14)))
    found += ["size" + size, "size" + size + "&" + source]
    formal = "formal" if table.header is not None else "news"
    found += [formal, formal + "&" + source, formal + "&" + source + "&" + matter.section]
    first, last = tokens[matter.first].form, tokens[matter.last - 1].form
    low = first.lower()
    found += [
        "first=" + low,
        "first3=" + low[-3:],
        "first " + ("capital" if first[0].isupper() else "small") + "&" + source,
        "last3=" + last.lower()[-3:],
    ]
    verb = matter.first - 1
    if matter.source in ("content", "modal") and any(
        form_of(tokens[i].form) or tokens[i].form.lower() in ("work", "arbetet", "parties", "parterna")
        for i in range(max(sentence.first, verb - 6), verb)
    ):
        found += ["the agreement says", source + "&the agreement says"]
    if language_scores((low,)):
        found.append("opens with a small word")
    before = tokens[matter.first - 1].form.lower() if matter.first > sentence.first else "^"
    found += ["before=" + before, source + "&before=" + before]
    found.append("next=" + (tokens[matter.last].form.lower() if matter.last < sentence.last else "$"))
    if matter.source == "about":
        between = range(matter.telling.trigger + 1, matter.first - 1) if matter.since == 0 else range(0)
        found.append("gap" + str(sum(len(between) >= s for s in (1, 2, 4, 7, 12))) + "&" + chance)
        if any(tokens[i].form.lower() in ("med", "mellan", "with", "between") for i in between):
            found.append("behind a party")
        if matter.telling.trigger < matter.first and form_of(tokens[max(sentence.first, matter.first - 2)].form):
            found.append("behind the noun")
    shape = "clause" if is_clause(page, matter) else "phrase"
    found += [shape + "&" + source, shape + "&" + source + "&named " + named]
    numbers = sum(tokens[i].form[0].isdigit() for i in range(matter.first, matter.last))
    found.append("numbers" + str(min(2, numbers)))
    names = sum(tokens[i].form[0].isupper() for i in range(matter.first + 1, matter.last))
    found.append("capitals" + str(min(3, names)) + "&" + source)
    inside = {
        c
        for i in range(matter.first, matter.last)
        for c in agreement_classes(tokens[i].form)
        if c.startswith(("status", "form"))
    }
    found += ["holds " + c for c in inside]
    return found
