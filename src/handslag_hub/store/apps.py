"""The app for Django."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Its name and label."""

    name = "handslag_hub.store"
    label = "store"
