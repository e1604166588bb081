"""What the environment says: where data lie, which database, one user or a team."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

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


def oidc_client() -> dict[str, object] | None:
    """The OpenID Connect provider to log in by, as allauth wants it; None where no issuer is named. BadEnvironment where half is."""
    issuer, client, secret = (os.environ.get(f"HANDSLAG_OIDC_{name}", "").strip() for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET"))  # fmt: skip
    if not issuer:
        return None
    if not client or not secret:
        raise BadEnvironment(
            "HANDSLAG_OIDC_ISSUER is set: HANDSLAG_OIDC_CLIENT_ID and HANDSLAG_OIDC_CLIENT_SECRET are needed too"
        )
    name = os.environ.get("HANDSLAG_OIDC_NAME", "").strip() or urlsplit(issuer).hostname or "OpenID Connect"
    return {"provider_id": "oidc", "name": name, "client_id": client, "secret": secret, "settings": {"server_url": issuer}}  # fmt: skip


def origin_of(address: object) -> str:
    """Scheme and host of a web address; BadEnvironment where it is none."""
    parts = urlsplit(str(address))
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise BadEnvironment(f"{address}: expected a web address such as https://login.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def hub_address(hosts: Sequence[str], *, https: bool) -> str:
    """How the hub is reached, without a slash at its end: `HANDSLAG_ADDRESS`, otherwise made of the first of its hosts."""
    given = os.environ.get("HANDSLAG_ADDRESS", "").strip().rstrip("/")
    if given:
        if urlsplit(given).path:
            raise BadEnvironment(
                f"HANDSLAG_ADDRESS={given}: expected scheme and host only, such as https://hub.example.org"
            )
        return origin_of(given)
    # A hub for one person, at the port where it is looked for first.
    return f"{'https' if https else 'http'}://{hosts[0]}" if flag("HANDSLAG_TEAM") else "http://127.0.0.1:8765"


def mail_server() -> tuple[str, str, int, str, str, bool, str]:
    """What letters go out by: `HANDSLAG_SMTP_HOST` (_PORT, _USER, _PASSWORD, _FROM); without it they are written to the console."""
    host = os.environ.get("HANDSLAG_SMTP_HOST", "")
    backend = (
        "django.core.mail.backends.smtp.EmailBackend" if host else "django.core.mail.backends.console.EmailBackend"
    )
    port = os.environ.get("HANDSLAG_SMTP_PORT", "587")
    if not port.isdigit():
        raise BadEnvironment(f"HANDSLAG_SMTP_PORT={port}: expected a number")
    user, password = os.environ.get("HANDSLAG_SMTP_USER", ""), os.environ.get("HANDSLAG_SMTP_PASSWORD", "")
    return (
        backend,
        host,
        int(port),
        user,
        password,
        port != "25",
        os.environ.get("HANDSLAG_SMTP_FROM", "handslag@localhost"),
    )
