"""What speaks for a passage saying that a commitment is done, underway, delayed, contradicted, cancelled or restated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from handslag.following.linking.link_features import Features, Shared, mass_of
from handslag.following.seeing.measures import measure_words, verdict_of
from handslag.following.seeing.telling import Figure, Sentence
from handslag.following.seeing.views import CommitmentView, DocumentView
from handslag.kernel.periods import RHYTHMS, first_day, is_period, last_day

_RECURRENT: Final = frozenset(
    """varje alla samtliga årligen veckovis månatligen every each all always weekly monthly yearly quarterly annually inom within
    dygnet kvartalsvis varannan regelbundet ingen inget no twice""".split()
)
_LIMITS: Final = frozenset(
    "inte ej ingen inget not never no nobody högst stannar förbli gratis free nothing exceed".split()
)
_NOT: Final = frozenset("inte ej ingen inget inga aldrig varken not no never none nobody n't cannot neither".split())
_REFRAINS: Final = frozenset(
    """inte ej ingen inget inga aldrig slutar sluta upphör upphöra stoppar slopar utan not no never nobody none nothing stop stops cease
    ceases without neither keep behåller""".split()
)
_EVERY: Final = frozenset("alla samtliga varje var varenda all every each both båda anybody everyone".split())
_SOMEBODY: Final = frozenset(
    """jag mig min mitt mina i my me patienten patient mamma pappa mother father daughter son dotter readers läsare boende kund kunden
    pensionär pensioner herself himself själv åriga årige årig hennes his her hans mr mrs""".split()
)
_LITTLE: Final = frozenset(
    "ska will har has inte not only bara av of men but now nu still yet först sedan since".split()
)
_REACH: Final = 45  # letters between a "not" and a word of the commitment that it may be about
_PAST: Final = re.compile(r"[^\W\d]{2,}(?:ade|ades|dde|ddes|tes|ats|its|tts|ed)$")
_FREE: Final = frozenset(
    "gratis free nothing kostnadsfritt kostnadsfri kostnad avgift unchanged oförändrad oförändrade".split()
)
_UNITS: Final = {
    word: days
    for days, words in (
        (1 / 1440, "minut minuter minute minutes"), (1 / 24, "timme timmar hour hours"), (1, "dag dagar dygn day days arbetsdagar"),
        (1, "working"), (7, "vecka veckor week weeks"), (30, "månad månader month months"), (365, "år year years"),
    )
    for word in words.split()
}  # fmt: skip


def says_features(
    view: CommitmentView, page: DocumentView, number: int, shared: Sequence[Shared], by_owner: bool
) -> Features:
    """The features by which it is judged what sentence `number` of a page says about a commitment."""
    sentence = page.sentences[number]
    found: Features = {}
    for cue in sentence.cues:
        found["cue " + cue.name] = 1.0
        if _negated(sentence, cue.first):
            found["not+" + cue.name] = 1.0
    classes = sentence.classes
    if number + 1 < len(page.sentences):
        for name in page.sentences[number + 1].classes & {"cancelled", "delayed", "failed"}:
            found["next " + name] = 1.0
    low = set(sentence.low)
    found["past"] = float(any(_PAST.match(word) for word in sentence.low))
    found["perfect"] = float(bool(low & {"har", "has", "have", "hade", "had"}))
    found["future only"] = float("future" in classes and not classes & {"completed", "begun", "cancelled", "delayed"})
    found["negated"] = float(bool(low & _NOT))
    found["only"] = float(
        bool(low & {"bara", "endast", "only", "merely", "ännu", "yet", "still", "fortfarande", "kvar"})
    )
    found["by owner"] = float(by_owner)
    mass = mass_of(shared)
    coverage = min(1.0, mass / view.mass)
    found["coverage"] = coverage
    found["coverage+future"] = coverage * found["future only"]
    found["as it was said"] = float(coverage > 0.75 and "future" in classes)
    mine = set(view.sentence.low)
    recurrent = bool(mine & _RECURRENT)
    found["recurrent"] = float(recurrent)
    limited = bool(mine & _LIMITS)
    found["a limit"] = float(limited)
    found["firmness " + view.commitment.firmness] = 1.0
    for name in ("completed", "begun", "failed", "delayed"):
        if name in classes:
            found[f"recurrent+{name}"] = float(recurrent)
            found[f"limit+{name}"] = float(limited)
    standing = recurrent or view.commitment.when in RHYTHMS or _lasts(view)
    found["standing"] = float(standing)
    good = bool(classes & {"completed", "begun"}) and not classes & {"failed", "delayed", "cancelled"}
    found["standing+good"] = float(standing and good)
    found["good, no standing"] = float(good and not standing)
    for name in ("negation", "price", "failed"):
        found[f"{name}+{'limit' if limited else 'no limit'}"] = float(name in classes)
    found["limit, not negated"] = float(limited and "negation" not in classes)
    open_ended = not view.commitment.when and not view.periods
    found["open-ended"] = float(open_ended)
    found["open-ended+completed"] = float(open_ended and "completed" in classes)
    found["open-ended+good"] = float(open_ended and good)
    found["by its time+good"] = float(good and not open_ended and not standing)
    found["free"] = float(bool(mine & _FREE))
    found["free+price"] = float(bool(mine & _FREE) and "price" in classes)
    found |= _amounts(view, page, sentence, shared)
    found |= _figures(view, sentence, shared, limited=limited)
    found |= _polarity(view, sentence, shared)
    found |= _counted(view, page, sentence, standing=standing)
    found |= _measured(view, page, sentence)
    found |= _how(sentence, standing=standing, by_owner=by_owner, is_over=_is_over(view, page))
    found |= _times(view, page, sentence)
    found |= _nearness(view, page, coverage)
    for word in _LITTLE & low:
        found["word " + word] = 1.0
    return {name: value for name, value in found.items() if value}


def _polarity(view: CommitmentView, sentence: Sentence, shared: Sequence[Shared]) -> Features:
    """What was promised not to be, and what is told not to be: the one beside the other."""
    promised = "not promised" if _REFRAINS & set(view.sentence.low) else "promised"
    near = False
    for at, low in enumerate(sentence.low):
        if low in _NOT:
            start = sentence.tokens[at].start
            near = near or any(-_REACH < item.theirs.start - start < _REACH for item in shared)
    told = "not so" if near else "not elsewhere" if _NOT & set(sentence.low) else "so"
    return {f"{promised}, told {told}": 1.0, promised: 1.0}


def _counted(view: CommitmentView, page: DocumentView, sentence: Sentence, *, standing: bool) -> Features:
    """How many of how many, and how that lies beside what was promised."""
    promised = [figure.value for figure in view.figures if figure.kind in {"count", "share", ""} and figure.value > 1]
    told = [figure.value for figure in sentence.figures if figure.kind in {"count", "share", ""}]
    over = _is_over(view, page)
    found: Features = {}
    if promised and told:
        most, aim = max(told), min(promised)
        if aim in told or most >= aim:
            found["as many as promised"] = 1.0
            found["more than promised"] = float(most > aim and aim not in told)
        if min(told) < aim:
            found["fewer than promised"] = 1.0
            found["fewer than promised, over"] = float(over)
            found["fewer of all"] = float(aim in told)
    found["everybody was promised"] = float(bool(_EVERY & set(view.sentence.low)))
    if found["everybody was promised"] and len(told) > 1:
        found["some of everybody"] = float(min(told) < max(told))
        found["some of everybody, over"] = float(min(told) < max(told) and over)
    scant = "scant" in sentence.classes
    found["scant+count"] = float(scant and bool(told))
    found["scant+over"] = float(scant and over)
    found["whole, no lack"] = float(
        "whole" in sentence.classes and not sentence.classes & {"failed", "negation", "scant"}
    )
    found["whole+standing"] = float("whole" in sentence.classes and standing)
    return found


def _measured(view: CommitmentView, page: DocumentView, sentence: Sentence) -> Features:
    """What the told measure makes of the promised one, and what that says at the time of the page."""
    verdict = verdict_of(view.measures, sentence)
    if verdict is None:
        return {}
    low = set(sentence.low)
    over = _is_over(view, page) or _has_ended(sentence, page)
    goes_on = bool(low & measure_words("goes_on"))
    lasts = view.commitment.when in RHYTHMS or (
        bool(set(view.sentence.low) & measure_words("recurs")) and not _has_due(view)
    )
    says = _by_measure(verdict.outcome, sentence, over=over, goes_on=goes_on, lasts=lasts)
    plainly = "plainly" if verdict.is_plain else "perhaps"
    tense = "so far" if goes_on else "over" if over else "open-ended" if not _has_due(view) else "open"
    found = {
        f"measure {verdict.outcome}": 1.0,
        f"measure {verdict.outcome}, {tense}": 1.0,
        f"measure {verdict.outcome}, {verdict.kind}": 1.0,
        f"by measure {says}": 1.0,
        f"by measure {says}, {plainly}": 1.0,
    }
    if low & _NOT:
        found[f"measure {verdict.outcome}, negated"] = 1.0
    return found


def _by_measure(outcome: str, sentence: Sentence, *, over: bool, goes_on: bool, lasts: bool) -> str:
    """What a passage says by its measure alone."""
    classes = sentence.classes
    if outcome in {"reached", "within"} and (
        "kept_word" in classes or ("future" in classes and not classes & {"completed", "begun"})
    ):
        return "restated"
    if outcome == "beyond":
        return "contradicted"
    if outcome == "short":
        return "contradicted" if over and not goes_on else "underway"
    if lasts:
        return "underway"
    return "done" if outcome == "reached" or over else "underway"


def _has_due(view: CommitmentView) -> bool:
    return bool(view.commitment.when and is_period(view.commitment.when))


def _has_ended(sentence: Sentence, page: DocumentView) -> bool:
    """True if the sentence tells of a time longer than a day that is over on the day of the page."""
    said = first_day(page.document.said_on) if page.document.said_on else None
    if said is None:
        return False
    if set(sentence.low) & measure_words("has_ended"):
        return True
    lasts = [last_day(period) for period in sentence.meant if len(period) < len("2026-01-31")]
    return any(last is not None and last < said for last in lasts)


def _how(sentence: Sentence, *, standing: bool, by_owner: bool, is_over: bool) -> Features:
    """Signs that only tell together with what kind of promise it is and who speaks."""
    found: Features = {}
    classes = sentence.classes
    kind = "standing" if standing else "once"
    for name in ("since", "gathered", "every_time", "measured", "begun", "completed", "failed", "delayed", "cancelled"):
        if name in classes:
            found[f"{name}, {kind}"] = 1.0
            found[f"{name}, owner"] = float(by_owner)
            found[f"{name}, over"] = float(is_over)
    no_sign = not classes & {"completed", "begun", "delayed", "cancelled", "failed", "negation", "future", "kept_word"}
    found[f"no sign, {kind}"] = float(no_sign)
    found["no sign, other"] = float(no_sign and not by_owner)
    found["somebody's own story"] = float(bool(_SOMEBODY & set(sentence.low)) and not by_owner)
    found["quoted"] = float(sentence.voice is not None)
    found["bad among good"] = float("completed" in classes and bool(classes & {"failed", "delayed", "cancelled"}))
    return found


def _nearness(view: CommitmentView, page: DocumentView, coverage: float) -> Features:
    """Whether the page is of the same days as the statement, as another version of one release is."""
    said, stated = page.document.said_on, view.said_on
    if len(said) != 10 or len(stated) != 10:
        return {}
    days = (date.fromisoformat(said) - date.fromisoformat(stated)).days
    other = view.language != ("en" if page.document.language == "en" else "sv")
    return {
        "within days": float(days <= 4),
        "within days+covered": float(days <= 4) * coverage,
        "within days+other language": float(days <= 4 and other),
        "within months": float(days <= 100),
    }


def _lasts(view: CommitmentView) -> bool:
    """True for what is to go on: a service within a time, at a price, on certain days."""
    return any(figure.kind == "duration" for figure in view.figures) and bool(
        {"inom", "within"} & set(view.sentence.low)
    )


def _amounts(view: CommitmentView, page: DocumentView, sentence: Sentence, shared: Sequence[Shared]) -> Features:
    """Counts, sums and durations of the passage beside those that were promised."""
    found: Features = {}
    over = _is_over(view, page)
    promised = {figure.value for figure in view.figures if figure.kind in {"count", "", "share"} and figure.value > 1}
    low = sentence.low
    for at, word in enumerate(low[1:-1], 1):
        if word not in {"av", "of"}:
            continue
        part, whole = _value_at(sentence, at - 1), _value_at(sentence, at + 1, reach=2)
        if part is not None and whole is not None and whole > 0 and (whole in promised or not promised):
            found["all of all" if part >= whole else "some of all"] = 1.0
            found["some of all, over"] = float(part < whole and over)
    for figure in sentence.figures:
        if figure.kind != "count" or not promised:
            continue
        beside = any(0 < item.theirs.start - figure.end < 30 for item in shared)
        if beside:
            found["count reached" if figure.value >= min(promised) else "count below"] = 1.0
            found["count below, over"] = float(figure.value < min(promised) and over)
    mine, theirs = [_days(view.sentence, f) for f in view.figures], [_days(sentence, f) for f in sentence.figures]
    for promised_days in filter(None, mine):
        for days in filter(None, theirs):
            found["longer than promised" if days > promised_days * 1.001 else "within what was promised"] = 1.0
    return found


def _value_at(sentence: Sentence, at: int, reach: int = 1) -> float | None:
    """The figure at word `at`, or shortly after it."""
    for k in range(at, min(at + reach, len(sentence.tokens))):
        start = sentence.tokens[k].start
        for figure in sentence.figures:
            if figure.start == start and figure.kind == "count":
                return figure.value
    return None


def _days(sentence: Sentence, figure: Figure) -> float | None:
    """A duration in days, by the unit that is printed after it."""
    if figure.kind == "money":
        return None
    after = [token.form.lower() for token in sentence.tokens if figure.start < token.start < figure.end + 22][:2]
    return next((figure.value * _UNITS[word] for word in after if word in _UNITS), None)


def _is_over(view: CommitmentView, page: DocumentView) -> bool:
    """True if the time by which it was to be done is over on the day of the page."""
    when, said_on = view.commitment.when, page.document.said_on
    due = last_day(when) if when and is_period(when) else None
    said = first_day(said_on) if said_on else None
    return due is not None and said is not None and due < said


def _negated(sentence: Sentence, first: int) -> bool:
    return any(word in _NOT for word in sentence.low[max(0, first - 3) : first + 1])


def _figures(view: CommitmentView, sentence: Sentence, shared: Sequence[Shared], *, limited: bool) -> Features:
    found: Features = {}
    for mine in view.figures:
        for theirs in sentence.figures:
            near = mine.kind == theirs.kind or {mine.kind, theirs.kind} <= {"count", "share", ""}
            if not near or mine.value <= 0:
                continue
            if theirs.value == mine.value:
                found["figure equal"] = 1.0
            elif theirs.value > mine.value:
                found["figure more"] = 1.0
                found["figure more, " + mine.kind] = 1.0
                if limited or mine.kind == "duration":
                    found["figure beyond limit"] = 1.0
            else:
                found["figure less"] = 1.0
                found["figure less, " + mine.kind] = 1.0
    kinds = {figure.kind for figure in sentence.figures}
    found["a share"] = float("share" in kinds or "percent" in kinds)
    found["money"] = float("money" in kinds)
    if "money" in kinds and {"gratis", "free", "nothing", "kostnad", "kostnadsfritt"} & set(view.sentence.low):
        found["money for what is free"] = 1.0
    low = sentence.low
    found["part of all"] = float(
        any(
            word in {"av", "of"}
            and 0 < i < len(low) - 1
            and _is_figure(sentence, sentence.tokens[i - 1].start)
            and (_is_figure(sentence, sentence.tokens[i + 1].start) or low[i + 1] in {"the", "de", "dem", "regionens"})
            for i, word in enumerate(low)
        )
    )
    if sentence.figures and view.figures and not shared:
        found["figures only"] = 1.0
    return found


def _is_figure(sentence: Sentence, start: int) -> bool:
    return any(figure.start <= start < figure.end for figure in sentence.figures)


def _times(view: CommitmentView, page: DocumentView, sentence: Sentence) -> Features:
    found: Features = {}
    when = view.commitment.when
    due = last_day(when) if when and is_period(when) else None
    said = first_day(page.document.said_on) if page.document.said_on else None
    if due and said:
        found["due is over"] = float(due < said)
        found["due to come"] = float(due >= said)
        if due < said and "completed" in sentence.classes:
            found["over+completed"] = 1.0
        if due < said and "begun" in sentence.classes:
            found["over+begun"] = 1.0
    for period in sentence.meant:
        first, last = first_day(period), last_day(period)
        if said and first and first > said:
            found["a time to come"] = 1.0
            if due and first > due:
                found["a time after due"] = 1.0
                found["after due+future"] = float("future" in sentence.classes)
        if said and last and last < said:
            found["a time gone by"] = 1.0
    return found
