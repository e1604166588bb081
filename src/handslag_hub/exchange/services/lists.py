"""Lists brought in: kept as they came, imported as one action, undone as one."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from handslag.kernel.claims import normal_words
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.exchange.models import KnownHeaders, ListImport
from handslag_hub.exchange.sheets.fields import FIELDS, guess_columns
from handslag_hub.exchange.sheets.opening import OpenList, open_list
from handslag_hub.exchange.sheets.rows import ReadRow, read_rows
from handslag_hub.exchange.sheets.understanding import Understanding, headers_key
from handslag_hub.store.erasing.guard import mask_text
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Name
from handslag_hub.store.models.caches import NameKind
from handslag_hub.store.services import TypedFact, keep_original, type_facts, undo_action
from handslag_hub.store.services.originals import cover_named, original_path


def bring_list(actor: Actor, name: str, content: bytes, kind: str, *, visibility: int, language: str) -> ListImport:
    """Keeps the file and proposes how to understand it: as the last list with these headers, otherwise by what they say."""
    actor.require(Role.REVIEWER)
    name = (name.replace("\\", "/").rpartition("/")[2].strip() or "…")[-255:]
    opened = open_list(name, content)
    name = mask_text(name)
    if kind not in FIELDS:
        raise Refused(_("Say what the list is a list of."))
    known = KnownHeaders.objects.filter(key=headers_key(kind, opened.headers)).first()
    understood = known.understanding if known else Understanding(kind, guess_columns(kind, opened.headers), {}, language).as_json()  # fmt: skip
    return ListImport.objects.create(uid=get_random_string(16).lower(), original=keep_original(name, content), name=name, kind=kind,
        user_id=actor.user_id, actor=actor.name, at=timezone.now(), visibility=visibility, understanding=understood)  # fmt: skip


def opened_list(found: ListImport) -> OpenList:
    """The list's rows, from the file that was kept. Refused where it is gone."""
    try:
        content = original_path(found.original.sha256).read_bytes()
    except OSError:
        raise Refused(_("The file %(name)s is not here any longer; bring it in again.") % {"name": found.name}) from None  # fmt: skip
    return open_list(found.name, content)


def change_understanding(actor: Actor, found: ListImport, understood: Understanding) -> None:
    """Keeps how the list is to be understood. Refused once it is imported."""
    actor.require(Role.REVIEWER)
    if is_imported(found):
        raise Refused(_("This list is imported. Undo the import first, then change how it is understood."))
    found.kind, found.understanding = understood.kind, understood.as_json()
    found.save(update_fields=["kind", "understanding"])


def rows_of(found: ListImport, opened: OpenList) -> list[ReadRow]:
    """The rows as they are understood now."""
    understood = Understanding.from_json(found.understanding)
    return list(read_rows(opened, understood, found.original.sha256, known_people(opened, understood)))


def known_people(opened: OpenList, understood: Understanding) -> Callable[[str], bool]:
    """Tells which names in the list are those of people that the register knows, and of no organisation. One query."""
    places = [understood.columns[name] for name in ("who", "said_by", "to_whom") if name in understood.columns]
    if not places:
        return lambda _name: False
    people = Name.objects.filter(entity__kind="person", kind__lt=NameKind.MENTION).values_list("name", flat=True)
    bodies = Name.objects.filter(entity__kind="organisation", kind__lt=NameKind.MENTION).values_list("name", flat=True)
    known = {normal_words(name) for name in people.iterator()} - {normal_words(name) for name in bodies.iterator()}
    return lambda name: normal_words(name) in known


def import_list(actor: Actor, found: ListImport, *, again: bool = False) -> ListImport:
    """Types the facts of all rows that have no fault, as one action. The same file is not imported twice, unless `again`: then what is
    understood as before gives the same facts, which have the same addresses.
    """
    actor.require(Role.REVIEWER)
    same = ListImport.objects.filter(original=found.original, kind=found.kind, action__undone=False)
    if not again and (earlier := same.order_by("pk").first()):
        raise Refused(_("This list was imported already, by %(who)s on %(day)s; nothing was written.") % {"who": earlier.actor, "day": timezone.localdate(earlier.at)})  # fmt: skip
    opened = opened_list(found)
    rows = rows_of(found, opened)
    typed = [TypedFact(row.fact, f"row {row.line} of {found.name}") for row in rows if row.fact]
    if not typed:
        raise Refused(_("No row can be imported as it is understood now. See what each row lacks."))
    details = {"list": found.uid, "rows": len(rows)}
    _keys, action = type_facts(actor, typed, visibility=found.visibility, verb="import", details=details)
    found.action, found.imported, found.refused = action, len(typed), len(rows) - len(typed)
    found.save(update_fields=["action", "imported", "refused"])
    cover_named(found.original)
    KnownHeaders.objects.update_or_create(key=headers_key(found.kind, opened.headers),
        defaults={"kind": found.kind, "understanding": found.understanding, "at": timezone.now()})  # fmt: skip
    return found


def undo_import(actor: Actor, found: ListImport) -> None:
    """Takes the import back as a whole."""
    if not is_imported(found):
        raise Refused(_("This list is not imported."))
    undo_action(actor, found.action)


def is_imported(found: ListImport) -> bool:
    """True where it was imported and that was not undone."""
    if found.action is None:
        return False
    found.action.refresh_from_db(fields=["undone"])
    return not found.action.undone
