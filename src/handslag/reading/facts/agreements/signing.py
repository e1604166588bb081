"""When, where and by whom an agreement was signed: features of dates and people for the judges, and a rule for the place."""

from __future__ import annotations

from collections.abc import Sequence

from handslag.language.lexicon import classes_of
from handslag.reading.facts.agreements.tellings import SIGNED, Table, Telling, sentence_of
from handslag.reading.facts.agreements.words import agreement_classes, form_of
from handslag.reading.facts.events.dates import Dated
from handslag.reading.names.people import Person

NEAR_SENTENCES = 2
# a signed text has its day and its names in so many last sentences
_END = 16
_DISTANCES = (1, 2, 3, 5, 8, 13, 21)
_SIGNS = frozenset("undertecknade undertecknat signerade signerat signed".split())
_BEFORE_SIGNS = frozenset("har hade has had have".split())
_AND = frozenset("och samt and ,".split())
_NOT = frozenset("inte ej aldrig inget not never no".split())
_IT_WITHIN = 6


def dates_near(table: Table, telling: Telling) -> list[Dated]:
    """Dates that the agreement could have: around the telling, and at the end of a text that is itself the agreement."""
    page = table.page
    end = len(page.sentences) - _END if table.header is not None else len(page.sentences)
    found = [
        dated for dated in table.dates
        if not dated.mention.rhythm
        and (abs(page.sentence_of[dated.first] - telling.sentence) <= NEAR_SENTENCES or page.sentence_of[dated.first] >= end)
    ]  # fmt: skip
    return sorted(
        found,
        key=lambda dated: (abs(page.sentence_of[dated.first] - telling.sentence), abs(dated.first - telling.trigger)),
    )[:8]


def _around(table: Table, first: int, last: int, prefix: str) -> list[str]:
    """The words beside a span and whether anything in its sentence speaks of signing."""
    page = table.page
    sentence = page.sentences[page.sentence_of[first]]
    tokens = page.tokens
    found = [prefix + "before=" + (tokens[first - 1].form.lower() if first > sentence.first else "^")]
    found.append(prefix + "next=" + (tokens[last].form.lower() if last < sentence.last else "$"))
    if table.speaks_of_signing(sentence):
        found.append(prefix + "signed")
        if any(tokens[i].form.lower() in SIGNED for i in range(max(sentence.first, first - 6), first)):
            found.append(prefix + "signed just before")
    found += sorted(
        {
            prefix + name
            for i in range(max(sentence.first, first - 8), first)
            for name in agreement_classes(tokens[i].form)
            if name.startswith("status")
        }
    )
    if sentence.last - sentence.first <= 8:
        found.append(prefix + "short")
    found.append(prefix + "z=" + sentence.zone)
    return found


def date_features(table: Table, telling: Telling, dated: Dated, rank: int, status: str) -> list[str]:
    """Features of a date for being the agreement's."""
    page = table.page
    away = page.sentence_of[dated.first] - telling.sentence
    where = "=" if away == 0 else ("+" if away > 0 else "-") + str(min(3, abs(away)))
    found = [
        "rank" + str(min(3, rank)),
        "at " + where,
        "rank" + str(min(3, rank)) + "&at " + where,
        "status=" + status,
        "status=" + status + "&at " + where,
    ]
    mention = dated.mention
    found += [
        "kind=" + mention.kind,
        "kind=" + mention.kind + "&at " + where,
        "bound=" + mention.bound,
        "bound=" + mention.bound + "&status=" + status,
    ]
    if mention.is_full_day:
        found.append("full")
    if table.header is not None:
        found += ["formal", "formal&full" if mention.is_full_day else "formal&part"]
        if page.sentence_of[dated.first] >= len(page.sentences) - _END:
            found.append("formal&end")
    if away == 0:
        side = "after" if dated.first > telling.trigger else "before"
        gap = abs(dated.first - telling.trigger)
        found += [side, side + "&d" + str(sum(gap >= step for step in _DISTANCES))]
    return found + _around(table, dated.first, dated.last, "")


