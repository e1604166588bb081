"""What is known of entities, level by level, to compare them by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from handslag.register.profiles import Profile
from handslag_hub.register.models import Trait
from handslag_hub.register.schemes import SCHEME_OF
from handslag_hub.store.bulk import places_for, query, select_rows
from handslag_hub.store.models import Name
from handslag_hub.store.models.caches import NameKind

# Of what is printed in many ways, the first so many: two names more do not make a person more sure.
_MOST = 12


@dataclass(slots=True)
class Known:
    """What all facts of a cluster say, each with the level at which it is said."""

    kind: str
    names: list[tuple[int, str, str, int]] = field(default_factory=list)
    organisation_kinds: list[tuple[str, int]] = field(default_factory=list)
    identifiers: list[tuple[str, str, int]] = field(default_factory=list)
    roles: list[tuple[str, str, int]] = field(default_factory=list)

    def levels(self) -> set[int]:
        """The levels at which something is said."""
        rows = (*self.names, *self.organisation_kinds, *self.identifiers, *self.roles)
        return {row[-1] for row in rows}

    def profile(self, level: int) -> Profile | None:
        """The profile that those see who see `level`; None where they know no name."""
        seen = [(kind, name, language) for kind, name, language, its in self.names if its <= level]
        given = [name for kind, name, _ in seen if kind == NameKind.NAME]
        aliases = [name for kind, name, _ in seen if kind == NameKind.ALIAS]
        names = given or [name for kind, name, _ in seen if kind == NameKind.MENTION]
        if not names and not aliases:
            return None
        return Profile(
            kind=self.kind,
            names=tuple(dict.fromkeys(names or aliases))[:_MOST],
            aliases=tuple(dict.fromkeys(aliases if names else ()))[:_MOST],
            organisation_kinds=tuple(dict.fromkeys(kind for kind, its in self.organisation_kinds if its <= level)),
            identifiers={scheme: value for scheme, value, its in self.identifiers if its <= level},
            organisations=tuple(dict.fromkeys((body, role) for body, role, its in self.roles if its <= level))[:_MOST],
            languages=tuple(dict.fromkeys(language for _, _, language in seen if language)),
        )


def known_of(members: dict[int, int], kinds: dict[int, str]) -> dict[int, Known]:
    """Canonical entity → what is known of it; `members` is entity → canonical, `kinds` canonical → kind. Three queries."""
    found = {canonical: Known(kind) for canonical, kind in kinds.items()}
    names = select_rows(Name, ("entity", "kind", "name", "language", "level", "by_hand", "accepted"), entity=members)
    for entity, kind, name, language, level, *_ in sorted(names, key=lambda row: (row[1], not row[5], not row[6], row[2:5])):  # fmt: skip
        found[members[entity]].names.append((kind, name, language, level))
    for entity, name, value, level in sorted(select_rows(Trait, ("entity", "name", "value", "level"), entity=kinds), key=lambda row: row[1:]):  # fmt: skip
        if name == "kind":
            found[entity].organisation_kinds.append((value, level))
        elif name.startswith("id:"):
            found[entity].identifiers.append((SCHEME_OF.get(name[3:], name[3:]), value, level))
    _add_roles(found, members, [entity for entity, canonical in members.items() if kinds[canonical] == "person"])
    return found


def _add_roles(found: dict[int, Known], members: dict[int, int], people: Sequence[int]) -> None:
    """What persons are, and where: the organisation by its label, which whoever sees the fact may see."""
    if not people:
        return
    rows = query(
        "SELECT s.fact_id, f.about_id, f.level, s.predicate, s.value, e.label FROM store_fact f JOIN store_statement s ON s.fact_id = f.id AND s.holds"  # noqa: S608  places
        " AND s.predicate IN ('role', 'organisation') LEFT JOIN store_entity e ON e.id = s.object_now_id"
        f" WHERE f.kind = 'role' AND f.shown AND f.about_id IN ({places_for(people)}) ORDER BY s.id", people)  # fmt: skip
    parts: dict[int, dict[str, str]] = defaultdict(dict)
    owners: dict[int, tuple[int, int]] = {}
    for fact, entity, level, predicate, value, label in rows:
        owners[fact] = (members[entity], level)
        parts[fact][predicate] = label or value
    for fact, (canonical, level) in owners.items():
        if body := parts[fact].get("organisation"):
            found[canonical].roles.append((body, parts[fact].get("role", ""), level))
