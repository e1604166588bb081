"""A hub of any size, made up: documents, facts of all kinds, reviews, merges, with the caches that keeping them one by one would give.

    python bench/hub_data.py --statements 100000            into the hub of HANDSLAG_HOME or DATABASE_URL, which must be empty

Actors are as skewed as in the field: a few are named by tens of thousands of facts, most by one (Zipf). Rows and nearly all that is folded
of them are written in bulk, past the services. `tests/hub/keeping/test_made_hub.py` holds a small one against `handslag hub check`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent))

from handslag_hub.site.starting import bring_up_to_date, set_up

set_up()

from hub_folded import FIELDS_FOLDED, Folded, Said  # noqa: E402  needs `set_up`
from hub_rows import Tables, stamp, written_in_bulk  # noqa: E402
from hub_words import (  # noqa: E402
    CERTAINTY,
    FIRMNESS,
    PLACES,
    ROLES,
    SIGNALS,
    THEMES,
    THINGS,
    Actors,
    body_name,
    event_name,
    made_word,
    person_name,
)

from handslag.kernel.claims import Claim, normal_words, stable_uid  # noqa: E402
from handslag.reading.claims import organisation_key  # noqa: E402
from handslag_hub.accounts.actors import Actor  # noqa: E402
from handslag_hub.commitments import counts  # noqa: E402
from handslag_hub.register.projections.checking import rebuild_proposals  # noqa: E402
from handslag_hub.store.checking import differences  # noqa: E402
from handslag_hub.store.errors import Refused  # noqa: E402
from handslag_hub.store.models import (  # noqa: E402
    Action,
    Assertion,
    Document,
    Entity,
    Extractor,
    Fact,
    FactPassage,
    Passage,
    Presence,
    Review,
    Source,
    Statement,
)
from handslag_hub.store.refresh.conflicts import refresh_conflicts  # noqa: E402
from handslag_hub.store.refresh.spelling import remember_words  # noqa: E402
from handslag_hub.store.services import judge_sameness, review_fact  # noqa: E402
from handslag_hub.store.writing import one_writer  # noqa: E402

_FIELDS = {
    Source: ("key", "kind", "publisher", "licence"),
    Extractor: ("name", "version", "parameters_hash", "is_human"),
    Document: ("uid", "chain", "source", "address", "sha256", "title", "language", "said_on", "said_period", "said_precision", "said_basis",
        "fetched_at", "text", "lines", "warnings", "visibility", "reader", "likeness", "live"),
    Passage: ("document", "start", "end", "quote", "zone"),
    Entity: ("uid", "kind", "canonical", "label", "level"),
    Fact: ("uid", "kind", "entity", "about", "extractor", "certainty", "created_at", "document", "position", "zone", "language",
        "said_on", "level", "status", "counts", "shown", "printed"),
    Statement: ("fact", "predicate", "value", "value_normal", "object", "object_now", "language", "unit", "valid_from", "valid_to",
        "precision", "basis", "extractor", "document", "action", "rank", "created_at", "holds"),
    FactPassage: ("fact", "passage", "rank"),
    Action: ("at", "actor", "verb", "details", "undone"),
    Presence: ("document", "present", "action"),
    Assertion: ("fact", "document", "on", "cause", "action"),
    Review: ("fact", "verdict", "corrected", "note", "action"),
    **FIELDS_FOLDED,
}  # fmt: skip
# (chance up to which, status, verdict)
_REVIEWED = ((0.22, "accepted", "accept"), (0.28, "rejected", "reject"), (0.30, "unsure", "unsure"))


def make_hub(statements: int, seed: int = 1, say: Callable[[str], None] = print, maker: Callable[[Random, int], Maker] | None = None) -> None:  # fmt: skip
    """Fills an empty, migrated hub with about this many statements, or with what another maker makes."""
    begun = time.perf_counter()

    def tell(what: str) -> None:
        say(f"{time.perf_counter() - begun:7.0f} s  {what}")

    with written_in_bulk():
        made = (maker or Maker)(Random(seed), statements)
        made.make()
        tell(f"{made.made:,} statements of {made.documents:,} documents written")
    tell("indexes made")
    with one_writer():
        refresh_conflicts(made.occasions.keys)
        remember_words(made.folded.texts)
        counts.rebuild()
        tell("conflicts and words")
        rebuild_proposals()
    tell("proposals")
    _link_and_correct(Random(seed))
    tell("links and corrections through the services")


class Maker:
    """Writes documents with facts until there are enough statements."""

    def __init__(self, rng: Random, statements: int) -> None:
        self.rng, self.wanted = rng, statements
        self.made = self.documents = 0
        self.tables = Tables(_FIELDS)
        self.folded = Folded(self.tables)
        self.now = datetime(2026, 11, 1, 8, tzinfo=UTC)
        self.normal: dict[str, str] = {}

    def make(self) -> None:
        """All rows of the store and of what is folded from it, but for conflicts, words and proposals."""
        self.tables.add(Source, "example.org", "site", "", "")
        self.tables.add(Extractor, "handslag", "1", "", False)
        self.bodies = self._actors("organisation", max(30, self.wanted // 600), body_name)
        self.people = self._actors("person", max(30, self.wanted // 400), person_name)
        self.occasions = self._actors("event", max(10, self.wanted // 2500), event_name)
        while self.made < self.wanted:
            self._document()
        labels = self.folded.write_names((self.bodies, self.people, self.occasions))
        for actors in (self.bodies, self.people, self.occasions):
            for key, uid in zip(actors.keys, actors.uids, strict=True):
                self.tables.add_keyed(Entity, key, uid, actors.kind, key, *labels.get(key, ("", None)))
        self.tables.flush()

    def _actors(self, kind: str, count: int, name: Callable[[Random], str]) -> Actors:
        """Actors; their rows are written when it is known what they are called."""
        names: dict[str, str] = {}
        # There are so many names and no more.
        for _ in range(count * 5):
            made = name(self.rng)
            key = organisation_key(made) if kind == "organisation" else None
            names.setdefault(key.uid if key else stable_uid("entity", kind, normal_words(made)), made)
            if len(names) == count:
                break
        first = self.tables.next(Entity)
        self.tables.last[Entity] += len(names)
        return Actors(kind, list(range(first, first + len(names))), list(names.values()), list(names))

    # --- a document ---------------------------------------------------------------------------------------------------

    def _document(self) -> None:
        rng = self.rng
        self.documents += 1
        number = self.documents
        self.language = rng.choice(("sv", "sv", "en"))
        self.level = rng.choices((0, 1, 2), (80, 15, 5))[0]
        said_on = date(2024, 1, 1) + timedelta(days=rng.randrange(1000)) if rng.random() < 0.95 else None
        self.said_on = said_on.isoformat() if said_on else None
        at = self.now + timedelta(seconds=number)
        self.at = stamp(at)
        self.sentences: list[tuple[str, ...]] = []
        self.length = 0
        self.chain = stable_uid("page", f"https://example.org/{number}")
        self.document = self.tables.next(Document)
        self.action = self.tables.add(Action, self.at, "made up", "add document", "{}", False)
        self.tables.add(Presence, self.document, True, self.action)
        self.folded.begin_document(self.document, self.level, self.said_on, self.language, self.at, at)
        bodies = sorted({self.bodies.pick(rng) for _ in range(rng.randint(3, 8))})
        for body in bodies:
            name = self.bodies.names[body]
            self._fact("organisation", self.bodies.keys[body], (name, "deltog i arbetet nr", f"{number}."),
                [Said("name", name), Said("kind", "company")])  # fmt: skip
        for _ in range(rng.randint(1, 5)):
            self._role(rng.choice(bodies))
        for _ in range(rng.randint(0, 2)):
            self._event()
        if rng.random() < 0.3:
            self._agreement(bodies)
        for _ in range(rng.randint(4, 12)):
            self._commitment(bodies)
        for _ in range(rng.randint(1, 5)):
            self._figure(bodies)
        for _ in range(rng.randint(1, 3)):
            self._quote(bodies)
        if rng.random() < 0.6:
            self._signal(bodies)
        title = ("Rapport", str(number), "från", self.bodies.names[bodies[0]])
        uid = stable_uid("document", self.chain, str(number))
        text = "\n".join(map(" ".join, self.sentences))
        lines = json.dumps([[0, len(text), "body", self.language]])
        self.tables.add(Document, uid, self.chain, 1, f"https://example.org/{number}", stable_uid("sum", uid, length=52), " ".join(title),
            self.language, self.said_on, self.said_on or "", "day" if said_on else "unknown", "printed" if said_on else "unknown", self.at,
            text, lines, "[]", self.level, "handslag 1", "", True)  # fmt: skip
        self.folded.end_document(title, self.sentences)

    def _fact(
        self, kind: str, entity: int | None, sentence: tuple[str, ...], said: list[Said], label: str = ""
    ) -> None:
        """A fact with its values, about an entity of its own where none is given. A sentence is given in parts, to be joined by spaces."""
        rng, tables = self.rng, self.tables
        quote, start = " ".join(sentence), self.length
        self.sentences.append(sentence)
        self.length += len(quote) + 1
        passage = tables.add(Passage, self.document, start, start + len(quote), quote, "body")
        uid = stable_uid("fact", self.chain, str(start), length=24)
        chance = rng.random()
        status, verdict = next(((status, verdict) for below, status, verdict in _REVIEWED if chance < below), ("unreviewed", ""))  # fmt: skip
        shown = status != "rejected"
        if entity is None:
            entity = tables.next(Entity)
            tables.add(Entity, stable_uid("entity", kind, uid), kind, entity, label if shown else "", self.level if shown else None)  # fmt: skip
        certainty = rng.choice(CERTAINTY)
        fact = tables.add(Fact, uid, kind, entity, entity, 1, certainty, self.at, self.document, start, "body", self.language,
            self.said_on, self.level, status, True, shown, True)  # fmt: skip
        tables.add(FactPassage, fact, passage, 0)
        tables.add(Assertion, fact, self.document, True, "read", self.action)
        for rank, one in enumerate(said):
            tables.add(Statement, fact, one.predicate, one.value, one.value if one.precision else self._normal(one.value), one.named, one.named,
                self.language, "", one.first, one.last, one.precision, "printed", 1, self.document, self.action, rank, self.at, True)  # fmt: skip
        self.made += len(said)
        if verdict:
            action = tables.add(Action, self.at, "Rut Granskare", "review", "{}", False)
            tables.add(Review, fact, verdict, "[]", "", action)
        self.folded.add_fact(fact, kind, entity, status, shown, certainty, sentence, said)

    def _normal(self, value: str) -> str:
        normal = self.normal.get(value)
        if normal is None:
            normal = self.normal[value] = normal_words(value)
        return normal

    # --- facts of each kind -------------------------------------------------------------------------------------------

    def _role(self, body: int) -> None:
        person = self.people.pick(self.rng)
        name, role, where = self.people.names[person], self.rng.choice(ROLES), self.bodies.names[body]
        self._fact("role", self.people.keys[person], (name, "är", role, "på", where),
            [Said("name", name), Said("role", role), Said("organisation", where, self.bodies.keys[body]), Said("tense", "current")])  # fmt: skip

    def _event(self) -> None:
        occasion = self.occasions.pick(self.rng)
        name = self.occasions.names[occasion]
        day = date(int(name[-4:]), 5, 1 + occasion % 28)
        # One in two hundred is printed otherwise: a conflict.
        if self.rng.random() < 0.005:
            day += timedelta(days=1)
        place, on = PLACES[occasion % len(PLACES)], day.isoformat()
        self._fact("event", self.occasions.keys[occasion], (name, "hålls", on, "i", place),
            [Said("name", name), Said("date", on, None, on, on, "day"), Said("place", place), Said("status", "planned")])  # fmt: skip

    def _agreement(self, bodies: list[int]) -> None:
        parties, thing = self.rng.sample(bodies, min(2, len(bodies))), self.rng.choice(THINGS)
        mark = stable_uid("avtal", self.chain, length=6)
        name = f"Avtal {mark} om {thing}"
        self._fact("agreement", None, ("Avtal", mark, "om", thing, "skrevs under."), [Said("name", name, quoted=True), Said("status", "signed"),
            *(Said("party", self.bodies.names[body], self.bodies.keys[body]) for body in parties),
            *(Said("area", thing) for thing in self.rng.sample(THINGS, 2)), Said("date", "2026", None, "2026-01-01", "2026-12-31", "year")], name)  # fmt: skip

    def _commitment(self, bodies: list[int]) -> None:
        rng = self.rng
        body, year = rng.choice(bodies), str(rng.randint(2025, 2030))
        thing, word, theme = rng.choice(THINGS), made_word(rng), rng.choice(THEMES)
        what, name = f"{thing} i {word}", self.bodies.names[body]
        said = [Said("what", what, quoted=True), Said("who", name, self.bodies.keys[body]), Said("firmness", FIRMNESS[min(rng.randrange(8), rng.randrange(8))]),
            Said("cue", "ska"), Said("when", year, None, f"{year}-01-01", f"{year}-12-31", "year")]  # fmt: skip
        if theme:
            said.append(Said("theme", theme))
        if rng.random() < 0.3:
            person = self.people.pick(rng)
            said.append(Said("said_by", self.people.names[person], self.people.keys[person]))
        self._fact("commitment", None, (name, "ska", year, "bygga", thing, "i", word), said, what)

    def _figure(self, bodies: list[int]) -> None:
        number, body, word = str(self.rng.randint(2, 900)), self.rng.choice(bodies), made_word(self.rng)
        what, name = f"anställda i {word}", self.bodies.names[body]
        self._fact("figure", None, (name, "har", number, "anställda i", word), [Said("value", number), Said("unit", "anställda"),
            Said("what", what, quoted=True), Said("stated_by", name, self.bodies.keys[body])], what)  # fmt: skip

    def _quote(self, bodies: list[int]) -> None:
        person, body = self.people.pick(self.rng), self.rng.choice(bodies)
        thing, word, name = self.rng.choice(THINGS), made_word(self.rng), self.people.names[person]
        words = f"Vi vill se {thing} i {word}"
        self._fact("quote", None, ("– Vi vill se", thing, "i", word, ", säger", name), [Said("text", words, quoted=True),
            Said("speaker", name, self.people.keys[person]), Said("organisation", self.bodies.names[body], self.bodies.keys[body])], words)  # fmt: skip

    def _signal(self, bodies: list[int]) -> None:
        body, thing = self.rng.choice(bodies), self.rng.choice(THINGS)
        headline = f"{self.bodies.names[body]} satsar på {thing}"
        self._fact("signal", None, (self.bodies.names[body], "satsar på", thing), [Said("kind", self.rng.choice(SIGNALS)),
            Said("subject", self.bodies.names[body], self.bodies.keys[body]), Said("headline", headline, quoted=True)], headline)  # fmt: skip


def _link_and_correct(rng: Random) -> None:
    actor = Actor(None, "Rut Granskare", "reviewer")
    bodies = list(Entity.objects.filter(kind="organisation", level__isnull=False).order_by("-pk")[:60])
    for _ in range(12):
        a, b = rng.sample(bodies, 2)
        try:
            judge_sameness(actor, a, b, rng.choice(("same", "same", "different")))
        except Refused:
            continue
    corrected = {"what": [Claim(predicate="what", value="annat", normal="annat")]}
    for fact in Fact.objects.filter(kind="commitment", shown=True).order_by("-pk")[:10]:
        review_fact(actor, fact, "correct", corrected=corrected)


def main() -> None:
    """Makes the hub and says how long each part took."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--statements", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    bring_up_to_date()
    make_hub(given.statements, given.seed)
    if os.environ.get("HANDSLAG_CHECK"):
        for line in differences():
            print(line)


if __name__ == "__main__":
    main()
