"""Organisations of a page: one for each body, with its other printed forms, its kind and its mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from handslag.language.base_forms import folded, plain, without_genitive
from handslag.language.lexicon import classes_of
from handslag.reading.names.people import followed_by_noun
from handslag.reading.names.tagger import Mention
from handslag.reading.page import Page
from handslag.vocabulary.load import vocabulary

# small words within a body's name
_INNER = frozenset(
    ("of", "for", "för", "i", "and", "och", "in", "på", "de", "du", "di", "da", "der", "vid", "at", "on", "the")
)
# words of a name that are looked at to find shorter forms of it
_MOST_WORDS = 40
_ARTICLES = ("the ", "den ", "det ", "a ", "an ")


@dataclass(slots=True)
class Organisation:
    """A body: the longest printed form of its name, other forms, kind, mentions in reading order."""

    name: str
    kind: str = "unknown"
    mentions: list[Mention] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    certainty: float = 0.0

    def take(self, other: Organisation) -> None:
        """Takes over another one's mentions and names as its own."""
        self.mentions += other.mentions
        for alias in [other.name, *other.aliases]:
            if alias != self.name and alias not in self.aliases:
                self.aliases.append(alias)


def resolve_organisations(
    page: Page, mentions: list[Mention], known: Mapping[str, str] | None = None
) -> list[Organisation]:
    """Groups the ORG mentions by base form, then joins short forms and acronyms with the full names.

    `known` are kinds by folded name that the caller is sure of.
    """
    ours = _cut_to_names(page, [_without_title(page, mention) for mention in mentions if mention.kind == "ORG"])
    forms = [(mention, plain(page.words(mention.first, mention.last))) for mention in ours]
    printed = {folded(words) for _, words in forms}
    found: dict[str, Organisation] = {}
    stand_ins: list[tuple[Mention, str]] = []
    for mention, words in forms:
        if is_stand_in(words):
            stand_ins.append((mention, words))
            continue
        language = page.sentences[page.sentence_of[mention.first]].language
        name = without_genitive(words, printed, language, "ORG", followed_by_noun(page, mention.last))
        name = without_article(name)
        if not any(c.isalpha() for c in name):
            continue
        organisation = found.setdefault(_key(name), Organisation(name))
        if len(name) > len(organisation.name):
            organisation.take(Organisation(organisation.name))
            organisation.name = name
        organisation.mentions.append(mention)
    _join_acronyms(page, found)
    _join_short_forms(found)
    for mention, words in stand_ins:
        bearer = _nearest_before(list(found.values()), mention, words)
        if bearer:
            bearer.mentions.append(mention)
            bearer.aliases.append(words)
    for organisation in found.values():
        organisation.mentions.sort()
        organisation.aliases = [alias for alias in organisation.aliases if alias != organisation.name]
        organisation.kind = kind_of([organisation.name, *organisation.aliases], known)
    return sorted(found.values(), key=lambda organisation: organisation.mentions[0])


def _without_title(page: Page, mention: Mention) -> Mention:
    """The mention without the title of a person who follows: "Region Norrskog" of "Region Norrskog Dr. Eva Lind"."""
    last = mention.last
    while last - mention.first > 1 and "title" in classes_of(page.tokens[last - 1].form):
        last -= 1
    return mention if last == mention.last else mention._replace(last=last)


def _cut_to_names(page: Page, mentions: list[Mention]) -> list[Mention]:
    """Cuts a mention that ran on behind a name which stands alone elsewhere: a headline in capitals, "… phase 2 study"."""
    forms = [[token.form for token in page.tokens[m.first : m.last]] for m in mentions]
    names = {tuple(words) for words in forms}
    found = []
    for mention, words in zip(mentions, forms, strict=True):
        length = next(
            (n for n in range(2, len(words)) if tuple(words[:n]) in names and _runs_on(page, mention, words[n:])), 0
        )
        found.append(mention._replace(last=mention.first + length) if length else mention)
    return found


def _runs_on(page: Page, mention: Mention, rest: list[str]) -> bool:
    """True if the words behind a name are none of it: small ones first, or capitals in a headline that name no sort of body."""
    if any(
        c == "legal" or c.startswith(("org", "-org", "place")) for word in rest for c in classes_of(word.strip("().,"))
    ):
        return False
    if rest[0][0].islower():
        return rest[0] not in _INNER
    return len(rest) > 1 and rest[0].isalpha() and page.sentences[page.sentence_of[mention.first]].zone == "headline"


def is_stand_in(words: str) -> bool:
    """True for a common noun that stands for a body named elsewhere: "Högskolan", "the Foundation"."""
    return "stand-in" in classes_of(without_article(words))


def _nearest_before(organisations: list[Organisation], mention: Mention, words: str) -> Organisation | None:
    """The organisation named last before the stand-in whose name holds its stem; "högskol" for "Högskolan"."""
    stem = folded(without_article(words))[:-1][:6]
    fitting = [
        (max(m.first for m in o.mentions if m.first < mention.first), o) for o in organisations
        if stem in folded(o.name) and any(m.first < mention.first for m in o.mentions)
    ]  # fmt: skip
    return max(fitting, key=lambda item: item[0])[1] if fitting else None


