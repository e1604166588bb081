"""What stands in a backup: which version made it, which tables and originals, and the sum of each."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import zipfile
import zlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from handslag.kernel.errors import HandslagError

NAME = "manifest.json"
FORMAT = "handslag backup 1"
_ORIGINAL = re.compile(r"originals/[0-9a-f]{64}")


class BadBackup(HandslagError):
    """A file that is no backup, or one that is damaged or too new."""


@dataclass(frozen=True, slots=True)
class Member:
    """A table or an original in the backup: what its bytes add up to, and how many rows they are (1 for an original)."""

    sha256: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The table of contents. `migrations`: app → the names of those applied; `missing`: originals that were not on the disk."""

    made_at: str
    handslag: str
    database: str
    migrations: dict[str, list[str]]
    members: dict[str, Member]
    missing: list[str] = field(default_factory=list)
    erasure_key: str = ""
    format: str = FORMAT

    def as_json(self) -> bytes:
        """The manifest as it stands in the file."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    def rows(self, label: str) -> int:
        """How many rows of a model there are."""
        member = self.members.get(table_member(label))
        return member.rows if member else 0

    @property
    def originals(self) -> list[str]:
        """The names of the members that are originals."""
        return sorted(name for name in self.members if name.startswith("originals/"))


def table_member(label: str) -> str:
    """The name of the member with a model's rows."""
    return f"tables/{label.lower()}.jsonl"


def original_member(sha256: str) -> str:
    """The name of the member with an original's bytes."""
    return f"originals/{sha256}"


def key_mark() -> str:
    """Tells whether two hubs have the same key of erasures, without telling the key."""
    return hmac.new(settings.ERASURE_KEY.encode(), b"handslag backup", hashlib.sha256).hexdigest()[:16]


def read_manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    """The manifest of an opened backup; BadBackup where there is none that can be read."""
    try:
        given = json.loads(archive.read(NAME))
        members = {name: Member(**member) for name, member in given.pop("members").items()}
        manifest = Manifest(**given, members=members)
        _check(manifest)
    except (KeyError, ValueError, TypeError, AttributeError, RuntimeError, EOFError, zlib.error) as error:
        raise BadBackup(_("%(path)s: is no backup of a Handslag hub (its %(name)s is missing or of another kind)") % {"path": path, "name": NAME}) from error  # fmt: skip
    if manifest.format != FORMAT:
        raise BadBackup(_("%(path)s: has the format “%(found)s”, expected “%(expected)s”: restore it with the Handslag that made it") % {"path": path, "found": manifest.format, "expected": FORMAT})  # fmt: skip
    return manifest


def _check(manifest: Manifest) -> None:
    """ValueError where the manifest is not as one is written: an original is called by its sum, which becomes a path here."""
    if not all(isinstance(names, list) and all(isinstance(name, str) for name in names) for names in manifest.migrations.values()):  # fmt: skip
        raise ValueError("migrations")
    if not all(isinstance(member.rows, int) and isinstance(member.sha256, str) for member in manifest.members.values()):
        raise ValueError("members")
    if not all(_ORIGINAL.fullmatch(name) for name in manifest.originals):
        raise ValueError("originals")


def sum_of(file: IO[bytes]) -> str:
    """The SHA-256 of what is left in the file."""
    digest = hashlib.sha256()
    while part := file.read(1 << 20):
        digest.update(part)
    return digest.hexdigest()
