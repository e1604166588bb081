"""Doubts about a body's name: whether it is cut or joined wrongly.

Each is small alone, and the judge, which adds up, lets a likely name outweigh it; how many there are tells it of the names
that nothing speaks against.
"""

from __future__ import annotations

from handslag.language.base_forms import plain
from handslag.reading.names.organisations import Organisation
from handslag.reading.names.tagger import Mention
from handslag.reading.page import Page

_JOINING = frozenset(("och", "and", "&", "samt"))
# before a capital these go on with a name: "Parliament in Norway", "Academy of Sciences and Letters"
_GOING_ON = frozenset(("in", "i", "of", "för", "for", "and", "och", "&", "vid", "at"))
# the tagger's probability of a name whose ends are not in doubt
_SURE = 0.97


def own_mentions(page: Page, organisation: Organisation) -> tuple[list[Mention], bool]:
    """The mentions that print the body's whole name, else its first; whether one of them ends as the name does."""
    name = organisation.name
    printed = [(m, plain(page.words(m.first, m.last))) for m in organisation.mentions]
    own = [(m, words) for m, words in printed if name in words]
    ends = not own or any(not words.endswith("s") or name.endswith("s") for _, words in own)
    return [m for m, _ in own] or organisation.mentions[:1], ends


def organisation_doubts(page: Page, organisation: Organisation, own: list[Mention], is_ended: bool) -> list[str]:
    """The doubts by name; those about the name's ends only where every mention that prints it gives cause."""
    found = [] if is_ended else ["only genitive"]
    if max(mention.probability for mention in own) < _SURE:
        found.append("unsure")
    if not _JOINING.isdisjoint(organisation.name.lower().split()):
        found.append("joined")
    for name, holds in (("broken", _is_broken), ("capital beside", _has_capital_beside), ("goes on", _goes_on)):
        if all(holds(page, mention) for mention in own):
            found.append(name)
    return found


def _is_broken(page: Page, mention: Mention) -> bool:
    """True if the name runs over a line's end or a wide gap, as words of two columns do."""
    tokens = page.tokens
    return any(
        here.start - before.end > 1 or here.start < before.end or "\n" in page.text[before.end : here.start]
        for before, here in zip(
            tokens[mention.first : mention.last - 1], tokens[mention.first + 1 : mention.last], strict=True
        )
    )


def _has_capital_beside(page: Page, mention: Mention) -> bool:
    sentence = page.sentences[page.sentence_of[mention.first]]
    tokens, before = page.tokens, mention.first - 1
    if before > sentence.first and tokens[before].form[0].isupper():
        return True
    return mention.last < sentence.last and tokens[mention.last].form[0].isupper()


def _goes_on(page: Page, mention: Mention) -> bool:
    tokens, after = page.tokens, mention.last
    if after + 1 < len(tokens) and tokens[after].form.lower() in _GOING_ON and tokens[after + 1].form[0].isupper():
        return True
    return mention.first > 0 and tokens[mention.first - 1].form in ("-", "&")
