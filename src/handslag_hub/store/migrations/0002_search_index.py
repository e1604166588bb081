"""The full-text index over `SearchRow.tokens`, kept by the database itself: FTS5, or a column of lexemes with GIN."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = (
    """CREATE VIRTUAL TABLE store_searchindex USING fts5(tokens, content='store_searchrow', content_rowid='id', detail=none,
       tokenize='ascii')""",
    """CREATE TRIGGER store_searchrow_added AFTER INSERT ON store_searchrow BEGIN
       INSERT INTO store_searchindex(rowid, tokens) VALUES (new.id, new.tokens); END""",
    """CREATE TRIGGER store_searchrow_removed AFTER DELETE ON store_searchrow BEGIN
       INSERT INTO store_searchindex(store_searchindex, rowid, tokens) VALUES ('delete', old.id, old.tokens); END""",
    """CREATE TRIGGER store_searchrow_changed AFTER UPDATE OF tokens ON store_searchrow BEGIN
       INSERT INTO store_searchindex(store_searchindex, rowid, tokens) VALUES ('delete', old.id, old.tokens);
       INSERT INTO store_searchindex(rowid, tokens) VALUES (new.id, new.tokens); END""",
)
POSTGRESQL = (
    """ALTER TABLE store_searchrow ADD COLUMN lexemes tsvector
       GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED""",
    "CREATE INDEX store_searchrow_lexemes ON store_searchrow USING gin (lexemes)",
)
UNDO_SQLITE = (
    "DROP TRIGGER store_searchrow_changed",
    "DROP TRIGGER store_searchrow_removed",
    "DROP TRIGGER store_searchrow_added",
    "DROP TABLE store_searchindex",
)
UNDO_POSTGRESQL = ("ALTER TABLE store_searchrow DROP COLUMN lexemes",)


def make(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for command in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(command)


def unmake(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for command in UNDO_POSTGRESQL if editor.connection.vendor == "postgresql" else UNDO_SQLITE:
        editor.execute(command)


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
