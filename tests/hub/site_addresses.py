"""Every address of the site, found in its resolver, so that tests over all of them cover what is added later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from handslag_hub.asking.models import Answer, Note
from handslag_hub.exchange.giving_out import ALL, formats_of
from handslag_hub.exchange.models import ApiToken
from handslag_hub.exchange.tables import TABLES
from handslag_hub.reading.models import NearCopy
from handslag_hub.store.models import Action, Conflict, Document, Entity, Fact


@dataclass(frozen=True)
class Address:
    """One pattern: its name with namespaces ("" for none), its route, the names of its arguments, its page."""

    name: str
    route: str
    arguments: tuple[tuple[str, str], ...]
    page: Callable

    @property
    def label(self) -> str:
        """The name, or the route where it has none."""
        return self.name or self.route

    @property
    def is_ours(self) -> bool:
        """False for allauth's."""
        return not self.route.startswith("account/")


def site_addresses() -> list[Address]:
    """All patterns of the resolver."""
    return list(_walk(get_resolver(), "", "", ()))


def _walk(resolver: URLResolver, route: str, space: str, arguments: tuple[tuple[str, str], ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern = entry.pattern
        more = tuple((name, type(converter).__name__) for name, converter in pattern.converters.items()) if isinstance(pattern, RoutePattern) else tuple((name, "regex") for name in pattern.regex.groupindex)  # fmt: skip
        if isinstance(entry, URLPattern):
            name = f"{space}{entry.name}" if entry.name else ""
            yield Address(name, route + str(pattern), arguments + more, entry.callback)
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, route + str(pattern), inner, arguments + more)


# What else stands in addresses, by the argument's name.
WORDS = {
    "kind": ["organisation", "person", "event"],
    "section": ["mentions", "commitments", "agreements", "named", "people"],
    "what": ["role", "name", "identifier"],
    "table": [ALL, *TABLES],
    "form": ["json", "jsonld", "csv", "xlsx"],
    "about": ["commitment", "party", "theme"],
    "theme": ["health_data", "manufacturing"],
    "level": ["regional", "unknown"],
    "start": ["0"],
    "end": ["5"],
}


def paths_of(address: Address, uids: list[str], keys: list[int], most: int = 400) -> list[str]:
    """The paths of an address with these in the place of its arguments."""
    choices: list[list[tuple[str, str]]] = []
    for name, converter in address.arguments:
        values: list[object] = WORDS.get(name) or (list(keys) if converter == "IntConverter" else list(uids))
        choices.append([(name, str(value)) for value in values])
    found = []
    for chosen in product(*choices):
        if not _is_offered(**dict(chosen)):
            continue
        route = address.route
        for name, value in chosen:
            for written in (f"<str:{name}>", f"<int:{name}>", f"<slug:{name}>", f"<{name}>", f"<path:{name}>"):
                route = route.replace(written, value)
        found.append("/" + route.lstrip("^").rstrip("$"))
        if len(found) == most:
            break
    return found


def _is_offered(form: str = "", table: str = "", **_others: str) -> bool:
    """A format in which nothing is given out is no address. A workbook has the same cells as the other formats: one is enough."""
    if form == "xlsx":
        return table == ALL
    return not form or form in (formats_of(table) if table else ("json", "jsonld"))


def known_uids(each: int = 2) -> dict[str, str]:
    """Address → what it is of ("document", "fact" or the kind of an entity): this many of each kind and level."""
    found: dict[tuple[object, ...], list[tuple[str, str]]] = defaultdict(list)
    for uid, level in Document.objects.order_by("pk").values_list("uid", "visibility"):
        found["document", level].append((uid, "document"))
    for model in (Fact, Entity):
        for uid, kind, level in model.objects.order_by("pk").values_list("uid", "kind", "level"):
            found[model, kind, level].append((uid, "fact" if model is Fact else kind))
    return dict(pair for pairs in found.values() for pair in pairs[:each])


# What the addresses below a path are of; all else takes any.
TAKES = {
    "documents/": {"document"},
    "passages/": {"document"},
    "facts/": {"fact"},
    "register/": {"organisation", "person", "event"},
    "commitments/": {"commitment"},
    "agreements/": {"agreement"},
    "watching/": {"commitment", "organisation", "person"},
    "letters/ask/": {"organisation", "person"},
    "briefs/": {"organisation", "person", "agreement"},
    "milestones/": {"milestone"},
    "api/documents": {"document"},
    "api/facts": {"fact"},
    "api/entities": {"organisation", "person", "event", "commitment"},
}


def fitting(address: Address, uids: dict[str, str]) -> list[str]:
    """The uids that are of what the address takes: to others it answers that there is nothing."""
    takes = next((kinds for path, kinds in TAKES.items() if address.route.startswith(path)), None)
    return sorted(uid for uid, kind in uids.items() if takes is None or kind in takes)


def known_keys() -> set[int]:
    """The keys of what is addressed by its number."""
    return {
        key
        for model in (Conflict, Action, NearCopy, ApiToken, Note, Answer)
        for key in model.objects.values_list("pk", flat=True)
    }
