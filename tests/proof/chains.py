"""Chains of what people do: their steps, chosen, done, and told by the entries they wrote.

A step names entities, facts and pages by address and earlier steps by their place in the chain, so it can be done again in a store that
has other keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.proof.small_store import BODIES, PROVER, address_of, heard_claim, small_reading, typed_claim

from handslag.kernel.claims import Claim, normal_words
from handslag.reading.claims import organisation_key
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import (
    Action,
    Assertion,
    Conflict,
    Document,
    Entity,
    Extractor,
    Fact,
    IdentityLink,
    Move,
    Presence,
    Review,
    Settlement,
    Statement,
)
from handslag_hub.store.services import (
    TypedFact,
    add_document_again,
    judge_sameness,
    keep_heard,
    keep_reading,
    remove_document,
    review_fact,
    settle_conflict,
    split_entity,
    type_facts,
    undo_action,
)
from handslag_hub.store.services.undoing import refresh_after

PAGES = 3
Step = tuple


def build_store() -> None:
    """The store that every chain starts from."""
    for number in range(PAGES):
        keep_reading(PROVER, small_reading(number), address=address_of(number))


# --- doing ----------------------------------------------------------------------------------------------------------


def do_step(step: Step, done: Sequence[Action | None]) -> Action | None:
    """Does a step through the services; Refused (also where what it names is not there), None where nothing was to be done."""
    match step:
        case ("judge", a, b, verdict):
            return judge_sameness(PROVER, _entity(a), _entity(b), verdict)
        case ("split", uid, facts):
            return split_entity(PROVER, _entity(uid), [_fact(fact) for fact in facts], "Den andra")[1]
        case ("review", uid, verdict, value):
            corrected = _corrections(_fact(uid), value) if verdict == "correct" else None
            return review_fact(PROVER, _fact(uid), verdict, corrected=corrected)
        case ("remove", uid):
            return remove_document(PROVER, _document(uid))
        case ("again", uid):
            return add_document_again(PROVER, _document(uid))
        case ("keep", number, version):
            before = Action.objects.order_by("-pk").first()
            keep_reading(PROVER, small_reading(number, version), address=address_of(number))
            return Action.objects.filter(pk__gt=before.pk).order_by("pk").first()
        case ("type", number, variant):
            return type_facts(PROVER, [TypedFact(typed_claim(number, variant))])[1]
        case ("hear", uid, of, says):
            document = _document(uid)
            return keep_heard(
                PROVER, document, [heard_claim(document, _entity(of).uid, says)], extractor_named("handslag following")
            ).action
        case ("settle", uid, predicate, value):
            conflict = Conflict.objects.filter(entity=_entity(uid).canonical_id, predicate=predicate).order_by("level").first()  # fmt: skip
            if conflict is None:
                raise Refused("no conflict")
            statement = Statement.objects.filter(holds=True, predicate=predicate, value_normal=value, fact__shown=True,
                fact__about__canonical=conflict.entity).order_by("fact__uid").first()  # fmt: skip
            return settle_conflict(PROVER, conflict, statement)
        case ("undo", place):
            if done[place] is None:
                raise Refused("never done")
            return undo_action(PROVER, done[place])
    raise AssertionError(step)


def extractor_named(name: str) -> Extractor:
    """What found it."""
    return Extractor.objects.get_or_create(name=name, version="", parameters_hash="", is_human=False)[0]


def _corrections(fact: Fact, value: str) -> dict[str, list[Claim]]:
    if fact.kind == "role":
        return {"organisation": [Claim(predicate="organisation", value=value, normal=normal_words(value), object=organisation_key(value))]}  # fmt: skip
    if fact.kind == "event":
        return {"place": [Claim(predicate="place", value=value, normal=normal_words(value))]}
    if fact.kind == "evidence":
        return {"says": [Claim(predicate="says", value="underway", normal="underway")]}
    predicate = "what" if fact.kind == "commitment" else "name"
    return {predicate: [Claim(predicate=predicate, value=value, normal=normal_words(value))]}


def _found(rows, uid: str):
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Refused(f"{uid} is not there")
    return found


def _entity(uid: str) -> Entity:
    return _found(Entity.objects, uid)


def _fact(uid: str) -> Fact:
    return _found(Fact.objects, uid)


def _document(uid: str) -> Document:
    return _found(Document.objects, uid)


# --- choosing --------------------------------------------------------------------------------------------------------


def choose_step(rng: Random, done: Sequence[Action | None]) -> Step:
    """A step that could be taken now; it may still be refused."""
    kind = rng.choices(
        ("judge", "split", "review", "remove", "again", "keep", "type", "hear", "settle", "undo"),
        (12, 2, 4, 2, 2, 1, 1, 2, 1, 5),
    )[0]
    if kind == "judge":
        what = rng.choice(("organisation", "organisation", "person", "event"))
        uids = sorted(Entity.objects.filter(kind=what).values_list("uid", flat=True))
        a, b = rng.sample(uids, 2) if len(uids) > 1 else (uids[0], uids[0])
        return ("judge", a, b, rng.choice(("same", "same", "same", "different", "different", "unsure")))
    if kind == "split":
        rows = sorted(Entity.objects.filter(kind="organisation", level__isnull=False).values_list("uid", "canonical"))
        if not rows:
            return choose_step(rng, done)
        entity = rng.choice(rows)
        about = set(Fact.objects.filter(about__canonical=entity[1]).values_list("uid", flat=True))
        about |= set(Statement.objects.filter(object_now__canonical=entity[1], holds=True).values_list("fact__uid", flat=True))  # fmt: skip
        facts = rng.sample(sorted(about), min(len(about), rng.randint(1, 2)))
        return ("split", entity[0], tuple(sorted(facts))) if facts else choose_step(rng, done)
    if kind == "review":
        uid = rng.choice(sorted(Fact.objects.values_list("uid", flat=True)))
        return ("review", uid, rng.choice(("accept", "reject", "correct", "correct", "unsure", "clear")), rng.choice((*BODIES, "Ny AB")))  # fmt: skip
    if kind in {"remove", "again"}:
        live = kind == "remove"
        uids = sorted(Document.objects.filter(live=live).values_list("uid", flat=True))
        return (kind, rng.choice(uids)) if uids else choose_step(rng, done)
    if kind == "keep":
        return ("keep", rng.randrange(PAGES + 2), rng.randrange(3))
    if kind == "type":
        return ("type", rng.randrange(2), rng.randrange(2))
    if kind == "hear":
        return _hearing(rng) or choose_step(rng, done)
    if kind == "settle":
        return _settling(rng) or choose_step(rng, done)
    places = [place for place, action in enumerate(done) if action]
    return ("undo", rng.choice(places[-4:])) if places else choose_step(rng, done)


def _settling(rng: Random) -> Step | None:
    rows = sorted(Conflict.objects.values_list("entity__uid", "predicate", "values"))
    if not rows:
        return None
    uid, predicate, values = rng.choice(rows)
    return ("settle", uid, predicate, rng.choice(values))


def _hearing(rng: Random) -> Step | None:
    documents = sorted(Document.objects.filter(live=True).values_list("uid", flat=True))
    of = sorted(Fact.objects.filter(kind="commitment").exclude(document=None).values_list("about__uid", flat=True))
    if not documents or not of:
        return None
    return ("hear", rng.choice(documents), rng.choice(of), rng.choice(("done", "delayed")))


# --- entries, by address ---------------------------------------------------------------------------------------------

_LOGS = (
    (Presence, ("document__uid", "present")),
    (Assertion, ("fact__uid", "document__uid", "on", "visibility")),
    (Review, ("fact__uid", "verdict", "note")),
    (IdentityLink, ("a__uid", "b__uid", "verdict")),
    (Move, ("fact__uid", "origin__uid", "target__uid")),
    (Settlement, ("entity__uid", "predicate", "values", "statement__value", "statement__fact__uid")),
)


def entries_of(action: Action) -> list[tuple]:
    """What the action wrote to the logs. The two sides of a link have no order by address."""
    found = []
    for log, fields in _LOGS:
        for row in log.objects.filter(action=action).values_list(*fields):
            values = sorted(row[:2]) + list(row[2:]) if log is IdentityLink else list(row)
            found.append((log.__name__, *map(str, values)))
    return sorted(found)


def copy_entries(action: Action) -> list[tuple]:
    """The entries of a verdict, a split or a settlement, to be written elsewhere."""
    rows = [("link", *row) for row in IdentityLink.objects.filter(action=action).values_list("a__uid", "b__uid", "verdict")]  # fmt: skip
    rows += [("move", *row) for row in Move.objects.filter(action=action).values_list("fact__uid", "origin__uid", "target__uid", "target__kind")]  # fmt: skip
    settled = Settlement.objects.filter(action=action).values_list("entity__uid", "predicate", "values", "statement__value", "statement__fact__uid")  # fmt: skip
    return rows + [("settled", *row) for row in settled]


def write_entries(verb: str, copied: Sequence[tuple]) -> Action:
    """Writes the copied entries as an action of their own and folds what they touch."""
    action = Action.objects.create(at="2026-11-01T00:00:00Z", actor=PROVER.name, verb=verb)
    for entry in copied:
        match entry:
            case ("link", a, b, verdict):
                first, second = sorted((_entity(a).pk, _entity(b).pk))
                IdentityLink.objects.create(a_id=first, b_id=second, verdict=verdict, method="by hand", action=action)
            case ("move", fact, origin, target, what):
                there, made = Entity.objects.get_or_create(uid=target, defaults={"kind": what})
                if made:
                    Entity.objects.filter(pk=there.pk).update(canonical=there)
                Move.objects.create(fact=_fact(fact), origin=_entity(origin), target=there, action=action)
            case ("settled", uid, predicate, values, value, fact):
                rows = Statement.objects.filter(fact__uid=fact, predicate=predicate, value=value).order_by("-pk")
                statement = rows.first() if fact else None
                if fact and statement is None:
                    raise Refused("the value it was settled for was never said")
                Settlement.objects.create(entity=_entity(uid), predicate=predicate, values=values, statement=statement, action=action)  # fmt: skip
    refresh_after([action])
    return action
