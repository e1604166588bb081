"""The app for Django."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """Its name and label."""

    name = "handslag_hub.commitments"
    label = "commitments"
