"""The app for Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Its name and label."""

    name = "handslag_hub.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Sessions note when they began."""
        from handslag_hub.accounts import sessions  # noqa: F401, PLC0415 - receivers are connected when all apps are there
