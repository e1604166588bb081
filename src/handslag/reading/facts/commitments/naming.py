"""What speaks for and against an actor being the one who is to act: features for the judge of who."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from handslag.reading.analysis import Analysis, Voice
from handslag.reading.facts.commitments.cast import Actor, Cast, Naming
from handslag.reading.facts.commitments.context import SentenceContext
from handslag.reading.facts.commitments.judging import deciding_for
from handslag.reading.models import Span
from handslag.reading.page import Page, Sentence

_PRONOUNS = {
    **dict.fromkeys(("vi", "we", "we'll", "we've", "we're", "oss", "us"), "we"),
    **dict.fromkeys(("vår", "vårt", "våra", "our", "ours"), "our"),
    **dict.fromkeys(("jag", "i", "i'll", "i've", "i'm"), "i"),
    **dict.fromkeys(("han", "hon", "he", "she"), "he"),
    **dict.fromkeys(("de", "they", "dom"), "they"),
    **dict.fromkeys(("den", "det", "it", "this"), "it"),
    **dict.fromkeys(("parterna", "parties", "participants", "partners", "parterne", "signatories", "deltagarna", "sides"), "parties"),
    **dict.fromkeys(("part", "party", "participant", "vardera", "each", "respektive", "var"), "each"),
    **dict.fromkeys(("båda", "bägge", "both", "tillsammans", "jointly", "together", "gemensamt", "två", "two", "three", "tre"), "both"),
    **dict.fromkeys(
        ("bolagen", "företagen", "regionerna", "universiteten", "lärosätena", "kommunerna", "organisationerna", "companies",
         "universities", "regions", "hospitals", "ministers", "ministries", "governments", "founders", "grundarna", "länderna"),
        "plural",
    ),
}  # fmt: skip


class Place(NamedTuple):
    """What the candidates of one commitment share.

    `edge` is the token before which the subject is looked for, `decided` the one after the deciding words or -1, `subject` the
    kind of pronoun near it, `lines` the numbers of the sentences that lead to the commitment.
    """

    sentence: Sentence
    span: Span
    edge: int
    decided: int
    subject: str
    firmness: str
    phrase: str
    passive: bool
    lines: tuple[tuple[str, int], ...]
    voice: Voice | None


def place_of(analysis: Analysis, sentence: Sentence, span: Span, firmness: str, context: SentenceContext) -> Place:
    """Where the subject of a commitment is looked for, and what is known of it."""
    first, last = span.first - sentence.first, span.last - sentence.first
    near = deciding_for(context, first, last)
    edge, decided = first, -1
    if near is not None and near.last <= first + 3:
        edge, decided = min(first, near.first), near.last
    words = context.words
    subject = ""
    for k in range(edge - 1, max(-1, edge - 7), -1):
        if words[k] in _PRONOUNS:
            subject = _PRONOUNS[words[k]]
            break
    if not subject:
        stop = min(len(words), max(first, decided) + 4)
        subject = next((">" + _PRONOUNS[w] for w in words[edge:stop] if w in _PRONOUNS), "")
    page = analysis.page
    phrase = " ".join(words[near.first : near.last]) if near is not None else words[first]
    lines = [("previous", sentence.number - 1)]
    lines += [("intro", context.intro_sentence), ("heading", context.heading_sentence)]
    return Place(
        sentence, span, sentence.first + edge, sentence.first + decided if decided >= 0 else -1, subject, firmness, phrase,
        _is_passive(words[max(0, edge - 1) : max(first, decided) + 4], sentence.language),
        tuple((name, n) for name, n in lines if n >= 0), analysis.voice_at(page.tokens[span.first].start),
    )  # fmt: skip


_BE = frozenset(("be", "been", "is", "are", "was", "were", "being"))


def _is_passive(words: list[str], language: str) -> bool:
    """True if a verb among the words around the deciding ones seems to be a passive."""
    if language == "sv":
        return any(len(word) > 4 and word.endswith(("as", "es", "ts", "des", "rs")) for word in words)
    return any(a in _BE and b.endswith(("ed", "en")) for a, b in pairwise(words))


def shared_features(place: Place, here: list[Naming]) -> list[str]:
    """What the candidates share: the kind of subject, the zone, who else is named."""
    before = sum(1 for naming in here if naming.last <= place.edge)
    found = ["s=" + place.subject, "f=" + place.firmness, "z=" + place.sentence.zone]
    found.append("v" if place.voice is not None else "no v")
    found.append("passive" if place.passive else "active")
    found.append("here" + str(min(2, len(here))) + "/" + str(min(2, before)))
    return found


def naming_features(
    analysis: Analysis,
    cast: Cast,
    actors: tuple[int, ...],
    anchor: Naming,
    sources: list[str],
    place: Place,
    shared: list[str],
    order: list[tuple[int, ...]],
) -> list[str]:
    """What speaks for and against actors who are named at `anchor`; `sources` tell why they come into question."""
    page, sentence = analysis.page, place.sentence
    together = "+" if len(actors) > 1 else ""
    lead = cast.actors[actors[0]]
    here = sentence.first <= anchor.first < sentence.last and anchor.actors == actors
    where, gap = _where(anchor, place) if here else (_where_else(page, anchor, sentence), 0)
    where += together
    kind = "many" if together else lead.kind
    found = [where, "kind=" + kind, where + "&k=" + kind, "n" + str(min(4, len(actors)))]
    found += [where + "&" + item for item in shared]
    found += ["k=" + kind + "&" + item for item in shared[:3]]
    for item in sources:
        found += [together + item, together + item + "&" + shared[0], together + item + "&" + shared[5]]
    found += [where + "&w=" + place.phrase, "k=" + kind + "&w=" + place.phrase]
    if not here:
        found += _above(page, anchor, place, where, shared)
    if not together:
        found += _alone(cast, lead, here, place.voice, where, shared)
    elif place.voice is not None and place.voice.organisation:
        found.append("v other")
    if here:
        found += _around(page, anchor, place, where, gap, kind)
        if not together:
            rank = "order" + str(min(3, order.index(actors)))
            found += [rank, where + "&" + rank]
    return found


def _where(anchor: Naming, place: Place) -> tuple[str, int]:
    """Where in the commitment's sentence the naming stands, and how many tokens away."""
    if anchor.last <= place.edge:
        return "before", place.edge - anchor.last
    if anchor.first == place.edge:
        return "at", 0
    if place.decided >= 0 and 0 <= anchor.first - place.decided <= 1 and anchor.first <= place.span.first + 1:
        return "after verb", 0
    if anchor.first < place.span.last:
        return "inside", anchor.first - place.span.first
    return "behind", anchor.first - place.span.last


