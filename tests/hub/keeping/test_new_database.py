"""An empty database gets the tables that the migrations would give it."""

from __future__ import annotations

from collections.abc import Callable

from tests.hub.keeping.conftest import Hub

NewHub = Callable[[str], Hub]

# Columns, keys and indexes of every table, in no order of their own; what triggers say; and what every new database holds.
DESCRIBE = """
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
look = connection.introspection
with connection.cursor() as cursor:
    for table in sorted(look.table_names(cursor)):
        for column in sorted(look.get_table_description(cursor, table), key=lambda column: column.name):
            print(table, column.name, column.type_code, column.display_size, column.null_ok, column.default, column.collation)
        for line in sorted(str(sorted(key.items(), key=str)) for key in look.get_constraints(cursor, table).values()):
            print(table, line)
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%' OR sql LIKE '% WHERE %' ORDER BY name")
    print(*cursor.fetchall(), sep="\\n")
print(sorted(MigrationRecorder.Migration.objects.values_list("app", "name")))
print(sorted(ContentType.objects.values_list("app_label", "model")))
"""  # fmt: skip


def test_the_tables_are_those_that_the_migrations_make(new_hub: NewHub):
    at_once = new_hub("at_once").run("bring_up_to_date()\n" + DESCRIBE).splitlines()
    migrate = "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
    step_by_step = new_hub("step_by_step").run(migrate + DESCRIBE).splitlines()
    assert len(at_once) > 300
    assert any(line.startswith("('store_searchindex'") for line in at_once)
    assert at_once == step_by_step


def test_it_is_made_once(new_hub: NewHub):
    told = new_hub("hub").run("bring_up_to_date()\nbring_up_to_date()\nfrom handslag_hub.site.new_database import is_new; print(is_new())")  # fmt: skip
    assert told.strip() == "False"
