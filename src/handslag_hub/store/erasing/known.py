"""What is known of those who were erased: maskers for their names, addresses that give nothing away."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable

from django.conf import settings

from handslag_hub.store.bulk import query
from handslag_hub.store.erasing.names import Form, Masker
from handslag_hub.store.models import Erasure


def masker_of(erasures: Iterable[Erasure]) -> Masker | None:
    """What covers the names of these; None where there are none."""
    forms = [Form(*form) for erasure in erasures for form in erasure.forms]
    return Masker(forms, settings.ERASURE_KEY) if forms else None


def maskers() -> tuple[Masker | None, Masker | None]:
    """(what covers the names of those erased, what finds the names of those restricted)."""
    # Asked for every page: mostly there are none.
    if not query("SELECT 1 FROM store_erasure LIMIT 1"):
        return None, None
    rows = list(Erasure.objects.order_by("pk"))
    return masker_of(row for row in rows if not row.restricts), masker_of(row for row in rows if row.restricts)


def keyed(uid: str) -> str:
    """The address that stands in for one made of a name: nobody can tell without the key. 0 is no letter of the other addresses."""
    if uid.startswith("0"):
        return uid
    digest = hmac.new(settings.ERASURE_KEY.encode(), f"address:{uid}".encode(), hashlib.sha256).digest()
    return "0" + base64.b32encode(digest).decode().lower()[: len(uid) - 1]


def note_outside(erasure: Erasure) -> None:
    """Writes the erasure beside the database, too: a backup from before does not know of it."""
    line = {"uid": erasure.uid, "forms": erasure.forms, "at": erasure.at.isoformat(), "by": erasure.by, "reason": erasure.reason, "restricts": erasure.restricts}  # fmt: skip
    with settings.ERASURES.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def noted_outside() -> list[Erasure]:
    """The erasures noted beside the database that the database does not know, not saved."""
    if not settings.ERASURES.exists():
        return []
    known = set(Erasure.objects.values_list("uid", flat=True))
    lines = [json.loads(line) for line in settings.ERASURES.read_text(encoding="utf-8").splitlines() if line]
    return [Erasure(**line) for line in lines if line["uid"] not in known]
