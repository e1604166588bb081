"""The head of a text that is itself an agreement: its title, and the parties named after "mellan" or "between"."""

from __future__ import annotations

from dataclasses import dataclass

from handslag.language.base_forms import plain
from handslag.reading.facts.agreements.words import form_of
from handslag.reading.page import Page

# the title stands among so many first tokens, the parties among so many after "between"
_TITLE_WITHIN = 90
_PARTIES_WITHIN = 110
_BETWEEN = frozenset(("mellan", "between"))
_AND = frozenset(("och", "samt", "and", "&"))
_DEFINING = frozenset(
    "nedan hereinafter hereafter org.nr kallad kallat kallade referred called kallas föreningen".split()
)
_NO_TITLES = frozenset("protokoll protocol statement order deal offer option merger acquisition".split())
_HEADINGS = frozenset("participants parties parter parterna avtalsparter deltagare signatories".split())
_ENDING = frozenset(
    "hereinafter hereafter gemensamt jointly concerning regarding concerned on om avseende angående rörande var noting recalling as".split()
)


@dataclass(frozen=True, slots=True)
class Header:
    """The title's token, the token "mellan" or "between" (-1 without one), and the spans of the parties named there."""

    title: int
    between: int
    parties: tuple[tuple[int, int], ...]


def header_of(page: Page) -> Header | None:
    """The head of an agreement's own text; None for a page that tells of one or of none."""
    title = _title(page)
    if title < 0:
        return None
    listed = tuple(_listed(page))
    if len(listed) >= 2:
        return Header(title, -1, listed)
    for i in range(title + 1, min(len(page.tokens), title + _TITLE_WITHIN)):
        if page.tokens[i].form.lower() in _BETWEEN and (_opens_line(page, i) or _defines(page, i)):
            parties = tuple(_parties(page, i + 1))
            if len(parties) >= 2:
                return Header(title, i, parties)
    sentence = page.sentences[page.sentence_of[title]]
    is_alone = sentence.last - sentence.first <= 6 and page.tokens[title].form.isupper()
    return Header(title, -1, ()) if is_alone else None


def _title(page: Page) -> int:
    """The first word of agreements in capitals, in a headline, or in "this agreement" at the top of the page; -1 if there is none."""
    for i, token in enumerate(page.tokens[:_TITLE_WITHIN]):
        if (
            not form_of(token.form)
            or token.form.lower() in _NO_TITLES
            or page.sentences[page.sentence_of[i]].zone == "furniture"
        ):
            continue
        sentence = page.sentences[page.sentence_of[i]]
        before = page.tokens[i - 1].form.lower() if i else ""
        if token.form.isupper() or before in ("this", "detta", "denna"):
            return i
        if sentence.last - sentence.first <= 8 and (sentence.zone == "headline" or token.form[0].isupper()):
            return i
        if sentence.last - sentence.first <= 24 and sentence.zone == "headline" and i == sentence.first:
            return i
    return -1


def _listed(page: Page) -> list[tuple[int, int]]:
    """The parties that stand on lines of their own below a heading that says so."""
    sentences = page.sentences
    for k, sentence in enumerate(sentences[:40]):
        form = page.tokens[sentence.first].form.lower()
        if sentence.last - sentence.first > 2 or form not in _HEADINGS or sentence.is_row:
            continue
        found: list[tuple[int, int]] = []
        for other in sentences[k + 1 : k + 6]:
            first, last = _bare(page, other.first, other.last)
            capitals = sum(page.tokens[i].form[0].isupper() for i in range(first, last))
            # a heading or a clause ends the list
            if not 2 <= last - first <= 16 or capitals < 2 or page.tokens[other.last - 1].form in (".", ":"):
                break
            found.append((first, last))
        return found[:4]
    return []


def _opens_line(page: Page, i: int) -> bool:
    token = page.tokens[i]
    return not page.text[page.lines[page.line_at(token.start)].start : token.start].strip()


def _defines(page: Page, i: int) -> bool:
    """True if short names are given to those named after token `i`: ("the Region"), nedan kallad Bolaget, (1)."""
    for k in range(i + 1, min(len(page.tokens) - 1, i + 70)):
        form = page.tokens[k].form
        if form == "(" and page.tokens[k + 1].form in ('"', "“", "”", "the", "nedan", "1", "hereinafter"):
            return True
        if form.lower() in _DEFINING:
            return True
    return False


