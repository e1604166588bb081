"""The places that every page leads to."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the navigation: its address's name, what it is called, the letter after `g`, the role it needs, the pages within it."""

    name: str
    label: str
    letter: str
    needs: str = "reader"
    within: frozenset[str] = frozenset()

    def holds(self, page: str) -> bool:
        """True if the page of this name is the place itself or within it."""
        return page == self.name or page in self.within


MAIN = (
    Place("today", _("Today"), "t"),
    Place("documents", _("Documents"), "d", within=frozenset({"document", "add"})),
    Place("review", _("Review"), "r", needs="reviewer", within=frozenset({"fact"})),
    Place("register", _("Register"), "e", within=frozenset({"entity"})),
    Place("agreements", _("Agreements"), "a", within=frozenset({"agreement", "milestone"})),
    Place("commitments", _("Commitments"), "c", within=frozenset({"commitment"})),
    Place("briefs", _("Briefs"), "f", within=frozenset({"brief", "brief-pair", "brief-theme"})),
    Place("signals", _("Signals"), "s"),
    Place("conflicts", _("Conflicts"), "x", within=frozenset({"conflict"})),
)
MORE = (
    Place("coherence", _("Coherence"), "k", within=frozenset({"coherence-cell", "theme-heard"})),
    Place("heard", _("Heard since"), "h", needs="reviewer"),
    Place("news", _("My news"), "n"),
    Place("watching", _("What I watch"), "w", within=frozenset({"watch", "next-date"})),
    Place(
        "letters", _("Letters"), "b", needs="reviewer", within=frozenset({"letter", "ask", "answers", "letter-enter"})
    ),
    Place("same", _("The same?"), "m", needs="reviewer"),
    Place("lists", _("Lists"), "i", needs="reviewer", within=frozenset({"list"})),
    Place("exports", _("Export"), "o"),
    Place("trail", _("Trail"), "l", needs="reviewer"),
    Place("people", _("People with access"), "p", needs="administrator"),
)
