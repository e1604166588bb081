"""The app for Django."""

from importlib import import_module

from django.apps import AppConfig


class FollowingConfig(AppConfig):
    """Its name and label; it follows the facts, and its jobs listen for what was read."""

    name = "handslag_hub.following"
    label = "following"

    def ready(self) -> None:
        """What changes in the store waits to be linked."""
        from handslag_hub.following.following_facts import follow_facts  # noqa: PLC0415  models are there once apps are ready
        from handslag_hub.store.refresh import facts_changed  # noqa: PLC0415  as above

        facts_changed.connect(follow_facts, dispatch_uid="following.facts")
        import_module("handslag_hub.following.tasks")