def people_near(table: Table, tellings: Sequence[Telling]) -> list[Person]:
    """The persons for whom `person_features` gives features for one of the tellings, in the page's order."""
    sentences = {t.sentence + step for t in tellings for step in range(-NEAR_SENTENCES, NEAR_SENTENCES + 1)}
    if table.header is not None:
        count = len(table.page.sentences)
        sentences.update(range(max(0, count - _END), count))
    named = table.people_of_sentence()
    people = table.analysis.people
    return [people[number] for number in sorted({number for n in sentences for number in named.get(n, ())})]


def person_features(table: Table, telling: Telling, person: Person) -> list[str] | None:
    """Features of a person for having signed; None for one named nowhere near."""
    page = table.page
    mention = min(person.mentions, key=lambda m: abs(page.sentence_of[m.first] - telling.sentence))
    away = page.sentence_of[mention.first] - telling.sentence
    formal = table.header is not None
    last = person.mentions[-1]
    at_end = formal and page.sentence_of[last.first] >= len(page.sentences) - _END
    if abs(away) > NEAR_SENTENCES and not at_end:
        return None
    where = "=" if away == 0 else ("+" if away > 0 else "-") + str(min(3, abs(away)))
    found = ["at " + where, "formal" if formal else "told", ("formal" if formal else "told") + "&at " + where]
    if at_end:
        sentence = page.sentences[page.sentence_of[last.first]]
        found += [
            "at end",
            "at end&" + ("alone" if sentence.last - sentence.first <= last.last - last.first + 1 else "within"),
        ]
        found += _around(table, last.first, last.last, "end:")
    found += _around(table, mention.first, mention.last, "")
    people = len(table.people_of_sentence().get(page.sentence_of[mention.first], ()))
    found.append("people" + str(min(4, people)) + "&at " + where)
    if any(
        page.tokens[i].form.lower() in ("säger", "says", "said", "enligt")
        for i in range(mention.last, min(len(page.tokens), mention.last + 6))
    ):
        found.append("speaks")
    return found


def is_told_to_sign(table: Table, telling: Telling, person: Person) -> bool:
    """True where it is said outright, near the telling: "NAME (and NAME) signed the agreement"."""
    page = table.page
    return any(
        abs(page.sentence_of[mention.first] - telling.sentence) <= NEAR_SENTENCES and _signs(table, mention.last)
        for mention in person.mentions
    )


def _signs(table: Table, at: int) -> bool:
    """True if what follows a name, or the names after it, is a verb of signing with the agreement as its object."""
    page = table.page
    last = page.sentences[page.sentence_of[at - 1]].last
    forms = [token.form.lower() for token in page.tokens[at:last]]
    ends = {m.first - at: m.last - at for person in table.analysis.people for m in person.mentions if m.first >= at}
    verb = 0
    while verb + 1 < len(forms) and forms[verb] in _AND and verb + 1 in ends:
        verb = ends[verb + 1]
    while verb < len(forms) and forms[verb] in _BEFORE_SIGNS:
        verb += 1
    if verb >= len(forms) or forms[verb] not in _SIGNS:
        return False
    told = forms[verb + 1 : verb + 1 + _IT_WITHIN]
    return any(form_of(form) for form in told) and not _NOT.intersection(told)


def place_of(table: Table, telling: Telling) -> tuple[int, int] | None:
    """The town after "i" or "in" behind a word of signing in the telling's sentence, if there is one."""
    page = table.page
    sentence = sentence_of(page, telling)
    signed = [i for i in range(sentence.first, sentence.last) if page.tokens[i].form.lower() in SIGNED]
    for i in range(signed[0] if signed else sentence.last, sentence.last - 1):
        word = page.tokens[i + 1].form
        if (
            page.tokens[i].form.lower() in ("i", "in", "at")
            and word[0].isupper()
            and any(c.startswith("place") for c in classes_of(word))
        ):
            return i + 1, i + 2
    return None
