"""The app for Django."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Its name and label; its projections follow the store."""

    name = "handslag_hub.register"
    label = "register"

    def ready(self) -> None:
        """Follows the store from now on."""
        from handslag_hub.register.projections import following  # noqa: F401, PLC0415  models are there only now
