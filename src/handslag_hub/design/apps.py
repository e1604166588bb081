"""The app for Django."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Its name and label."""

    name = "handslag_hub.design"
    label = "design"