def _parties(page: Page, start: int) -> list[tuple[int, int]]:
    """The spans of the names that begin at token `start`, brackets and what follows a name's comma left out."""
    stop = min(len(page.tokens), start + _PARTIES_WITHIN)
    tokens = page.tokens
    pieces: list[tuple[int, int]] = []
    ands: list[tuple[int, bool]] = []
    depth, first = 0, start
    skipping = False

    def close(last: int) -> None:
        if last > first and not skipping:
            pieces.append((first, last))

    i = start
    while i < stop:
        form = tokens[i].form
        low = form.lower()
        if form == "(":
            if depth == 0:
                close(i)
                skipping = True
            depth += 1
        elif form == ")":
            depth = max(0, depth - 1)
            if depth == 0:
                first, skipping = (
                    i + 1,
                    tokens[i - 1].form.isalpha() and not tokens[i - 1].form.isdigit() and len(tokens[i - 1].form) > 1,
                )
        elif depth == 0 and (
            (form in (".", ":", "§") and tokens[i - 1].form.lower() not in ("org", "nr", "no", "reg"))
            or (low in _ENDING and i > start + 2)
            or (i > start and _opens_section(page, i))
        ):
            break
        elif depth == 0 and form in (",", ";"):
            close(i)
            first, skipping = i + 1, True
        elif depth == 0 and low in _AND:
            definite = tokens[i - 1].form in (")", ",", ";", '"', "”") or (
                i + 1 < stop and tokens[i + 1].form.lower() in ("the", "(")
            )
            ands.append((i, definite))
            if definite:
                close(i)
                first, skipping = i + 1, False
        elif (
            skipping
            and depth == 0
            and tokens[i - 1].form in (",", ";")
            and form[0].isupper()
            and _is_long_name(page, i, stop)
        ):
            first, skipping = i, False
        i += 1
    close(i)
    return _split_once([_bare(page, *piece) for piece in pieces], ands, page)


def _opens_section(page: Page, i: int) -> bool:
    """True for the first token of a line that is a numbered clause or a heading."""
    form = page.tokens[i].form
    return (
        _opens_line(page, i)
        and (form[0].isdigit() or form in ("Section", "Article", "PARAGRAPH", "Artikel"))
        and page.tokens[i - 1].form != "("
    )


def _is_long_name(page: Page, i: int, stop: int) -> bool:
    """True if two or more words of a name begin at token `i`: after a comma a single one is a town."""
    following = page.tokens[i + 1].form if i + 1 < stop else ""
    return (
        following[:1].isupper()
        or following in ("kommun", "län", "of", "universitet")
        or (following in _AND and page.tokens[i - 2].form == ")")
    )


def _bare(page: Page, first: int, last: int) -> tuple[int, int]:
    while first < last and (
        page.tokens[first].form.lower() in ("the", "den", "det") or not page.tokens[first].form[0].isalpha()
    ):
        first += 1
    while last > first and not page.tokens[last - 1].form[-1].isalnum():
        last -= 1
    return first, last


def _split_once(pieces: list[tuple[int, int]], ands: list[tuple[int, bool]], page: Page) -> list[tuple[int, int]]:
    """The names; a single piece with one "och" in it is two, and of several pieces each is cut at its only "och"."""
    found: list[tuple[int, int]] = []
    for first, last in pieces:
        inside = [i for i, definite in ands if first < i < last and not definite]
        if len(inside) == 1 and not (len(pieces) > 1 and any(definite for _, definite in ands)):
            found += [_bare(page, first, inside[0]), _bare(page, inside[0] + 1, last)]
        else:
            found.append((first, last))
    return [
        (first, last)
        for first, last in found
        if last > first and page.tokens[first].form[0].isupper() and last - first <= 14
    ]


def short_names(page: Page, header: Header) -> list[str]:
    """For each party the short name that is given to it in the brackets behind it, "" if none: ("the Region"), (nedan Bolaget)."""
    found = []
    for k, (_, last) in enumerate(header.parties):
        stop = header.parties[k + 1][0] if k + 1 < len(header.parties) else last + 25
        name = ""
        for i in range(last, min(stop, len(page.tokens) - 1)):
            if page.tokens[i].form == "(":
                inside = i + 1
                while inside < len(page.tokens) and page.tokens[inside].form != ")" and inside - i < 12:
                    inside += 1
                words = [page.tokens[j].form for j in range(i + 1, inside) if page.tokens[j].form[0].isupper()]
                if words and all(word[0].isalpha() for word in words):
                    name = " ".join(words)
                break
        found.append(name)
    return found


def names_of(page: Page, header: Header) -> list[str]:
    """The parties' names as the header prints them."""
    return [plain(page.words(first, last)) for first, last in header.parties]
