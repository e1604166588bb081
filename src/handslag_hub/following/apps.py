"""The app for Django."""

from django.apps import AppConfig


class FollowingConfig(AppConfig):
    """Its name and label."""

    name = "handslag_hub.following"
    label = "following"
