"""Mentions say since when the hub has held them, where it has done so without a break: a card of the hub's own past is read off the index too."""

from django.db import migrations, models
from django.utils import timezone

# As `projections.mentions._interrupted` has it.
_INTERRUPTED = """
    SELECT fact_id FROM store_assertion WHERE NOT "on"
    UNION ALL SELECT a.fact_id FROM store_assertion a JOIN store_action u ON u.undoes_id = a.action_id
    UNION ALL SELECT a.fact_id FROM store_assertion a JOIN store_presence p ON p.document_id = a.document_id
        WHERE NOT p.present OR p.action_id IN (SELECT undoes_id FROM store_action WHERE undoes_id IS NOT NULL)
    UNION ALL SELECT fact_id FROM store_review WHERE verdict = 'reject'
"""
_FIELDS = ["entity", "kind", "said", "fact", "level", "known_on", "parts", "zone"]


def fill(apps, schema_editor):
    """As the projection has it."""
    connection = schema_editor.connection
    came_in, parameters = connection.ops.datetime_cast_date_sql(
        "f.created_at", (), timezone.get_default_timezone_name()
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE register_mention SET held_since = (SELECT {came_in} FROM store_fact f WHERE f.id = register_mention.fact_id)"  # noqa: S608  nobody's words
            f" WHERE level < 9 AND fact_id NOT IN ({_INTERRUPTED})",
            parameters,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0003_mentions"),
        ("store", "0006_review_queue"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="mention", name="mention_of_entity"),
        migrations.AddField(model_name="mention", name="held_since", field=models.DateField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="mention", index=models.Index(fields=[*_FIELDS, "held_since"], name="mention_of_entity")
        ),
    ]
