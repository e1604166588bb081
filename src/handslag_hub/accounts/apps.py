"""The app for Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Its name and label."""

    name = "handslag_hub.accounts"
    label = "accounts"
