"""A hub of any size, made up: documents, facts of all kinds, reviews, merges, with the caches that keeping them one by one would give.

    python bench/hub_data.py --statements 100000            into the hub of HANDSLAG_HOME or DATABASE_URL, which must be empty

Actors are as skewed as in the field: a few are named by thousands of facts, most by one (Zipf). Rows are written in bulk, past the
services; entities' names, conflicts, search rows and projections are made by the hub's own code. `tests/hub/keeping/test_made_hub.py`
holds a small one against `handslag hub check`.
"""

from __future__ import annotations

import argparse
import os
import time
from bisect import bisect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random

from handslag_hub.site.starting import bring_up_to_date, set_up

set_up()

from django.core.management.color import no_style  # noqa: E402  needs `set_up`
from django.db import connection  # noqa: E402

from handslag.kernel.claims import Claim, normal_words, stable_uid  # noqa: E402
from handslag.reading.claims import organisation_key  # noqa: E402
from handslag_hub.accounts.actors import Actor  # noqa: E402
from handslag_hub.site.keeping.problems import projections  # noqa: E402
from handslag_hub.site.keeping.tables import models_kept  # noqa: E402
from handslag_hub.store import models  # noqa: E402
from handslag_hub.store.bulk import insert_rows  # noqa: E402
from handslag_hub.store.checking import differences  # noqa: E402
from handslag_hub.store.errors import Refused  # noqa: E402
from handslag_hub.store.models import Document, Entity, Fact  # noqa: E402
from handslag_hub.store.name_forms import NAMED  # noqa: E402
from handslag_hub.store.refresh.conflicts import refresh_conflicts  # noqa: E402
from handslag_hub.store.refresh.entities import make_names_again, refresh_labels  # noqa: E402
from handslag_hub.store.refresh.facts import batches  # noqa: E402
from handslag_hub.store.refresh.search import SEARCHED_FACTS, refresh_search  # noqa: E402
from handslag_hub.store.services import judge_sameness, review_fact  # noqa: E402
from handslag_hub.store.writing import one_writer  # noqa: E402

# A document gives some hundred statements.
_STATEMENTS_A_DOCUMENT = 100
_FLUSHED_AT = 20_000

SYLLABLES = "al bo dal ek fors gran holm in kar lind mal nor ost pil ros sal tun ulv vik åk äl ör".split()
ENDINGS = (
    "AB",
    "Life Science",
    "Forskning",
    "universitet",
    "sjukhus",
    "stiftelse",
    "Hälsa",
    "Bioteknik",
    "institut",
    "kommun",
)
FIRST = (
    "Ada Bo Cia Dag Eva Finn Gro Hans Ida Jon Kaj Liv Max Nina Ola Pia Rut Siv Tor Ulla Vera Yngve Åsa Örjan".split()
)
THINGS = (
    "en testbädd för precisionsmedicin", "sekundäranvändning av hälsodata", "ett nationellt biobanksregister", "kliniska prövningar i primärvården",
    "a shared screening platform", "training for clinical coordinators", "genomic data across borders", "an office for rare diseases",
    "gemensam upphandling av läkemedel", "fler platser för forskare", "bättre uppföljning av patienter", "a fund for early companies",
)  # fmt: skip
FIRMNESS = ("promised", "planned", "possible", "aim", "agreed", "assigned", "underway", "done")
THEMES = (
    "financing",
    "care",
    "research",
    "health_data",
    "clinical_trials",
    "skills",
    "policy",
    "cooperation",
    "growth",
    "",
)
ROLES = ("vd", "ordförande", "director", "professor", "head of research", "generaldirektör")
SIGNALS = ("investment", "agreement", "appointment", "establishment", "approval")
PLACES = ("Malmö", "Lund", "Uppsala", "Stockholm", "Göteborg", "Umeå", "Tokyo", "Osaka")
CERTAINTY = ("certain", "certain", "certain", "probable", "probable", "weak")


@dataclass
class Actors:
    """Names with keys; some are taken far more often than others."""

    keys: list[int]
    names: list[str]
    uids: list[str]
    weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(len(self.keys))))

    def pick(self, rng: Random) -> int:
        """The place of an actor in the lists (Zipf's law with exponent 1)."""
        return bisect(self.weights, rng.random() * self.weights[-1])


def make_hub(statements: int, seed: int = 1, say: Callable[[str], None] = print) -> None:
    """Fills an empty, migrated hub with about this many statements."""
    begun = time.perf_counter()

    def tell(what: str) -> None:
        say(f"{time.perf_counter() - begun:7.0f} s  {what}")

    with _in_bulk():
        with one_writer():
            maker = Maker(Random(seed), statements)
            maker.make()
        tell(f"{maker.made:,} statements of {maker.documents:,} documents written")
    tell("indexes made")
    _fold(tell)
    _link_and_correct(Random(seed))
    tell("links and corrections through the services")


