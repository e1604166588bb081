"""What speaks for and against a sentence being the one that tells of an agreement, and for the agreement's status."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from handslag.kernel.periods import first_day
from handslag.language.dates import resolve
from handslag.reading.facts.agreements.tellings import Party, Table, Telling, sentence_of
from handslag.reading.facts.agreements.words import agreement_classes

STATUSES = ("concluded", "planned", "denied", "ended")
_WITH = frozenset("med mellan with between till to".split())
_RUNS = frozenset("löper löpte löpt sägs sade sagt sagts gått går löpa säga".split())
_OUT = frozenset("ut upp".split())
_ENDED = frozenset(
    """upphör upphörde upphört upphörande uppsagt uppsagd avslutas avslutades avslutar hävs hävdes hävt bryter bröt brutit terminated terminates terminate expired
    expires ended ends ceases ceased lapsed supersedes superseded cancelled discontinued ersätter replaces""".split()
)
_NO = frozenset("no inget ingen inga något någon never aldrig neither".split())
_NEGATION = frozenset(
    "not no never inte inget ingen aldrig without utan n't förnekar dementerar denies denied tillbakavisar tillbakavisas declined".split()
)
_COMING = frozenset(
    """förhandlar förhandlas förhandlingar förhandlingarna negotiating negotiations negotiate utkast utkastet draft planerar planeras planned plans
    considering överväger samtal talks förslag förslaget proposed kan may could blir möjligt hoppas hope hopes""".split()
)
_WILL = frozenset("ska skall will avser intends intend kommer to att planerar plans expected väntas".split())
_SIGN = frozenset(
    "teckna tecknas underteckna undertecknas ingå ingås sluta slutas skriva skrivas sign signed enter signeras förnya förnyas renew conclude".split()
)
_RUMOUR = frozenset("ryktet rykten ryktas rumour rumours rumor rumors uppgifter speculation talk påståenden".split())
_LEVELS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 0.95)


def level(probability: float) -> str:
    """A probability as a coarse word for a judge's features."""
    return str(sum(probability >= step for step in _LEVELS))


def telling_features(table: Table, telling: Telling, parties: Sequence[tuple[Party, float]]) -> list[str]:
    """Features of a telling with its likely parties, the likeliest first."""
    page = table.page
    tokens = page.tokens
    sentence = sentence_of(page, telling)
    low = tokens[telling.trigger].form.lower()
    strength = "strength" + str(telling.strength)
    found = [
        "lang=" + page.language,
        "z=" + sentence.zone,
        strength,
        "form=" + telling.form,
        "w=" + low,
        "w5=" + low[-5:],
    ]
    found.append(strength + "&z=" + sentence.zone)
    found.append("before=" + (tokens[telling.trigger - 1].form.lower() if telling.trigger > sentence.first else "^"))
    found.append("after=" + (tokens[telling.trigger + 1].form.lower() if telling.trigger + 1 < sentence.last else "$"))
    first = parties[0][1] if parties else 0.0
    second = parties[1][1] if len(parties) > 1 else 0.0
    found += ["first" + level(first), "second" + level(second), "second" + level(second) + "&" + strength]
    inside = table.parties_of_sentence.get(telling.sentence, ())
    found += ["inside" + str(min(3, len(inside))), "inside" + str(min(3, len(inside))) + "&" + strength]
    told = {name for i in range(sentence.first, sentence.last) for name in agreement_classes(tokens[i].form)}
    found += ["s:" + name for name in told if not name.startswith("form")]
    found += ["s:" + name + "&" + strength for name in told if name.startswith("status")]
    found += _pattern(table, telling)
    if table.header is not None:
        found += [
            "formal",
            "formal&" + strength,
            "formal&earlier" + str(min(3, sum(o.sentence < telling.sentence for o in table.tellings))),
        ]
    if telling.sentence in table.spoken:
        found.append("spoken")
    if any(dated.first >= sentence.first and dated.last <= sentence.last for dated in table.dates):
        found.append("dated")
    found.append("length" + str(sum(sentence.last - sentence.first >= step for step in (5, 9, 15, 25, 40))))
    earlier = [other for other in table.tellings if other.sentence < telling.sentence]
    found.append("earlier" + str(min(4, len(earlier))) + "&" + strength)
    if any(other.strength == 2 and telling.sentence - other.sentence <= 2 for other in earlier):
        found.append("one just before")
    if earlier and any(other.form == telling.form for other in earlier):
        found.append("form named before")
    found.append("definite" if low.endswith(("et", "en", "ets", "ens")) or "before=the" in found else "indefinite")
    if tokens[sentence.first].form[0].isdigit() or "§" in tokens[sentence.first].form:
        found.append("clause")
    for i in range(max(sentence.first, telling.trigger - 5), min(sentence.last, telling.trigger + 6)):
        if i != telling.trigger:
            found.append(("b:" if i < telling.trigger else "a:") + tokens[i].form.lower())
    return found


