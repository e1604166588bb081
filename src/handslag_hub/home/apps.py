"""The app for Django."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Its name and label."""

    name = "handslag_hub.home"
    label = "home"
