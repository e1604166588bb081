"""The app for Django."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """Its name and label."""

    name = "handslag_hub.reading"
    label = "reading"
