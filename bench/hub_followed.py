"""The pages of what was heard since, on a hub with many commitments: what `bench/hub.py --only followed` measures.

    python bench/hub_followed.py 10     rounds; on a hub that `hub_following.py` has made and let hear of commitments; prints JSON

Whoever asks is told of the party with the most commitments, of a theme and of a commitment, and a week of news is there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench"), str(ROOT)]

from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from hub_measures import asked_for  # noqa: E402  sets up Django

from handslag_hub.accounts.actors import actor_of  # noqa: E402
from handslag_hub.asking.models import FeedKind, Subscription  # noqa: E402
from handslag_hub.asking.services.telling import make_feed_address  # noqa: E402
from handslag_hub.commitments.models import AgreementRow, Party, PartyCount  # noqa: E402
from handslag_hub.store.models import Entity, Statement  # noqa: E402

THEME = "care"
STATES = ("nothing heard since", "underway", "reported done", "delayed", "contradicted")


def prepared(client: Client) -> tuple[Entity, Entity, Entity, str]:
    """The party with the most commitments and the next one, a commitment that was heard of, the secret of a feed; all subscribed to."""
    counts = (
        PartyCount.objects.filter(level=0).values_list("entity").annotate(n=Count("*")).values_list("entity", "count")
    )
    most = sorted(counts, key=lambda row: -row[1])[:2]
    party, other = (Entity.objects.get(pk=pk) for pk, _ in most)
    heard = (
        Statement.objects.filter(predicate="of", fact__kind="evidence", object_now__level=0)
        .order_by("pk")
        .first()
        .object_now
    )
    for about, uid in (("party", party.uid), ("theme", THEME), ("commitment", heard.uid)):
        client.post(reverse("subscribe", args=[about, uid]), {"on": "1"})
        client.post(reverse("watch-set", args=[about, uid]), {"on": "1"})
    Subscription.objects.update(since=timezone.now() - timedelta(days=7))
    owner = actor_of(Subscription.objects.select_related("user").first().user)
    return party, other, heard, make_feed_address(owner, FeedKind.NEWS)


def pages(party: Entity, other: Entity, heard: Entity, secret: str) -> Iterator[tuple[str, str]]:
    """(what it is, address)."""
    named = Party.objects.filter(kind="agreement", level=0).order_by("fact").first()
    agreement = AgreementRow.objects.get(pk=named.fact_id).about.uid
    brief = reverse("brief", args=[party.uid])
    yield "today", reverse("today")
    yield "ledger", reverse("commitments")
    for state in STATES:
        yield f"ledger, {state}", reverse("commitments") + f"?standing={state.replace(' ', '+')}"
    yield "ledger, delayed, of a party", reverse("commitments") + f"?standing=delayed&party={party.uid}"
    yield "ledger, delayed, on a day", reverse("commitments") + "?standing=delayed&on=2026-10-25"
    yield "a commitment that was heard of", reverse("commitment", args=[heard.uid])
    yield "heard since", reverse("heard")
    yield "said again", reverse("heard-same")
    yield "passages against each other", reverse("heard-against")
    yield "coherence", reverse("coherence")
    yield "coherence, on a day", reverse("coherence") + "?on=2025-06-01"
    yield "coherence, a cell", reverse("coherence-cell", args=[THEME, "unknown"])
    yield "coherence, a cell with counterparts", reverse("coherence-cell", args=[THEME, "regional"])
    yield "who was heard on a theme", reverse("theme-heard", args=[THEME])
    yield "briefs", reverse("briefs")
    yield "brief of the busiest", brief
    yield "brief of the busiest, PDF", f"{brief}?as=pdf"
    yield "brief of the busiest, all lines", f"{brief}?all=1"
    yield "brief of the busiest, on a day", f"{brief}?on=2025-06-01"
    yield "brief of two", reverse("brief-pair", args=[party.uid, other.uid])
    yield "brief of a theme", reverse("brief-theme", args=[THEME])
    yield "agreements", reverse("agreements")
    yield "an agreement", reverse("agreement", args=[agreement])
    yield "what can be asked about", reverse("ask", args=[party.uid])
    yield "letters", reverse("letters")
    yield "what I watch", reverse("watching")
    yield "watching the busiest", reverse("watch", args=["party", party.uid])
    yield "my news of a week", reverse("news")
    yield "the feed of 30 days", reverse("news-feed", args=[secret])


if __name__ == "__main__":
    asking = Client(headers={"host": "localhost"})
    print(json.dumps(asked_for(asking, list(pages(*prepared(asking))), int(sys.argv[1]))))
