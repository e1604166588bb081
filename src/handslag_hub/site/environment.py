"""What the environment says: where data lie, which database, one user or a team."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from platformdirs import user_data_dir

from handslag.kernel.errors import HandslagError


class BadEnvironment(HandslagError):
    """A variable of the environment that cannot be used."""


def flag(name: str, *, default: bool = False) -> bool:
    """The variable as yes or no; BadEnvironment where it is neither."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "0", "no", "false", "off"}:
        return default if value == "" else False
    if value in {"1", "yes", "true", "on"}:
        return True
    raise BadEnvironment(f"{name}={value}: expected 1 or 0")


def listed(name: str) -> list[str]:
    """The variable's values, separated by commas."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def data_home() -> Path:
    """The folder of this hub's data (`HANDSLAG_HOME`, otherwise the user's data directory), made if it is not there."""
    home = Path(os.environ.get("HANDSLAG_HOME") or user_data_dir("handslag", appauthor=False)).expanduser().absolute()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadEnvironment(
            f"HANDSLAG_HOME={home}: cannot be made ({error.strerror}); name a folder you can write"
        ) from error
    return home


def secret_key(home: Path, name: str = "secret.key") -> str:
    """A secret of this hub: `HANDSLAG_SECRET_KEY` for the site's own, otherwise a file that only its owner reads."""
    if name == "secret.key" and (given := os.environ.get("HANDSLAG_SECRET_KEY")):
        return given
    path = home / name
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    except OSError as error:
        raise BadEnvironment(f"{path}: cannot be written ({error.strerror})") from error
    return path.read_text().strip()
