"""The app for Django."""

from django.apps import AppConfig


class BriefsConfig(AppConfig):
    """Its name and label."""

    name = "handslag_hub.briefs"
    label = "briefs"
