"""The app for Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Its name and label."""

    name = "handslag_hub.exchange"
    label = "exchange"
