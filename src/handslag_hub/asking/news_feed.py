"""News as an Atom feed (RFC 4287): ids that stay, days of change, no markup that was not made here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from handslag_hub.asking.queries.news import CONTRADICTION, HEARD, News, SubjectNews
from handslag_hub.asking.wording import detail_words, kind_words
from handslag_hub.design.shown import visible

TYPE = "application/atom+xml; charset=utf-8"
_MOST = 200
# What XML 1.0 has no way to write.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Feed(Atom1Feed):
    """Django's; an empty one is as old as what it counts from, so that it is the same whenever it is asked for."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["since"]


def atom(
    subjects: Sequence[SubjectNews], *, base: str, owner: str, owner_key: int, language: str, since: datetime
) -> str:
    """The feed: each thing once, whatever many subscriptions it is for, the newest first. `base` has no slash at its end."""
    once: dict[str, tuple[News, list[str]]] = {}
    for one in subjects:
        for news in one.news:
            once.setdefault(news.key, (news, []))[1].append(one.subject.label)
    items = sorted(once.values(), key=lambda item: (item[0].at, item[0].key), reverse=True)[:_MOST]
    page = base + reverse("news")
    # RFC 4151: whoever had the name at the beginning of that year.
    tag = f"tag:{urlsplit(base).hostname},2026:handslag"
    # No link to the feed itself: its address is a secret, and readers show links.
    feed = _Feed(title=_("Handslag: news for %(name)s") % {"name": _plain(owner)}, link=page, description="", language=language,
        author_name="Handslag", feed_guid=f"{tag}/news/{owner_key}", since=since.astimezone(UTC))  # fmt: skip
    for news, labels in items:
        title = _plain(f"{kind_words(news)}: {' '.join(news.what.split())}")
        feed.add_item(title=title, link=address_of(news, base), description=_plain(detail_words(news)), unique_id=f"{tag}/{news.key}",
            pubdate=news.at, updateddate=news.at, categories=[_plain(label) for label in labels])  # fmt: skip
    return feed.writeString("utf-8")


def address_of(news: News, base: str = "") -> str:
    """The page that tells more."""
    if news.kind == CONTRADICTION and news.conflict:
        return base + reverse("conflict", args=[news.conflict])
    if news.commitment and (news.kind != HEARD or not news.fact):
        return base + reverse("commitment", args=[news.commitment])
    if news.kind == CONTRADICTION:
        return base + reverse("heard-against")
    return base + reverse("fact", args=[news.fact.uid])


def _plain(text: str) -> str:
    return visible(_NOT_IN_XML.sub("", text))
