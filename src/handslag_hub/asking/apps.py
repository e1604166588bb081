"""The app for Django."""

from django.apps import AppConfig


class AskingConfig(AppConfig):
    """Its name and label, what it holds of people, and its section on the page of a commitment."""

    name = "handslag_hub.asking"
    label = "asking"

    def ready(self) -> None:
        """What is held of a person here is told with what the store holds; a commitment's page tells who watches it."""
        from handslag_hub.asking.pages.panel import watching_panel  # noqa: PLC0415  models are there once apps are ready
        from handslag_hub.asking.personal import held_here  # noqa: PLC0415  as above
        from handslag_hub.following.panels import add_panel  # noqa: PLC0415  as above
        from handslag_hub.store.erasing.export import person_asked_for  # noqa: PLC0415  as above

        person_asked_for.connect(held_here, dispatch_uid="asking.personal")
        add_panel(watching_panel)