def _where_else(page: Page, anchor: Naming, sentence: Sentence) -> str:
    """How many sentences above or below the commitment's the naming stands, and whether in the same row."""
    number = page.sentence_of[anchor.first]
    away = sentence.number - number
    where = ("up" if away > 0 else "down") + str(min(4, abs(away)))
    return "row" + where if sentence.is_row and page.sentences[number].block == sentence.block else where


def _above(page: Page, anchor: Naming, place: Place, where: str, shared: list[str]) -> list[str]:
    """What the sentence of a naming elsewhere is to the commitment's, and whether the naming opens it."""
    found = []
    there = page.sentences[page.sentence_of[anchor.first]]
    if there.block == place.sentence.block:
        found.append(where + "&block")
    if anchor.first - there.first < 2:
        found += ["opens", where + "&opens", "opens&" + shared[0]]
    for name, line in place.lines:
        if line == there.number:
            found += ["line " + name, "line " + name + "&" + shared[0], "line " + name + "&" + shared[2]]
    return found


def _alone(cast: Cast, lead: Actor, here: bool, voice: Voice | None, where: str, shared: list[str]) -> list[str]:
    """What part a single actor has on the page, and whether it speaks here."""
    found = list(lead.standing)
    for item in lead.standing:
        found += [item + "&" + shared[0], ("h&" if here else "n&") + item, item + "&" + shared[3]]
    share = "share" + str(min(5, 10 * len(lead.spans) // max(1, len(cast.namings))))
    found += [share, share + "&" + shared[0] + ("&h" if here else "")]
    if lead.kind != "person" and cast.bodies == 1:
        found.append("only body")
    if voice is not None:
        if lead.name == voice.organisation:
            found += ["v org", "v org&" + shared[0], "v org&" + where]
        elif lead.name == voice.speaker:
            found += ["v self", "v self&" + shared[0], "v self&" + where]
        elif voice.organisation:
            found.append("v other")
    return found


def _around(page: Page, anchor: Naming, place: Place, where: str, gap: int, kind: str) -> list[str]:
    """The words around a naming in the commitment's sentence, and between it and the deciding words."""
    sentence = place.sentence
    step = where + str(sum(gap >= n for n in (1, 2, 3, 5, 8, 12)))
    previous = page.tokens[anchor.first - 1].form.lower() if anchor.first > sentence.first else "^"
    following = page.tokens[anchor.last].form.lower() if anchor.last < sentence.last else "$"
    found = [step, step + "&k=" + kind, "p=" + previous, where + "&p=" + previous]
    found += ["n=" + following, where + "&n=" + following, where + "&ne=" + following[-2:]]
    if where.startswith("before"):
        between = [page.tokens[i].form.lower() for i in range(anchor.last, place.edge)]
        if "," in between:
            found.append(where + "&comma")
        if any(word in _PRONOUNS for word in between):
            found.append(where + "&pronoun between")
    return found
