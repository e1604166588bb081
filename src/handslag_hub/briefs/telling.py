"""A brief in the words of one language. What is printed in documents stays as it is printed; everything else is said in Swedish or in English."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from handslag.vocabulary.load import vocabulary
from handslag_hub.briefs.brief import (
    COUNTED,
    Bond,
    Brief,
    Clash,
    Happening,
    Heard,
    Line,
    Post,
    Promise,
    Section,
    Source,
    Standing,
    Unread,
)
from handslag_hub.briefs.sheet import Item, Note, Part, Ref, Sheet, with_words
from handslag_hub.commitments.wording import label
from handslag_hub.design.shown import visible
from handslag_hub.design.words import called, language_now, period_words
from handslag_hub.store.models.documents import Visibility

LANGUAGES = ("sv", "en")
# On one page words are cut here; "[…]" says so, and the whole stands at the address.
_SHORT, _SHORT_QUOTE = 200, 150
# Sources of one line that are listed.
_SOURCES = 3
Kept = Collection[tuple[int, int]]


def tell(brief: Brief, language: str, *, kept: Kept | None = None, base: str = "") -> Sheet:
    """The brief in a language, of its lines those that are kept (none named: all, with all their words). `base` stands before paths of the hub.

    What cannot be seen, or turns the order of letters, is written out.
    """
    with override(language):
        return with_words(_Teller(brief, None if kept is None else frozenset(kept), base).sheet(), visible)


def following_word(group: str, key: str) -> str:
    """What a state, or what a passage says, is called."""
    return str(vocabulary("following_texts")[group].get(key, {}).get(language_now(), key))


def cut(words: str, most: int) -> str:
    """The words on one line, cut at a space where they are longer."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(",;:–- ") + " […]"


def standing_in_words(standing: Standing) -> str:
    """Where a commitment stands: the state, who said the deciding word, when it was last heard of, for how long not."""
    told = following_word("states", standing.state)
    if standing.by:
        told += ", " + _("said by %(who)s") % {"who": following_word("by", standing.by)}
    if standing.last_heard:
        told += ", " + _("last heard on %(day)s") % {"day": period_words(standing.last_heard.isoformat())}
    if standing.ahead:
        told += ", " + _("dated ahead")
    if standing.silent_days is not None:
        told += ", " + ngettext("silent for %(n)s day", "silent for %(n)s days", standing.silent_days) % {
            "n": standing.silent_days
        }
    return told


