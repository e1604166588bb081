"""What part an organisation plays on a page: publisher, subject, passing mention; and which nouns stand for it."""

from __future__ import annotations

from handslag.language.base_forms import folded
from handslag.language.lexicon import classes_of
from handslag.reading.names.organisations import Organisation
from handslag.reading.page import Page
from handslag.vocabulary.load import vocabulary


def stand_ins_of(page: Page, organisations: list[Organisation]) -> dict[int, Organisation]:
    """Token → the organisation that the noun there ("bolaget", "the foundation") stands for: the fitting one named last."""
    named = sorted(((m.first, o) for o in organisations for m in o.mentions), key=lambda item: item[0])
    taken = {i for o in organisations for m in o.mentions for i in range(m.first, m.last)}
    found: dict[int, Organisation] = {}
    if not named:
        return found
    place = 0
    seen: list[Organisation] = []
    for i, token in enumerate(page.tokens):
        while place < len(named) and named[place][0] <= i:
            organisation = named[place][1]
            if organisation in seen:
                seen.remove(organisation)
            seen.append(organisation)
            place += 1
        classes = classes_of(token.form)
        if "stand-in" not in classes or i in taken or not _is_definite(page, i):
            continue
        kinds = {c[9:] for c in classes if c.startswith("stand-in:")}
        stem = token.form.casefold().removesuffix("s")[:-1][:6]
        fitting = [o for o in reversed(seen) if o.kind in kinds or stem in folded(o.name)]
        if not fitting and "any" not in kinds:
            fitting = [o for o in reversed(seen) if o.kind == "unknown"]
        if fitting:
            found[i] = fitting[0]
    return found


def _is_definite(page: Page, i: int) -> bool:
    """True for a Swedish definite form, or an English noun after "the", "our" or a demonstrative."""
    form = page.tokens[i].form.casefold()
    if form.endswith(("en", "et", "ens", "ets")):
        return True
    return i > 0 and page.tokens[i - 1].form.casefold() in ("the", "our", "this", "both", "its")


def standing_features(page: Page, organisations: list[Organisation]) -> dict[int, list[str]]:
    """For each organisation, by `id`: how often and where it is named, and whether the page seems to be its own."""
    ordered = sorted(organisations, key=lambda o: (-len(o.mentions), o.mentions[0].first))
    edges = _edges(page)
    squeezed = edges["furniture"].replace(" ", "").replace("-", "")
    found: dict[int, list[str]] = {}
    for rank, organisation in enumerate(ordered):
        features = ["rank" + str(min(3, rank))]
        name = folded(organisation.name)
        forms = [name, *(folded(alias) for alias in organisation.aliases if len(alias) > 3)]
        features += [word for part, word in _PARTS if any(form in edges[part] for form in forms)]
        key = "".join(c for c in name.split()[0] if c.isalnum()) if name.split() else ""
        if len(key) > 3 and any(sign in squeezed for sign in ("@" + key, "www." + key, key + ".example", key + ".se")):
            features.append("in address")
        numbers = [page.sentence_of[m.first] for m in organisation.mentions]
        zones = {page.sentences[n].zone for n in numbers}
        if "headline" in zones:
            features.append("in headline")
        if min(numbers) < 4:
            features.append("early")
        if len(numbers) > 3:
            features.append("often")
        for n in numbers:
            sentence = page.sentences[n]
            opening = page.tokens[sentence.first].form.casefold()
            if opening in ("om", "about") and sentence.last - sentence.first < 10:
                features.append("about it")
                break
        own = sum(item in _OWN for item in features)
        features.append("own" + str(min(4, own)))
        if is_medium(organisation.name):
            features.append("medium")
        found[id(organisation)] = features
    return found


_OWN = frozenset(("in furniture", "at top", "at bottom", "in title", "copyright", "in address", "about it"))


def is_medium(name: str) -> bool:
    """True if the name shows a newspaper, magazine, podcast or news service."""
    low = folded(name)
    return any(part in low for part in vocabulary("names")["media"])


def media_page(page: Page) -> str:
    """Gives "press" for a page whose edges are those of a newspaper or podcast, else nothing."""
    edges = _edges(page)
    signs = sum(sign in edges["furniture"] for sign in vocabulary("names")["media_signs"])
    if is_medium(edges["top"]):
        signs += 1
    return "press" if signs else ""


_PARTS = (
    ("furniture", "in furniture"),
    ("top", "at top"),
    ("bottom", "at bottom"),
    ("title", "in title"),
    ("owner", "copyright"),
)


def _edges(page: Page) -> dict[str, str]:
    """The folded text of the page's parts that tell whose it is: furniture, first lines, last lines, first headline, copyright."""
    lines = [
        (page.text[line.start : line.end], zone) for line, zone in zip(page.lines, page.zones, strict=True) if zone
    ]
    return {
        "furniture": folded(" ".join(content for content, zone in lines if zone in ("furniture", "byline"))),
        "top": folded(" ".join(content for content, _ in lines[:2])),
        "bottom": folded(" ".join(content for content, _ in lines[-3:])),
        "title": folded(next((content for content, zone in lines if zone == "headline"), "")),
        "owner": folded(" ".join(content for content, _ in lines if "©" in content)),
    }
