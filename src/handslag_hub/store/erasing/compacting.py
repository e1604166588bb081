"""After erasing: nothing of what was stays in freed pages of the database, its log or its index."""

from __future__ import annotations

from django.apps import apps
from django.db import connection


def compact() -> None:
    """Merges the full-text index, rewrites the database and empties its log. Outside of transactions."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO store_searchindex(store_searchindex) VALUES ('rebuild')")
            cursor.execute("INSERT INTO store_searchindex(store_searchindex) VALUES ('optimize')")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
        elif connection.vendor == "postgresql":
            tables = [model._meta.db_table for app in apps.get_app_configs() if app.name.startswith("handslag_hub.") for model in app.get_models()]  # fmt: skip
            for table in tables:
                cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