class _Teller:
    """Keeps the numbers of the sources while the sections are told."""

    def __init__(self, brief: Brief, kept: frozenset[tuple[int, int]] | None, base: str) -> None:
        self.brief, self.kept, self.base = brief, kept, base
        self.refs: dict[tuple[str, str], Ref] = {}

    def sheet(self) -> Sheet:
        brief = self.brief
        parts = tuple(self.part(at, section) for at, section in enumerate(brief.sections))
        gone = 0 if self.kept is None else brief.count - len(self.kept)
        beyond = sum(section.total - len(section.lines) for section in brief.sections)
        return Sheet(
            language=language_now(), title=self.title(), about=self.about(), known=self.known(),
            level=_("Who may see it: %(level)s (the strictest of what it contains)") % {"level": Visibility(brief.level).label},
            parts=parts, refs=tuple(self.refs.values()), left_out=_left_out(gone + beyond, one_page=self.kept is not None),
            order=_("Order: open before closed, due first, firm before loose, newest.") if gone + beyond else "",
            neutral=_("A state follows from what was heard. Silence is not failure."),
            words={"sources": _("Sources"), "page": _("Page"), "of": _("of"), "source": _("source")},
        )  # fmt: skip

    def title(self) -> str:
        names = self.names()
        return _("Brief: %(subject)s") % {"subject": " – ".join(names)}

    def names(self) -> list[str]:
        subject = self.brief.subject
        return [called("theme", name) if subject.kind == "theme" else name for name in subject.names]

    def about(self) -> str:
        kinds = {"organisation": _("Party"), "person": _("Person"), "agreement": _("Agreement"), "theme": _("Theme"), "pair": _("Two who will meet")}  # fmt: skip
        return kinds[self.brief.subject.kind]

    def known(self) -> str:
        day = period_words(self.brief.day.isoformat())
        if self.brief.held:
            return _("As this hub held it on %(day)s") % {"day": day}
        return _("As known on %(day)s") % {"day": day}

    def part(self, at: int, section: Section) -> Part:
        shown = [line for number, line in enumerate(section.lines) if self.kept is None or (at, number) in self.kept]
        gone = section.total - len(shown)
        return Part(
            key=section.key, title=str(self.section_title(section.key)), count=_("at least %(n)s") % {"n": section.total} if section.unread and section.total else str(section.total),
            items=tuple(self.item(line) for line in shown),
            left_out=" ".join([*([ngettext("%(n)s more is left out.", "%(n)s more are left out.", gone) % {"n": gone}] if gone else []), *map(unread_in_words, section.unread)]),
            empty="" if section.total else self.nothing(section.key),
        )  # fmt: skip

    def section_title(self, key: str) -> str:
        pair = self.brief.subject.kind == "pair"
        return {
            "between": _("Between the two"),
            "open": _("Other open commitments of the two") if pair else _("Open commitments"),
            "agreements": _("Agreements of both") if pair else _("Agreements"),
            "contradictions": _("Contradictions to know of"),
            "signals": _("Signals that may bear on it"),
            "roles": _("Who holds which role"),
            "closed": _("Reported done or withdrawn"),
        }[key]

    def nothing(self, key: str) -> str:
        return {
            "between": _("No commitment between the two was found."),
            "open": _("No open commitment was found."),
            "agreements": _("No agreement was found."),
            "contradictions": _("No contradiction was found."),
            "signals": _("No signal was found."),
            "roles": _("No role was found."),
            "closed": _("Nothing was found that is reported done or withdrawn."),
        }[key]

    # --- lines -------------------------------------------------------------------------------------------------------

    def item(self, line: Line) -> Item:
        match line:
            case Promise():
                return self.promise(line)
            case Bond():
                return self.bond(line)
            case Clash():
                return self.clash(line)
            case Happening():
                return self.happening(line)
            case Post():
                return self.post(line)
        raise TypeError(line)

    def promise(self, line: Promise) -> Item:
        marks = [called("firmness", line.firmness)] if line.firmness else []
        if line.when:
            marks.append(_("due %(when)s") % {"when": period_words(line.when)} + (f" ({label('basis', line.when_basis)})" if line.when_basis == "inferred" else ""))  # fmt: skip
        else:
            marks.append(_("no day given"))
        if line.sightings > 1:
            marks.append(_("said %(n)s times") % {"n": line.sightings})
        marks.append(self.reviewed(line.status))
        standing = line.standing
        who = ", ".join(line.who) or _("Nobody named")
        if line.to_whom:
            who += f" → {', '.join(line.to_whom)}"
        alarm = _("due day passed") if standing.due_passed and line.is_open else ""
        return self._item(
            line, who, line.what, tuple(marks), (self.state(line), *map(self.heard, self._words(standing.heard))), alarm
        )

    def reviewed(self, status: str) -> str:
        return label("status", status)

    def _words(self, heard: tuple[Heard, ...]) -> tuple[Heard, ...]:
        """All that was heard; on one page the last of it."""
        return heard if self.kept is None else heard[:1]

    def state(self, line: Promise) -> Note:
        return Note(_("State: %(state)s") % {"state": standing_in_words(line.standing)})

    def heard(self, word: Heard) -> Note:
        told = _("%(says)s, by %(who)s") % {"says": following_word("says", word.says), "who": following_word("by", word.by)}  # fmt: skip
        if word.day:
            told += f", {period_words(word.day)}"
        told += f" ({self.certain(word.status)})"
        return Note(told, self.quoted(word.source.quote), self.numbers([word.source]))

    def certain(self, status: str) -> str:
        return {
            "confirmed": _("confirmed"), "proposed": _("proposed, not confirmed"), "rejected": _("rejected"), "told": _("told directly"),
        }.get(status, status)  # fmt: skip

    def bond(self, line: Bond) -> Item:
        marks = [label("agreement_status", line.status)] if line.status else []
        if line.day or line.day_text:
            marks.append(period_words(line.day.isoformat()) if line.day else line.day_text)
        notes = (Note(_("Parties: %(parties)s") % {"parties": ", ".join(line.parties)}),) if line.parties else ()
        return self._item(line, "", line.title, tuple(marks), notes)

    def clash(self, line: Clash) -> Item:
        marks = (_("left standing"),) if line.left_standing else ()
        if line.said:
            notes = tuple(Note("", cut(source.quote, _SHORT_QUOTE) if self.kept is not None else self.quoted(source.quote), self.numbers([source])) for source in line.sources)  # fmt: skip
            return self._item(line, line.about, dict(line.said).get(language_now(), ""), marks, notes)
        what = label("predicate", line.what) if line.what else ""
        notes = tuple(Note("", self.quoted(source.quote), self.numbers([source])) for source in line.sources if source.quote) if self.kept is None else ()  # fmt: skip
        lead = ": ".join(part for part in (line.about, what) if part)
        return self._item(line, lead, " ≠ ".join(line.values), marks, notes)

    def happening(self, line: Happening) -> Item:
        marks = [called("signal_kind", line.kind)] if line.kind else []
        if line.day:
            marks.append(period_words(line.day.isoformat()))
        notes = (Note(_("In the theme of open commitments: %(theme)s") % {"theme": called("theme", line.theme)}),) if line.theme else ()  # fmt: skip
        return self._item(line, ", ".join(line.subjects), line.headline, tuple(marks), notes)

    def post(self, line: Post) -> Item:
        states = {"current": called("tense", "current"), "coming": called("tense", "coming"), "former": called("tense", "former")}  # fmt: skip
        marks = [states.get(line.state) or _("sources differ")]
        if line.begins:
            marks.append(_("from %(day)s") % {"day": period_words(line.begins)})
        if line.ends:
            marks.append(_("until %(day)s") % {"day": period_words(line.ends)})
        return self._item(line, line.person, ", ".join(part for part in (line.role, line.organisation) if part), tuple(marks), ())  # fmt: skip

    def _item(self, line: Line, lead: str, words: str, marks: tuple[str, ...], notes: tuple[Note, ...], alarm: str = "") -> Item:  # fmt: skip
        quote = line.sources[0].quote if line.sources and isinstance(line, Promise | Happening) else ""
        quote = "" if " ".join(quote.split()) == " ".join(words.split()) else self.quoted(quote)
        refs = self.numbers(line.sources[:_SOURCES])
        words = " ".join(words.split()) if self.kept is None else cut(words, _SHORT)
        return Item(
            lead, words, tuple(filter(None, marks)), notes, refs, self.base + line.href, quote, line.language, alarm
        )

    def quoted(self, quote: str) -> str:
        """The exact words; on one page only where they are few, else their address does."""
        line = " ".join(quote.split())
        return line if self.kept is None or len(line) <= _SHORT_QUOTE else ""

    def numbers(self, sources: Collection[Source]) -> tuple[int, ...]:
        found = []
        for source in sources:
            key = (source.title, source.href.partition("#")[0]) if not source.typed_by else ("typed", source.href)
            ref = self.refs.get(key)
            if ref is None:
                ref = self.refs[key] = self.ref(len(self.refs) + 1, source)
            if ref.number not in found:
                found.append(ref.number)
        return tuple(found)

    def ref(self, number: int, source: Source) -> Ref:
        url = source.address if source.address.startswith(("https://", "http://")) else self.base + source.href
        if source.typed_by:
            told = _("typed by %(who)s on %(day)s") % {"who": source.typed_by, "day": _day(source.typed_on)}
            return Ref(number, source.title, told, url)
        day = _day(source.said_on)
        if source.said_on and source.said_on > self.brief.day:
            day = _("dated ahead: %(day)s") % {"day": day}
        told = ", ".join(part for part in (source.publisher, day) if part)
        return Ref(number, cut(source.title, _SHORT), told, url)


