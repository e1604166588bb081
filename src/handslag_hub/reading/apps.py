"""The app for Django."""

from importlib import import_module

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """Its name and label."""

    name = "handslag_hub.reading"
    label = "reading"

    def ready(self) -> None:
        """The jobs listen for what is brought in."""
        import_module("handslag_hub.reading.tasks")
