"""Both languages are complete: every text of the hub has its Swedish, and the compiled file is that of the texts."""

from __future__ import annotations

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import handslag_hub

PACKAGE = Path(handslag_hub.__file__).parent
CATALOGUE = Path("locale/sv/LC_MESSAGES/django.po")
_ENTRY = re.compile(
    r'^msgid (?P<id>(?:".*"\n)+)(?:msgid_plural (?:".*"\n)+)?(?P<texts>(?:msgstr.*\n(?:".*"\n)*)+)', re.M
)


def texts_of(catalogue: Path) -> dict[str, str]:
    """The msgid and the msgstr lines of every entry, as they are written."""
    found = {}
    for entry in _ENTRY.finditer(catalogue.read_text()):
        found["".join(re.findall(r'"(.*)"', entry["id"]))] = entry["texts"]
    return found


def test_every_text_has_its_swedish(require, tmp_path: Path):
    require("gettext", shutil.which("xgettext") is not None, "gettext is not here (make system installs it)")
    copy = tmp_path / "handslag_hub"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "static"))
    (copy / CATALOGUE).unlink()
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "sv", "--no-location", "--no-wrap"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "handslag_hub.site.settings", "HANDSLAG_HOME": str(tmp_path)}
    subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
    wanted, there = texts_of(copy / CATALOGUE).keys(), texts_of(PACKAGE / CATALOGUE)
    assert sorted(wanted - there.keys()) == []
    assert [text for text in wanted if text and re.search(r'msgstr(\[\d\])? ""\n(?!")', there[text])] == []
    assert "#, fuzzy" not in (PACKAGE / CATALOGUE).read_text()


def test_the_compiled_file_is_that_of_the_texts(tmp_path: Path):
    with (PACKAGE / CATALOGUE).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for text, translated in texts_of(PACKAGE / CATALOGUE).items():
        if text and "msgstr[" not in translated:
            plain = "".join(re.findall(r'"(.*)"', translated))
            assert compiled.gettext(_unescaped(text)) == _unescaped(plain)


def _unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")