@contextmanager
def _in_bulk() -> Iterator[None]:
    """SQLite: without indexes and syncing until all is written."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name LIKE 'store_%%'"
        )
        indexes = cursor.fetchall()
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA foreign_keys=OFF")
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, sql in indexes:
            cursor.execute(sql)
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("ANALYZE")


_FIELDS = {
    "Document": ("uid", "chain", "source_id", "address", "sha256", "title", "language", "said_on", "said_period", "said_precision", "said_basis",
        "fetched_at", "text", "lines", "warnings", "visibility", "reader", "likeness", "live"),
    "Passage": ("document_id", "start", "end", "quote", "zone"),
    "Entity": ("uid", "kind", "canonical_id", "label", "level"),
    "Fact": ("uid", "kind", "entity_id", "about_id", "extractor_id", "certainty", "created_at", "document_id", "position", "zone", "language",
        "said_on", "level", "status", "counts", "shown", "printed"),
    "Statement": ("fact_id", "predicate", "value", "value_normal", "object_id", "object_now_id", "language", "unit", "valid_from", "valid_to",
        "precision", "basis", "extractor_id", "document_id", "action_id", "rank", "created_at", "holds"),
    "FactPassage": ("fact_id", "passage_id", "rank"),
    "Action": ("at", "actor", "verb", "details", "undone"),
    "Presence": ("document_id", "present", "action_id"),
    "Assertion": ("fact_id", "document_id", "on", "cause", "action_id"),
    "Review": ("fact_id", "verdict", "corrected", "note", "action_id"),
}  # fmt: skip


class Maker:
    """Writes documents with facts until there are enough statements."""

    def __init__(self, rng: Random, statements: int) -> None:
        self.rng, self.wanted = rng, statements
        self.made = self.documents = 0
        self.rows: dict[type, list[tuple]] = {}
        self.next: dict[type, int] = {}
        self.now = datetime(2026, 11, 1, 8, tzinfo=UTC)

    def make(self) -> None:
        m = models
        insert_rows(m.Source, ("id", "key", "kind", "publisher", "licence"), [(1, "example.org", "site", "", "")])
        insert_rows(
            m.Extractor, ("id", "name", "version", "parameters_hash", "is_human"), [(1, "handslag", "1", "", False)]
        )
        self.bodies = self._actors("organisation", max(30, self.wanted // 600), self._body_name)
        self.people = self._actors("person", max(30, self.wanted // 400), self._person_name)
        self.occasions = self._actors(
            "event", max(10, self.wanted // 2500), lambda: f"{self._word()}dagarna {self.rng.randint(2024, 2027)}"
        )
        while self.made < self.wanted:
            self._document()
        self._flush(0)

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _add(self, name: str, *values: object) -> int:
        """A row of the table; gives its key."""
        model = getattr(models, name)
        key = self.next[model] = self.next.get(model, 0) + 1
        rows = self.rows.setdefault(model, [])
        rows.append((key, *values))
        if len(rows) >= _FLUSHED_AT:
            self._flush(_FLUSHED_AT)
        return key

    def _flush(self, least: int) -> None:
        # Referred to first: PostgreSQL looks at the end of the transaction only, so the order is free within it.
        for model, rows in self.rows.items():
            if len(rows) >= max(1, least):
                insert_rows(model, ("id", *_FIELDS[model.__name__]), rows)
                rows.clear()

    # --- actors -------------------------------------------------------------------------------------------------------

    def _word(self) -> str:
        return "".join(self.rng.choices(SYLLABLES, k=self.rng.randint(2, 3))).capitalize()

    def _body_name(self) -> str:
        return f"{self._word()} {self.rng.choice(ENDINGS)}"

    def _person_name(self) -> str:
        return f"{self.rng.choice(FIRST)} {self._word()}{self.rng.choice(('sson', 'berg', 'ström', 'lund'))}"

    def _actors(self, kind: str, count: int, name: Callable[[], str]) -> Actors:
        names: dict[str, str] = {}
        while len(names) < count:
            made = name()
            key = organisation_key(made) if kind == "organisation" else None
            names.setdefault(key.uid if key else stable_uid("entity", kind, normal_words(made)), made)
        keys = []
        for uid in names:
            key = self.next.get(models.Entity, 0) + 1
            keys.append(self._add("Entity", uid, kind, key, "", None))
        return Actors(keys, list(names.values()), list(names))

    # --- a document ---------------------------------------------------------------------------------------------------

    def _document(self) -> None:
        rng = self.rng
        self.documents += 1
        number = self.documents
        self.language = rng.choice(("sv", "sv", "en"))
        self.level = rng.choices((0, 1, 2), (80, 15, 5))[0]
        self.said_on = date(2024, 1, 1) + timedelta(days=rng.randrange(1000)) if rng.random() < 0.95 else None
        self.at = self.now + timedelta(seconds=number)
        self.sentences: list[str] = []
        self.length = 0
        self.chain = stable_uid("page", f"https://example.org/{number}")
        self.document = self.next.get(models.Document, 0) + 1
        # The row comes last: its text grows with its facts.
        self.action = self._add("Action", self.at, "made up", "add document", "{}", False)
        self._add("Presence", self.document, True, self.action)
        bodies = sorted({self.bodies.pick(rng) for _ in range(rng.randint(3, 8))})
        for body in bodies:
            self._fact("organisation", (self.bodies.keys[body], self.bodies.uids[body]), f"{self.bodies.names[body]} deltog i arbetet nr {number}.",
                [("name", self.bodies.names[body]), ("kind", "company")])  # fmt: skip
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
        text = "\n".join(self.sentences)
        uid = stable_uid("document", self.chain, str(number))
        title = f"Rapport {number} från {self.bodies.names[bodies[0]]}"
        day = self.said_on.isoformat() if self.said_on else ""
        self._add("Document", uid, self.chain, 1, f"https://example.org/{number}", stable_uid("sum", uid, length=52), title, self.language, self.said_on, day,
            "day" if day else "unknown", "printed" if day else "unknown", self.at, text, "[]", "[]", self.level, "handslag 1", "", True)  # fmt: skip

    def _quoted(self, sentence: str) -> tuple[int, int]:
        """Adds a sentence to the text; gives its passage and where it begins."""
        start = self.length
        self.sentences.append(sentence)
        self.length += len(sentence) + 1
        return self._add("Passage", self.document, start, start + len(sentence), sentence, "body"), start

    def _fact(
        self, kind: str, entity: tuple[int, str] | None, sentence: str, claims: list[tuple], label: str = ""
    ) -> int:
        """A fact with its statements; one of its own entity where none is given. Claims are (predicate, value, entity, normal)."""
        rng, at = self.rng, self.at
        passage, start = self._quoted(sentence)
        uid = stable_uid("fact", self.chain, kind, sentence, str(start), length=24)
        status, verdict = "unreviewed", ""
        chance = rng.random()
        if chance < 0.3:
            status, verdict = (
                ("accepted", "accept")
                if chance < 0.22
                else ("rejected", "reject")
                if chance < 0.28
                else ("unsure", "unsure")
            )
        shown = status != "rejected"
        if entity is None:
            key = self.next[models.Entity] + 1
            key = self._add(
                "Entity",
                stable_uid("entity", kind, uid),
                kind,
                key,
                label[:500] if shown else "",
                self.level if shown else None,
            )
        else:
            key = entity[0]
        fact = self._add("Fact", uid, kind, key, key, 1, rng.choice(CERTAINTY), at, self.document, start, "body", self.language, self.said_on,
            self.level, status, True, shown, True)  # fmt: skip
        self._add("FactPassage", fact, passage, 0)
        self._add("Assertion", fact, self.document, True, "read", self.action)
        for rank, (predicate, value, *rest) in enumerate(claims):
            named = rest[0] if rest else None
            first, last, precision = rest[1] if len(rest) > 1 else (None, None, "")
            normal = value if precision else normal_words(value)
            self._add("Statement", fact, predicate, value, normal, named, named, self.language, "", first, last, precision, "printed", 1, self.document,
                self.action, rank, at, True)  # fmt: skip
        self.made += len(claims)
        if verdict:
            action = self._add("Action", at, "Rut Granskare", "review", "{}", False)
            self._add("Review", fact, verdict, "[]", "", action)
        return key

    def _role(self, body: int) -> None:
        person = self.people.pick(self.rng)
        name, role, where = self.people.names[person], self.rng.choice(ROLES), self.bodies.names[body]
        self._fact("role", (self.people.keys[person], ""), f"{name} är {role} på {where}.",
            [("name", name), ("role", role), ("organisation", where, self.bodies.keys[body]), ("tense", "current")])  # fmt: skip

    def _event(self) -> None:
        occasion = self.occasions.pick(self.rng)
        name = self.occasions.names[occasion]
        day = date(int(name[-4:]), 5, 1 + occasion % 28)
        # One in two hundred is printed otherwise: a conflict.
        if self.rng.random() < 0.005:
            day += timedelta(days=1)
        place = PLACES[occasion % len(PLACES)]
        self._fact("event", (self.occasions.keys[occasion], ""), f"{name} hålls {day} i {place}.",
            [("name", name), ("date", day.isoformat(), None, (day, day, "day")), ("place", place), ("status", "planned")])  # fmt: skip

    def _agreement(self, bodies: list[int]) -> None:
        parties = self.rng.sample(bodies, 2)
        name = f"Avtal {stable_uid('avtal', self.chain, length=6)} om {self.rng.choice(THINGS)}"
        key = self._fact("agreement", None, f"{name} skrevs under.", [("name", name), ("status", "signed"),
            *(("party", self.bodies.names[body], self.bodies.keys[body]) for body in parties),
            *(("area", thing) for thing in self.rng.sample(THINGS, 2)), ("date", "2026", None, (date(2026, 1, 1), date(2026, 12, 31), "year"))], name)  # fmt: skip
        del key

    def _commitment(self, bodies: list[int]) -> None:
        rng = self.rng
        body, year = rng.choice(bodies), rng.randint(2025, 2030)
        what, theme = f"{rng.choice(THINGS)} i {self._word()}", rng.choice(THEMES)
        claims = [("what", what), ("who", self.bodies.names[body], self.bodies.keys[body]), ("firmness", FIRMNESS[min(rng.randrange(8), rng.randrange(8))]),
            ("cue", "ska"), ("when", str(year), None, (date(year, 1, 1), date(year, 12, 31), "year"))]  # fmt: skip
        if theme:
            claims.append(("theme", theme))
        if rng.random() < 0.3:
            person = self.people.pick(rng)
            claims.append(("said_by", self.people.names[person], self.people.keys[person]))
        self._fact("commitment", None, f"{self.bodies.names[body]} ska {year} bygga {what}.", claims, what)

    def _figure(self, bodies: list[int]) -> None:
        number, body = self.rng.randint(2, 900), self.rng.choice(bodies)
        what = f"anställda i {self._word()}"
        self._fact("figure", None, f"{self.bodies.names[body]}: {number} {what}.",
            [("value", str(number)), ("unit", "anställda"), ("what", what), ("stated_by", self.bodies.names[body], self.bodies.keys[body])], what)  # fmt: skip

    def _quote(self, bodies: list[int]) -> None:
        person, body = self.people.pick(self.rng), self.rng.choice(bodies)
        said = f"Vi vill se {self.rng.choice(THINGS)} i {self._word()}"
        self._fact("quote", None, f"– {said}, säger {self.people.names[person]}.",
            [("text", said), ("speaker", self.people.names[person], self.people.keys[person]), ("organisation", self.bodies.names[body], self.bodies.keys[body])], said)  # fmt: skip

    def _signal(self, bodies: list[int]) -> None:
        body = self.rng.choice(bodies)
        headline = f"{self.bodies.names[body]} satsar på {self.rng.choice(THINGS)}"
        self._fact("signal", None, headline, [("kind", self.rng.choice(SIGNALS)), ("subject", self.bodies.names[body], self.bodies.keys[body]),
            ("headline", headline)], headline)  # fmt: skip


def _fold(tell: Callable[[str], None]) -> None:
    """Names, conflicts, search rows and projections, by the hub's own code."""
    with connection.cursor() as cursor:
        for command in connection.ops.sequence_reset_sql(no_style(), models_kept()):
            cursor.execute(command)
    with one_writer():
        named = list(Entity.objects.filter(kind__in=NAMED).values_list("pk", flat=True))
        for batch in batches(named):
            make_names_again(batch)
        refresh_labels(named)
        tell(f"names of {len(named):,} entities")
        refresh_conflicts(Entity.objects.filter(kind__in=("event", "agreement")).values_list("pk", flat=True))
        tell("conflicts")
    with one_writer():
        refresh_search(entities=list(Entity.objects.filter(kind__in=NAMED[:2]).values_list("pk", flat=True)))
        refresh_search(documents=list(Document.objects.values_list("pk", flat=True)))
        tell("search rows of entities and documents")
        refresh_search(facts=list(Fact.objects.filter(kind__in=SEARCHED_FACTS).values_list("pk", flat=True)))
        tell("search rows of facts")
    for module in projections():
        module.rebuild()
        tell(f"{module.__name__}.rebuild")


def _link_and_correct(rng: Random) -> None:
    actor = Actor(None, "Rut Granskare", "reviewer")
    bodies = list(Entity.objects.filter(kind="organisation", level__isnull=False).order_by("-pk")[:60])
    for _ in range(12):
        a, b = rng.sample(bodies, 2)
        try:
            judge_sameness(actor, a, b, rng.choice(("same", "same", "different")))
        except Refused:
            continue
    for fact in Fact.objects.filter(kind="commitment", shown=True).order_by("-pk")[:10]:
        review_fact(
            actor, fact, "correct", corrected={"what": [Claim(predicate="what", value="annat", normal="annat")]}
        )


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
