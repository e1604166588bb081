"""The app for Django."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Its name and label."""

    name = "handslag_hub.store"
    label = "store"

    def ready(self) -> None:
        """The trail hears of log-ins and of changes of accounts."""
        from handslag_hub.store import noting  # noqa: F401, PLC0415 - receivers are connected when all apps are there