def without_article(name: str) -> str:
    """The name without an article in front."""
    for article in _ARTICLES:
        if name.lower().startswith(article) and len(name) > len(article):
            return name[len(article) :]
    return name


def _key(name: str) -> str:
    """The name to group by: folded, without legal form."""
    words = [word for word in re.split(r"[\s,]+", folded(name)) if word]
    while len(words) > 1 and (words[-1].strip("().") in ("publ",) or "legal" in classes_of(words[-1].strip("."))):
        words.pop()
    return " ".join(words)


def _join_acronyms(page: Page, found: dict[str, Organisation]) -> None:
    """Joins "KHIDI" in "Korea Health Industry Development Institute (KHIDI)", and the full name after the short one."""
    by_start: dict[int, str] = {}
    for key, organisation in found.items():
        for mention in organisation.mentions:
            by_start[mention.first] = key
    for key in list(found):
        full = found.get(key)
        if full is None:
            continue
        for mention in list(full.mentions):
            i = mention.last
            if i + 1 < len(page.tokens) and page.tokens[i].form == "(":
                other = by_start.get(i + 1)
                if other and other in found and other != key and _is_short_for(found[other].name, full.name):
                    _merge(found, other, key)
                elif other and other in found and other != key and _is_short_for(full.name, found[other].name):
                    _merge(found, key, other)
                    break


def _is_short_for(short: str, full: str) -> bool:
    """True if `short` can be an acronym or clipped form of `full`: its letters come in order, the first one first."""
    letters = [c for c in short.casefold() if c.isalpha()]
    if not letters or len(short) >= len(full) or " " in short.strip():
        return False
    if short.isupper() or sum(c.isupper() for c in short) >= 2:
        rest = iter(full.casefold())
        return all(letter in rest for letter in letters)
    return full.casefold().startswith(short.casefold())


def _merge(found: dict[str, Organisation], short: str, full: str) -> None:
    organisation = found.pop(short)
    found[full].take(organisation)


def _join_short_forms(found: dict[str, Organisation]) -> None:
    """Joins "Tallvik" with "Tallvik Cellterapi AB", and "SU" with the one body whose initials it is."""
    longer_than = _longer_keys(found)
    initials: dict[str, list[str]] = {}
    for key in found:
        initials.setdefault(_initials(key), []).append(key)
    for key in sorted(found, key=len):
        words = key.split()
        longer = [] if _says_little(key, words) else [other for other in longer_than.get(key, ()) if other in found]
        if not longer and len(words) == 1 and found[key].name.isupper() and 2 <= len(key) <= 6:
            longer = [other for other in initials.get(key, ()) if other != key and other in found]
        if len(longer) == 1:
            _merge(found, key, longer[0])


def _longer_keys(found: Iterable[str]) -> dict[str, list[str]]:
    """Key → the keys that begin with it, or end in it behind nothing but words for a sort of body, each once.

    "biokraft värmland" is both the beginning of "biokraft värmland ekonomisk" and the tail of "stiftelsen biokraft värmland".
    """
    longer: dict[str, list[str]] = {}
    for key in found:
        words = key.split()[:_MOST_WORDS]
        parts = [" ".join(words[:n]) for n in range(1, len(words))]
        for n, word in enumerate(words[:-1], 1):
            if "stand-in" not in classes_of(word):
                break
            parts.append(" ".join(words[n:]))
        for part in dict.fromkeys(parts):
            longer.setdefault(part, []).append(key)
    return longer


def _says_little(key: str, words: list[str]) -> bool:
    """True for a town's name and for "Region", which begin the names of many bodies."""
    if any(c.startswith("place") for c in classes_of(key)):
        return True
    return len(words) == 1 and not {"org:region", "org:university", "org:municipality"}.isdisjoint(classes_of(words[0]))


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word not in ("of", "the", "and", "och", "för", "i", "for", "&"))


def kind_of(names: list[str], known: Mapping[str, str] | None = None) -> str:
    """The kind of body that a name shows; "unknown" if it shows none."""
    for name in names:
        if known and folded(name) in known:
            return known[folded(name)]
    kinds = vocabulary("organisation_words")["kinds"]
    well_known = vocabulary("public_bodies")
    for name in names:
        low = folded(name)
        for kind, bodies in well_known.items():
            if low in bodies:
                return str(kind)
    for name in names:
        words = folded(name).replace(",", " ").replace("(publ)", " (publ) ").split()
        classes = {c for word in words for c in classes_of(word.strip("."))}
        if "legal" in classes and "org:foundation" not in classes:
            return "company"
        for kind in kinds:
            if "org:" + kind in classes or "-org:" + kind in classes:
                return str(kind)
    return "company" if names and len(names[0].split()) <= 2 else "unknown"
