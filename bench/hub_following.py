"""Following on a hub with many commitments: what `bench/hub.py --only following` measures.

    python bench/hub_following.py make 100000       into the hub of HANDSLAG_HOME, which must be empty
    python bench/hub_following.py hear 5000         of so many of them something is heard, so that they stand in every state
    python bench/hub_following.py link 60           milliseconds of linking later pages of stories against it, as JSON

The commitments are those of the stories again and again, said by others each time, so that every word of theirs is common, as in the ledger
of `bench/follow.py`; a new page is a later page of a story. Pages are read, kept and linked as they are in a hub.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "training"), str(ROOT / "bench"), str(ROOT)]

from handslag_hub.site.starting import bring_up_to_date, set_up  # noqa: E402

set_up()

import hub_data  # noqa: E402  needs `set_up`
from hub_folded import Said  # noqa: E402
from hub_measures import percentiles  # noqa: E402
from hub_words import THEMES  # noqa: E402
from stories import OWN, Story, load_stories  # noqa: E402

from handslag.kernel.claims import Claim, ClaimedFact, EntityKey, stable_uid  # noqa: E402
from handslag.reading.claims import period_claim  # noqa: E402
from handslag.reading.loading.document import LoadedDocument  # noqa: E402
from handslag.reading.reader import read_loaded  # noqa: E402
from handslag_hub.accounts.actors import command_actor  # noqa: E402
from handslag_hub.following.index import numbers_of, write_keys  # noqa: E402
from handslag_hub.following.models import Page, Promise  # noqa: E402
from handslag_hub.following.prepared import views_of  # noqa: E402
from handslag_hub.following.services.linking import VERSION, link_document  # noqa: E402
from handslag_hub.following.services.preparing import prepare_what_waits  # noqa: E402
from handslag_hub.following.services.waiting import let_all_wait  # noqa: E402
from handslag_hub.reading.workers import spare_what_stays  # noqa: E402
from handslag_hub.store.models import Document, Entity, Fact  # noqa: E402
from handslag_hub.store.services import TypedFact, keep_reading, type_facts  # noqa: E402

# Of a made-up document's statements one in thirteen is a whole commitment.
_STATEMENTS = 13
_TOGETHER = 500
# After all made-up pages.
_LATER = date(2027, 1, 4)


class StoryMaker(hub_data.Maker):
    """Makes documents whose commitments are those of the stories, by made-up bodies."""

    def __init__(self, rng: Random, commitments: int, stories: Sequence[Story]) -> None:
        super().__init__(rng, commitments * _STATEMENTS)
        self.promises = [one for story in stories for one in story.given if one.who]

    def _commitment(self, bodies: list[int]) -> None:
        rng = self.rng
        body, promise = rng.choice(bodies), rng.choice(self.promises)
        name = self.bodies.names[body]
        words = promise.evidence[0].quote.replace("\n", " ")
        named = next((who for who in promise.who if who in words), "")
        sentence = (words.replace(named, name),) if named else (f"{name}:", words)
        said = [Said("what", promise.what, quoted=True), Said("who", name, self.bodies.keys[body]), Said("firmness", promise.firmness),
            Said("cue", "ska"), Said("when", "2028", None, "2028-01-01", "2028-12-31", "year")]  # fmt: skip
        if theme := rng.choice(THEMES):
            said.append(Said("theme", theme))
        self._fact("commitment", None, sentence, said, promise.what)


def make(commitments: str) -> None:
    """A hub with about so many commitments, all of them ready to be found, and all pages as linked."""
    bring_up_to_date()
    stories = load_stories(OWN)
    hub_data.make_hub(int(commitments), maker=lambda rng, count: StoryMaker(rng, count, stories))
    let_all_wait()
    begun = time.process_time()
    while facts := list(Promise.objects.filter(waits=True).order_by("fact").values_list("fact", flat=True)[:_TOGETHER]):
        views = views_of(facts)
        levels = dict(Fact.objects.filter(pk__in=facts).values_list("pk", "level"))
        write_keys({fact: numbers_of(views[fact].keys, levels[fact]) if fact in views else () for fact in facts})
        Promise.objects.filter(fact__in=facts).update(waits=False)
    Page.objects.update(waits=False, version=VERSION)
    print(f"{Fact.objects.filter(kind='commitment').count():,} commitments, ready in {time.process_time() - begun:.0f} s of the processor")  # fmt: skip


def hear(count: str) -> None:
    """Types evidence of so many commitments, spread over all of them."""
    every = Entity.objects.filter(kind="commitment", level__isnull=False).order_by("pk").values_list("uid", flat=True)
    chosen = list(every)[:: max(1, len(every) // int(count))][: int(count)]
    actor, begun = command_actor("bench"), time.process_time()
    for start in range(0, len(chosen), _TOGETHER):
        type_facts(actor, [_evidence(number, chosen[number]) for number in range(start, min(len(chosen), start + _TOGETHER))])  # fmt: skip
    print(f"{len(chosen):,} of {len(every):,} commitments heard of in {time.process_time() - begun:.0f} s of the processor")  # fmt: skip


def _evidence(number: int, commitment: str) -> TypedFact:
    says = ("underway", "done", "delayed", "cancelled", "contradicted", "restated")[number % 6]
    uid = stable_uid("bench", "heard", commitment, length=24)
    key = EntityKey("commitment", "", given_uid=commitment)
    day = date(2026, 11, 1) - timedelta(days=number % 20)
    said = {"says": says, "by": ("owner", "other")[number % 2], "words": "Arbetet går framåt."}
    claims = [
        Claim(predicate="of", value=commitment, normal=commitment, object=key),
        period_claim("day", day.isoformat(), "printed"),
    ]
    claims += [Claim(predicate=name, value=value, normal=value) for name, value in said.items()]
    return TypedFact(ClaimedFact(uid=uid, kind="evidence", subject=EntityKey("evidence", uid, uid), claims=tuple(claims), certainty="certain"))  # fmt: skip


def link(count: str) -> dict[str, object]:
    """Milliseconds of reading and linking later pages of stories in a worker that runs: each as it comes in, and once more.

    The first page is told apart: it loads models and vocabularies, after which a worker spares them (`follow_until_none_waits`).
    """
    pages = [document for story in load_stories(OWN) for document in story.documents[1:]]
    pages = pages[:: max(1, len(pages) // int(count))][: int(count)]
    actor = command_actor("bench")
    reading, ready, linked, again, wall, heard = [], [], [], [], [], 0
    for number, page in enumerate(pages):
        begun = time.process_time()
        loaded = LoadedDocument(path=page.path, sha256=page.sha256, format="txt", text=page.text)
        read = read_loaded(loaded, said_on=(_LATER + timedelta(days=number)).isoformat())
        reading.append(time.process_time() - begun)
        document = keep_reading(actor, read, address=f"https://example.org/later/{number}").document
        begun = time.process_time()
        prepare_what_waits()
        ready.append(time.process_time() - begun)
        begun, started = time.process_time(), time.perf_counter()
        heard += link_document(Document.objects.get(pk=document.pk))
        linked.append(time.process_time() - begun)
        wall.append(time.perf_counter() - started)
        begun = time.process_time()
        link_document(Document.objects.get(pk=document.pk))
        again.append(time.process_time() - begun)
        spare_what_stays("following")
    return {"pages": len(pages), "commitments": Promise.objects.count(), "heard": heard, "first": linked[0] * 1000, "reading": percentiles(reading[1:]),
        "ready": percentiles(ready[1:]), "linked": percentiles(linked[1:]), "again": percentiles(again[1:]), "wall": percentiles(wall[1:])}  # fmt: skip


if __name__ == "__main__":
    line, *given = sys.argv[1:]
    print(json.dumps({"make": make, "hear": hear, "link": link}[line](*given)))
