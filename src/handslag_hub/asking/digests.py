"""The letter with what is new, as plain text in the language that is set."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handslag_hub.asking.news_feed import address_of
from handslag_hub.asking.queries.news import SubjectNews
from handslag_hub.asking.wording import detail_words, kind_words


def digest(subjects: Sequence[SubjectNews], *, base: str, no_news: bool) -> tuple[str, str] | None:
    """(Subject, text) of the letter; None where nothing is new and nobody wants to be told that. `base` has no slash at its end."""
    count = sum(len(one.news) + one.more for one in subjects)
    if not count and not no_news:
        return None
    title = ngettext("Handslag: %(count)s piece of news", "Handslag: %(count)s pieces of news", count) % {"count": count} if count else _("Handslag: no news")  # fmt: skip
    parts = []
    for one in subjects:
        if one.news:
            parts.append(_section(one, base))
        elif no_news:
            parts.append(f"{_on_one_line(one.subject.label)}\n  {_('Nothing new.')}")
    if not subjects:
        parts.append(_("You have no subscriptions."))
    parts.append(_("What you are told of, and how often: %(address)s") % {"address": base + reverse("news")})
    return title, "\n\n".join(parts) + "\n"


def _section(one: SubjectNews, base: str) -> str:
    lines = [_on_one_line(one.subject.label)]
    for news in one.news:
        lines.append(f"- {kind_words(news)}: {_on_one_line(news.what)}")
        lines += [f"  {line}" for line in (detail_words(news), address_of(news, base)) if line]
    if one.more:
        lines.append("  " + ngettext("and %(count)s more", "and %(count)s more", one.more) % {"count": one.more})
    return "\n".join(lines)


def _on_one_line(words: str) -> str:
    """As it was printed or typed, but no line of the letter is anybody else's."""
    return " ".join(words.split())
