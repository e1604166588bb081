"""Mentions, filled from the facts that are there."""

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

_PARTS = ("who", "said_by", "to_whom", "party", "signatory", "speaker", "organisation", "subject", "stated_by")


def fill(apps, schema_editor):
    """As the projection has it: one row for each fact and canonical entity, the parts added up."""
    connection = schema_editor.connection
    came_in, parameters = connection.ops.datetime_cast_date_sql(
        "f.created_at", (), timezone.get_default_timezone_name()
    )
    cases = " ".join(f"WHEN '{predicate}' THEN {2 << place}" for place, predicate in enumerate(_PARTS))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO register_mention (fact_id, entity_id, kind, parts, level, said, known_on, zone)"  # noqa: S608  nobody's words
            " SELECT f.id, m.entity, f.kind, m.parts, CASE WHEN f.shown THEN f.level ELSE 9 END, COALESCE(f.said_on, '0001-01-01'),"
            f" COALESCE(f.said_on, {came_in}), f.zone"
            " FROM (SELECT fact, entity, SUM(DISTINCT part) AS parts FROM ("
            "SELECT f.id AS fact, e.canonical_id AS entity, 1 AS part FROM store_fact f JOIN store_entity e ON e.id = f.about_id"
            " WHERE e.kind IN ('organisation', 'person', 'event') UNION ALL"
            f" SELECT s.fact_id, e.canonical_id, CASE s.predicate {cases} ELSE 1024 END FROM store_statement s"
            " JOIN store_entity e ON e.id = s.object_now_id WHERE s.holds AND e.kind IN ('organisation', 'person', 'event')"
            ") parts GROUP BY fact, entity) m JOIN store_fact f ON f.id = m.fact",
            parameters,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0002_fewer_indexes"),
        ("store", "0005_fewer_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=16)),
                ("parts", models.SmallIntegerField()),
                ("level", models.SmallIntegerField()),
                ("said", models.DateField()),
                ("known_on", models.DateField()),
                ("zone", models.CharField(blank=True, max_length=16)),
                ("entity", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.entity")),
                ("fact", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.fact")),
            ],
            options={
                "indexes": [models.Index(fields=["entity", "kind", "said", "fact", "level", "known_on", "parts", "zone"], name="mention_of_entity")],
                "constraints": [models.UniqueConstraint(fields=("fact", "entity"), name="mention_once")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]  # fmt: skip
