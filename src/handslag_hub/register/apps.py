"""The app for Django."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Its name and label."""

    name = "handslag_hub.register"
    label = "register"
