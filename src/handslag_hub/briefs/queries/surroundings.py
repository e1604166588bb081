"""What else a brief tells: contradictions, signals, and who holds which role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import F, Q

from handslag.kernel.errors import BadPeriod
from handslag.kernel.periods import parse_period
from handslag.reading.facts.commitments.themes import theme_of
from handslag.register.roles import RoleAsOf, RoleClaim, roles_as_of
from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.brief import Clash, Happening, Post, Section
from handslag_hub.briefs.queries.sources import (
    path_to,
    printed_source,
    source_of,
    typed_source,
    unread_of,
    views_by_key,
)
from handslag_hub.commitments.models import Party
from handslag_hub.commitments.queries.agreements import named_in
from handslag_hub.commitments.queries.contradictions import Contradiction, conflicts_seen, contradictions, decided
from handslag_hub.commitments.queries.ledger import known_rows
from handslag_hub.commitments.queries.signals import SignalChoice, known_signals
from handslag_hub.following.queries.contradictions import Contradicting, text_contradictions, view_contradictions
from handslag_hub.register.models import As, Mention
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.queries import FactView, Value, labels_of, values_of

# Looked through for roles: the newest facts that tell of any.
_ROLE_FACTS = 400
# Looked at for their theme: the newest signals of all.
_NEWEST = 100
_STATES = {"current": 0, "coming": 1, "": 2, "former": 3}


def agreements_naming(actor: Actor, known: AsKnown, entities: Collection[int]) -> set[int]:
    """The agreements that any of these is a party to or signed."""
    named = Party.objects.filter(kind="agreement", entity__in=entities)
    return set(known_rows(named, "agreement", actor, known).values_list("fact__about__canonical", flat=True))


def clashes(
    actor: Actor, known: AsKnown, entities: Collection[int], commitments: Collection[int], most: int
) -> Section:
    """Contradictions of any of these that nobody has settled for a value; then those of texts on these commitments, as far as nobody has
    decided which holds.
    """
    rows = conflicts_seen(actor).filter(~decided(actor) | Q(settlement__statement=None), entity__in=entities)
    found = contradictions(actor, known, list(rows), 2)
    texts = text_contradictions(actor, known).filter(
        statements__predicate="of", statements__holds=True, statements__object_now__canonical__in=commitments
    )
    told = [one for one in view_contradictions(actor, texts.distinct()) if not one.holds and len(one.sides) > 1]
    words = values_of(actor, [one.fact.pk for one in told[:most]])
    lines = [_clash(one, known) for one in found]
    lines += [_text_clash(one, words.get(one.fact.pk, {}), known) for one in told[:most]]
    return Section("contradictions", tuple(lines[:most]), len(found) + len(told))


def _text_clash(one: Contradicting, words: Mapping[str, list[Value]], known: AsKnown) -> Clash:
    said = tuple((key, words[f"what_{key}"][0].value) for key in ("sv", "en") if words.get(f"what_{key}"))
    return Clash(
        key=one.fact.uid, level=one.fact.level, href=path_to(known, "fact", one.fact.uid), said=said,
        sources=tuple(printed_source(side.document, side, known) for side in one.sides[:2]), left_standing=one.last is not None,
    )  # fmt: skip


def _clash(one: Contradiction, known: AsKnown) -> Clash:
    sources = tuple(
        printed_source(document, passage, known) if document else typed_source(statement.fact, known)
        for side in one.sides
        for statement, document, passage in side.statements[:1]
    )
    return Clash(
        key=f"conflict {one.conflict.pk}", level=one.conflict.level, href=path_to(known, "conflict", one.conflict.pk), sources=sources,
        about=one.label, what=one.conflict.predicate, values=tuple(side.value for side in one.sides),
        left_standing=one.settlement is not None,
    )  # fmt: skip


def happenings(actor: Actor, known: AsKnown, entities: Collection[int], themes: Collection[str], most: int) -> Section:
    """Signals about any of these, the newest first, then those of the newest that are in one of the themes; without what members put in."""
    named = Party.objects.filter(kind="signal", entity__in=entities)
    seen = known_signals(actor, known, SignalChoice())
    rows = seen.filter(pk__in=known_rows(named, "signal", actor, known).values("fact"))
    keys = list(rows.order_by("-said", "fact").values_list("pk", flat=True)[:most])
    others = seen.exclude(pk__in=rows.values("pk"))
    newest = others.order_by("-said", "fact").values_list("pk", "headline")[:_NEWEST] if themes else ()
    in_theme = {key: theme for key, headline in newest if (theme := theme_of(headline, ())) in themes and theme}
    total = rows.count() + len(in_theme)
    keys += list(in_theme)[: most - len(keys)]
    views = views_by_key(actor, known, keys)
    who = named_in(actor, keys)
    lines = (_happening(views[key], [name for _kind, _uid, name in who.get(key, [])], in_theme.get(key, ""), known) for key in keys if key in views)  # fmt: skip
    unread = unread_of("signals", others, _NEWEST) if len(newest) == _NEWEST else ()
    return Section("signals", tuple(lines), total, unread)


def _happening(view: FactView, subjects: Sequence[str], theme: str, known: AsKnown) -> Happening:
    fact = view.fact
    return Happening(key=fact.uid, level=fact.level, href=path_to(known, "fact", fact.uid), sources=(source_of(view, known),),
        language=fact.language, kind=view.first("kind"), headline=view.first("headline"), subjects=tuple(subjects), day=fact.said_on, theme=theme)  # fmt: skip


def posts(actor: Actor, known: AsKnown, entities: Collection[int], day: date, most: int) -> Section:
    """Who holds which role on the day, of these people and of the people of these organisations; what is over is left out."""
    told = Mention.objects.filter(entity__in=entities, kind="role").annotate(
        part=F("parts").bitand(int(As.ABOUT | As.ORGANISATION))
    )
    rows = known_rows(told.filter(part__gt=0), "role", actor, known)
    keys = list(rows.order_by("-said", "-fact").values_list("fact", flat=True)[: _ROLE_FACTS + 1])
    unread = unread_of("roles", rows, _ROLE_FACTS) if len(keys) > _ROLE_FACTS else ()
    del keys[_ROLE_FACTS:]
    views = views_by_key(actor, known, keys)
    days = dict(Mention.objects.filter(fact__in=keys).values_list("fact", "known_on"))
    people = labels_of(actor, {view.fact.about_id for view in views.values()})
    claims: dict[str, list[RoleClaim]] = defaultdict(list)
    names: dict[str, str] = {}
    by_uid = {view.fact.uid: view for view in views.values()}
    for view in views.values():
        if view.fact.about_id not in people or not view.first("role"):
            continue
        uid, name, _kind = people[view.fact.about_id]
        names[uid] = name
        claims[uid].append(_claim(view, days[view.fact.pk]))
    found = [
        (role, uid)
        for uid, its in claims.items()
        for role in roles_as_of(its, day)
        if role.readings and role.state != "former"
    ]
    found.sort(key=lambda pair: (_STATES[pair[0].state], names[pair[1]], pair[0].role, pair[0].organisation))
    return Section(
        "roles", tuple(_post(role, uid, names[uid], by_uid, known) for role, uid in found[:most]), len(found), unread
    )


def _claim(view: FactView, known_on: date) -> RoleClaim:
    body = view.values.get("organisation", [])
    period = view.first("period")
    try:
        parse_period(period) if period else None
    except BadPeriod:
        period = ""
    return RoleClaim(statement=view.fact.uid, role=view.first("role"), organisation=(body[0].uid or body[0].value) if body else "",
        tense=view.first("tense") or "current", said_on=known_on, printed=period)  # fmt: skip


def _post(role: RoleAsOf, uid: str, name: str, views: dict[str, FactView], known: AsKnown) -> Post:
    reading = role.readings[0] if role.readings else None
    telling = [views[key] for its in role.readings for key in its.statements if key in views]
    newest = sorted(telling, key=lambda view: (view.fact.said_on or date.min, view.fact.pk), reverse=True)[:2]
    body = newest[0].values.get("organisation", []) if newest else []
    return Post(
        key=f"{uid} {role.role} {role.organisation}", level=max((view.fact.level for view in newest), default=0),
        href=path_to(known, "entity", uid), sources=tuple(source_of(view, known) for view in newest), person=name, role=role.role,
        organisation=(body[0].label or body[0].value) if body else "", state=role.state,
        begins=reading.begins if reading else "", ends=reading.ends if reading else "",
    )  # fmt: skip
