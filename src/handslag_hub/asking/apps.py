"""The app for Django."""

from django.apps import AppConfig


class AskingConfig(AppConfig):
    """Its name and label, and what it holds of people."""

    name = "handslag_hub.asking"
    label = "asking"

    def ready(self) -> None:
        """What is held of a person here is told with what the store holds."""
        from handslag_hub.asking.personal import held_here  # noqa: PLC0415  models are there once apps are ready
        from handslag_hub.store.erasing.export import person_asked_for  # noqa: PLC0415  as above

        person_asked_for.connect(held_here, dispatch_uid="asking.personal")
