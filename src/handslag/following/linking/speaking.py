"""Who says a sentence: the owner of a commitment, or another."""

from __future__ import annotations

from typing import Final

from handslag.following.contradicting.versions import are_within_days, share_names
from handslag.following.seeing.names import Party, match, party_of
from handslag.following.seeing.telling import Sentence
from handslag.following.seeing.views import CommitmentView, DocumentView

_OWN_WORDS: Final = frozenset("we our ours us i we'll we've my vi vår vårt våra oss jag min mitt".split())

_SPEAKERS: Final = frozenset("she he hon han".split())


def says_owner(view: CommitmentView, page: DocumentView, number: int) -> bool:
    """True if the page is the owner's, or the sentence is given as the words of the owner or of somebody of the owner's."""
    sentence = page.sentences[number]
    speakers = _surnames(view, page)
    if _is_other_version(view, page):
        return not _is_of_another(sentence, speakers)
    if any(page.publishes(party) for party in view.parties):
        return not _is_of_another(sentence, speakers)
    if sentence.voice is not None:
        surname = sentence.voice.speaker.split()[-1].lower() if sentence.voice.speaker else ""
        if surname:
            return surname in speakers or _names_owner(view, sentence, speakers)
        if _only_owner_speaks(page, speakers):
            return True
    if "by_owner_told" in sentence.classes and _names_owner(view, sentence, speakers):
        return True
    if number and page.sentences[number - 1].paragraph == sentence.paragraph:
        before = page.sentences[number - 1]
        goes_on = bool(_OWN_WORDS & set(sentence.low)) or bool(speakers & set(before.low))
        return goes_on and "by_owner_told" in before.classes and _names_owner(view, before, speakers)
    return False


def _is_other_version(view: CommitmentView, page: DocumentView) -> bool:
    """True for the page of the statement itself in the other language: of the same days, with the same names, and no paper's."""
    if view.language == page.document.language or page.is_of_media:
        return False
    return are_within_days(page.document.said_on, view.said_on) and share_names(view.home_names, page.name_words)


def _is_of_another(sentence: Sentence, speakers: frozenset[str]) -> bool:
    """True if somebody is quoted who is known to be of another body."""
    voice = sentence.voice
    if voice is None or not voice.speaker or not voice.organisation:
        return False
    return voice.speaker.split()[-1].lower() not in speakers and not _OWN_WORDS & set(sentence.low)


def _surnames(view: CommitmentView, page: DocumentView) -> frozenset[str]:
    """The surnames of those who speak for the owner: told so where it was promised, or on this page."""
    found = {name.split()[-1].lower() for name in view.people if " " in name}
    for person in page.document.people:
        if " " not in person.name:
            continue
        surname = person.name.split()[-1].lower()
        if person.organisation and any(_are_one(person.organisation, party) for party in view.parties):
            found.add(surname)
            continue
        for at, sentence in enumerate(page.sentences):
            if surname not in sentence.low or "moved_job" in sentence.classes:
                continue
            after = page.sentences[at + 1] if at + 1 < len(page.sentences) else None
            goes_on = after is not None and after.low[0] in _SPEAKERS and _names(view, after)
            if _names(view, sentence) or goes_on:
                found.add(surname)
    return frozenset(found)


def _are_one(organisation: str, party: Party) -> bool:
    return bool(set(party_of(organisation).core) & set(party.core))


def _only_owner_speaks(page: DocumentView, speakers: frozenset[str]) -> bool:
    """True if everybody who is said to speak on the page is the owner's."""
    told = [sentence for sentence in page.sentences if "by_owner_told" in sentence.classes]
    return bool(told) and all(speakers & set(sentence.low) for sentence in told)


def _names(view: CommitmentView, sentence: Sentence) -> bool:
    return any(match(party, name) in {"same", "part"} for party in view.parties for name in sentence.names)


def _names_owner(view: CommitmentView, sentence: Sentence, speakers: frozenset[str]) -> bool:
    if speakers & set(sentence.low) or _names(view, sentence):
        return True
    return any(party.stand_ins & set(sentence.low) for party in view.parties)
