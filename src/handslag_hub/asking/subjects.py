"""What somebody watches or wants to be told of, as pages and rows name it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from handslag_hub.design.words import called
from handslag_hub.store.models import Entity


@dataclass(frozen=True, slots=True)
class Subject:
    """A commitment, a party (both by their canonical entity), or a theme by its key."""

    entity: Entity | None
    theme: str

    @property
    def about(self) -> str:
        """Which of the three it is, as it stands in addresses: commitment, party or theme."""
        if self.entity is None:
            return "theme"
        return "commitment" if self.entity.kind == "commitment" else "party"

    @property
    def uid(self) -> str:
        """What tells it in an address."""
        return self.entity.uid if self.entity else self.theme

    @property
    def label(self) -> str:
        """What it is called in the reader's language. Only for those who may see it."""
        return str(self.entity) if self.entity else called("theme", self.theme)

    @property
    def condition(self) -> Q:
        """The rows that are about it, whoever the entity was taken to be when they were written."""
        if self.entity is None:
            return Q(entity=None, theme=self.theme)
        return Q(entity__canonical=self.entity.canonical_id or self.entity.pk)

    @property
    def columns(self) -> dict[str, object]:
        """How a new row says it."""
        return {"entity": self.entity, "theme": self.theme}
