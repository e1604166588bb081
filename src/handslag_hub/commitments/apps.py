"""The app for Django."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """Its name and label, and its projections, which follow the facts."""

    name = "handslag_hub.commitments"
    label = "commitments"

    def ready(self) -> None:
        """Projections are written in the transaction that writes the facts."""
        from handslag_hub.commitments.projections import follow_facts  # noqa: PLC0415  models are there once apps are ready
        from handslag_hub.store.refresh import facts_changed  # noqa: PLC0415  as above

        facts_changed.connect(follow_facts, dispatch_uid="commitments.projections")
