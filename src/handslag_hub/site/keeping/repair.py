"""Caches made again from the logs. The logs themselves cannot be mended: that is what backups are for."""

from __future__ import annotations

from django.db import connection

from handslag_hub.site.keeping.problems import projections
from handslag_hub.store.checking import rebuild
from handslag_hub.store.writing import one_writer


def repair() -> None:
    """Makes every cache and projection again, as one transaction."""
    with one_writer():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO store_searchindex(store_searchindex) VALUES ('rebuild')")
        rebuild()
        for module in projections():
            module.rebuild()