def _day(day: date | None) -> str:
    return period_words(day.isoformat()) if day else _("day unknown")


def unread_in_words(unread: Unread) -> str:
    """What was not looked through, in words."""
    n = unread.count
    return {
        "commitments": ngettext("%(n)s further statement of commitments was not looked through.", "%(n)s further statements of commitments were not looked through.", n),
        "people": ngettext("%(n)s older statement of its people was not looked through.", "%(n)s older statements of its people were not looked through.", n),
        "roles": ngettext("%(n)s older statement of roles was not looked through.", "%(n)s older statements of roles were not looked through.", n),
        "signals": ngettext("%(n)s older signal was not looked through for the theme.", "%(n)s older signals were not looked through for the theme.", n),
        "owners": ngettext("%(n)s other who is to act was not looked up.", "%(n)s others who are to act were not looked up.", n),
    }[unread.what] % {"n": n if n <= COUNTED else _("More than %(n)s") % {"n": COUNTED}}  # fmt: skip


def _left_out(gone: int, *, one_page: bool) -> str:
    if not gone:
        return ""
    if not one_page:
        return ngettext("%(n)s line is left out.", "%(n)s lines are left out.", gone) % {"n": gone}
    return ngettext("%(n)s line is left out to fit one page.", "%(n)s lines are left out to fit one page.", gone) % {"n": gone}  # fmt: skip
