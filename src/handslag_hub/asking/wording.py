"""News in words, the same on the page, in letters and in the feed; in the language that is set."""

from __future__ import annotations

from django.utils.translation import gettext as _

from handslag.vocabulary.load import vocabulary
from handslag_hub.asking.queries.news import COMMITMENT, CONTRADICTION, HEARD, STATE, News
from handslag_hub.commitments.wording import label
from handslag_hub.design.words import language_now

_MOST_LETTERS = 300


def kind_words(news: News) -> str:
    """What kind of news it is."""
    if news.kind == HEARD and news.word:
        return _("Heard: %(says)s") % {"says": says_words(news.word.says)}
    if news.kind == STATE:
        return _("Now: %(state)s") % {"state": state_words(news.after)}
    return {COMMITMENT: _("New commitment"), CONTRADICTION: _("Contradiction")}[news.kind]


def detail_words(news: News) -> str:
    """What more there is to say: the words that were heard, the state before, the values."""
    if news.kind == HEARD and news.word:
        by = _("says the one who committed to it") if news.word.by == "owner" else _("says another")
        where = str(news.word.document) if news.word.document else _("told directly")
        return f"“{_cut(news.word.text)}” ({', '.join(part for part in (by, where, news.word.said_on) if part)})"
    if news.kind == STATE:
        return _("Before: %(state)s") % {"state": state_words(news.before)}
    if news.kind == CONTRADICTION:
        return " – ".join(news.values)
    document = news.fact.document if news.fact else None
    return ", ".join(part for part in (str(document), document.said_period) if part) if document else ""


def says_words(says: str) -> str:
    """What was heard, as it is called here."""
    return _called("says", says) or label("says", says)


def state_words(state: str) -> str:
    """A state of the contract, as it is called here."""
    return _called("states", state) or state


def _called(listed: str, key: str) -> str:
    texts = vocabulary("following_texts")[listed].get(key)
    return str(texts[language_now()]) if texts else ""


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _MOST_LETTERS else words[: _MOST_LETTERS - 1] + "…"
