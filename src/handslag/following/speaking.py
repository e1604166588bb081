"""Who says a sentence: the owner of a commitment, or another."""

from __future__ import annotations

from typing import Final

from handslag.following.names import Party, match, party_of
from handslag.following.telling import Sentence
from handslag.following.views import CommitmentView, DocumentView

_OWN_WORDS: Final = frozenset("we our us i we'll we've vi vår vårt våra oss jag".split())


def says_owner(view: CommitmentView, page: DocumentView, number: int) -> bool:
    """True if the page is the owner's, or the sentence is given as the owner's words."""
    sentence = page.sentences[number]
    voiced = _voice_is_owner(view, sentence)
    if voiced is not None:
        return voiced
    if any(page.publishes(party) for party in view.parties):
        return True
    if "by_owner_told" in sentence.classes:
        return _names_owner(view, sentence) or (
            bool(_OWN_WORDS & set(sentence.low)) and number > 0 and _names_owner(view, page.sentences[number - 1])
        )
    return False


def _voice_is_owner(view: CommitmentView, sentence: Sentence) -> bool | None:
    """Whether the one who is quoted is the owner's; None where nobody is quoted or it is not known."""
    voice = sentence.voice
    if voice is None or not (voice.speaker or voice.organisation):
        return None
    surname = voice.speaker.split()[-1].lower() if voice.speaker else ""
    if surname and any(name.split()[-1].lower() == surname for name in view.people):
        return True
    if not voice.organisation:
        return None
    return any(_are_one(voice.organisation, party) for party in view.parties)


def _are_one(organisation: str, party: Party) -> bool:
    other = party_of(organisation)
    return bool(set(other.core) & set(party.core))


def _names_owner(view: CommitmentView, sentence: Sentence) -> bool:
    surnames = {name.split()[-1].lower() for name in view.people if " " in name}
    if surnames & set(sentence.low):
        return True
    if any(match(party, name) in {"same", "part"} for party in view.parties for name in sentence.names):
        return True
    return any(party.stand_ins & set(sentence.low) for party in view.parties)
