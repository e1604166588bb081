"""Words of the report, Swedish and English."""

from __future__ import annotations

from datetime import date

from handslag.following.results import Because, Followed, Following
from handslag.kernel.periods import last_day
from handslag.vocabulary.load import vocabulary


def said(group: str, key: str, filling: str = "") -> Because:
    """A text of the vocabulary in both languages; % stands for the filling."""
    texts = vocabulary("following_texts")[group][key]
    return Because(str(texts["sv"]).replace("%", filling), str(texts["en"]).replace("%", filling))


def silence(item: Followed, following: Following) -> Because:
    """For how long nothing has been heard: days since the commitment was stated."""
    days = {document.sha256: document.said_on for document in following.documents}
    said_on = days.get(item.commitment.document, "")
    last = last_day(said_on) if said_on else None
    if last is None:
        return Because("", "")
    count = (date.fromisoformat(following.as_of) - last).days
    return said("head", "silent_one" if count == 1 else "silent", str(count))
