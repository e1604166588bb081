"""PostgreSQL: each row's lexemes say its group and the block of rows that it lies in, so that the newest hits are found without all others.

Its index takes new rows at once: a list of those still to come would be gone through for every block that is asked for.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

COLUMN = (
    "ALTER TABLE store_searchrow ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (array_to_tsvector({tokens})) STORED"
)
INDEX = "CREATE INDEX store_searchrow_lexemes ON store_searchrow USING gin (lexemes){how}"
TOKENS = "string_to_array(tokens, ' ')"
IN_BLOCKS = f"{TOKENS} || (split_part(tokens, ' ', 1) || '/' || id / 16384)"


def make(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _again(editor, IN_BLOCKS, " WITH (fastupdate = off)")


def unmake(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _again(editor, TOKENS, "")


def _again(editor: BaseDatabaseSchemaEditor, tokens: str, how: str) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE store_searchrow DROP COLUMN lexemes")
        editor.execute(COLUMN.format(tokens=tokens))
        editor.execute(INDEX.format(how=how))


class Migration(migrations.Migration):
    dependencies = [("store", "0006_review_queue")]
    operations = [migrations.RunPython(make, unmake)]