def _pattern(table: Table, telling: Telling) -> list[str]:
    """How parties, verbs and the agreement's word stand to each other: "avtal med X", "X and Y signed", "between X and Y"."""
    page = table.page
    tokens = page.tokens
    sentence = sentence_of(page, telling)
    spans = sorted({
        span for party in table.parties_of_sentence.get(telling.sentence, ()) for span in party.spans if sentence.first <= span[0] < sentence.last
    })  # fmt: skip
    starts = {first for first, _ in spans}
    found = []
    for i in range(telling.trigger + 1, min(sentence.last, telling.trigger + 5)):
        low = tokens[i].form.lower()
        if low in _WITH:
            found.append("noun with")
            if any(k in starts for k in range(i + 1, i + 6)):
                found.append("noun with party")
            break
    pairs = [
        (a, b) for a, b in pairwise(spans)
        if 0 < b[0] - a[1] <= 4 and any(tokens[k].form.lower() in ("och", "and", ",", "/", "&", "samt") for k in range(a[1], b[0]))
    ]  # fmt: skip
    if pairs:
        found.append("two joined")
        if pairs[0][0][0] < telling.trigger:
            found.append("two joined before")
        if pairs[0][0][0] > sentence.first and tokens[pairs[0][0][0] - 1].form.lower() in ("mellan", "between"):
            found.append("between two")
    verbs = [
        (i, name) for i in range(sentence.first, sentence.last) for name in agreement_classes(tokens[i].form) if name.startswith("status")
    ]  # fmt: skip
    near = {name for i, name in verbs if abs(i - telling.trigger) <= 6}
    found += ["near " + name for name in near]
    found += ["near " + name + "&" + item for name in near for item in found[:3] if not item.startswith("near")]
    if any(first < i for first in starts for i, name in verbs if name == "status:concluded" and i < telling.trigger):
        found.append("party, verb, noun")
    return found


def _strong_cues(table: Table, telling: Telling) -> list[str]:
    """Cues of two words that decide mostly by themselves: "löper ut", "sagts upp", "no agreement", "to be signed"."""
    page = table.page
    sentence = sentence_of(page, telling)
    lows = [page.tokens[i].form.lower() for i in range(sentence.first, sentence.last)]
    place = telling.trigger - sentence.first
    found = []
    if any(a in _RUNS and b in _OUT for k, a in enumerate(lows) for b in lows[k + 1 : k + 4]):
        found.append("cue ended")
    if any(low in _ENDED for low in lows):
        found.append("cue ended")
    if any(low in _NO for low in lows[max(0, place - 4) : place]):
        found.append("cue none")
    if any(low in _NEGATION for low in lows):
        found.append("cue not")
        if any(low in _NEGATION for low in lows[max(0, place - 8) : place + 8]):
            found.append("cue not near")
    if any(low in _COMING for low in lows):
        found.append("cue coming")
    if any(a in _WILL and b in _SIGN for k, a in enumerate(lows) for b in lows[k + 1 : k + 5]):
        found.append("cue will sign")
    if any(low in _RUMOUR for low in lows):
        found.append("cue rumour")
    return [*found, *(cue + "&" + ("title" if telling.is_title else telling.form or "verb") for cue in found)] or [
        "no cue"
    ]


def status_features(table: Table, telling: Telling) -> list[str]:
    """The words around a telling that say whether the agreement is concluded, planned, denied or ended."""
    page = table.page
    tokens = page.tokens
    found = ["lang=" + page.language, "z=" + sentence_of(page, telling).zone, "form=" + telling.form]
    for offset in (0, 1, -1):
        number = telling.sentence + offset
        if not 0 <= number < len(page.sentences):
            continue
        sentence = page.sentences[number]
        where = ("0:", "+:", "-:")[offset]
        for i in range(sentence.first, sentence.last):
            form = tokens[i].form
            names = [name for name in agreement_classes(form) if name.startswith("status")]
            found += [where + name for name in names]
            if offset == 0:
                gap = abs(i - telling.trigger)
                side = "b" if i < telling.trigger else "a"
                if gap <= 6:
                    found += ["near " + name for name in names] + [side + "near " + name for name in names]
                if gap <= 10:
                    found += ["w=" + form.lower(), side + "=" + form.lower(), side + "e3=" + form.lower()[-3:]]
    sentence = sentence_of(page, telling)
    found += _strong_cues(table, telling)
    inside = [
        dated for dated in table.dates if sentence.first <= dated.first < sentence.last and not dated.mention.rhythm
    ]
    if inside:
        nearest = min(inside, key=lambda dated: abs(dated.first - telling.trigger))
        period = resolve(nearest.mention, table.analysis.said_on, "unclear").period
        said_on = table.analysis.said_on
        day = first_day(period) if period else None
        if day is not None and said_on is not None:
            found.append("day " + ("before" if day < said_on else "said" if day == said_on else "after"))
        found.append("dated")
    if telling.sentence in table.spoken:
        found.append("spoken")
    return found
