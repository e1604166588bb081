"""An empty SQLite database gets its tables as the models have them now, not by way of all they once were: migrations are for those that hold something.

Making the tables by 70 migrations takes some seconds of every first start, nearly all for the states in between. That both ways lead to the
same tables is tested.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.recorder import MigrationRecorder

if TYPE_CHECKING:
    from django.db.migrations.executor import MigrationExecutor


def is_new() -> bool:
    """True for a database of SQLite without any table."""
    return connection.vendor == "sqlite" and not connection.introspection.table_names()


def make_tables(executor: MigrationExecutor) -> None:
    """All tables and indexes, what our migrations make by commands of their own included, and a record of every migration: all or nothing."""
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("handslag_hub.")}
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        # What was put off until all tables are there: the keys that point from one to the other.
        while editor.deferred_sql:
            editor.execute(editor.deferred_sql.pop(0))
        for migration, _backwards in plan:
            for step in migration.operations:
                if migration.app_label in ours and isinstance(step, RunPython):
                    step.code(apps, editor)
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for migration, _backwards in plan:
            recorder.record_applied(migration.app_label, migration.name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
