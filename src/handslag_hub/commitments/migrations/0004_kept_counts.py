"""Counts kept for the ledger, made of the rows that are there."""

import django.db.models.deletion
from django.db import migrations, models

CELL = ("firmness", "theme", "language", "zone", "status", "level")


def fill(apps, schema_editor):
    """As the projection has it."""
    rows, parties = apps.get_model("commitments", "CommitmentRow"), apps.get_model("commitments", "Party")
    cell, party = apps.get_model("commitments", "CellCount"), apps.get_model("commitments", "PartyCount")
    counted = parties.objects.filter(kind="commitment", counted=True)
    cells = rows.objects.order_by().values(*CELL).annotate(n=models.Count("pk"))
    named = counted.order_by().values("entity_id", "level").annotate(n=models.Count("pk"))
    for model, found in ((cell, cells), (party, named)):
        model.objects.bulk_create((model(count=row.pop("n"), **row) for row in found.iterator()), batch_size=100)


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0003_agreement_themes"),
        ("store", "0006_review_queue"),
    ]

    operations = [
        migrations.CreateModel(
            name="CellCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("firmness", models.CharField(blank=True, max_length=16)),
                ("theme", models.CharField(blank=True, max_length=32)),
                ("language", models.CharField(blank=True, max_length=8)),
                ("zone", models.CharField(blank=True, max_length=16)),
                ("status", models.CharField(max_length=16)),
                ("level", models.SmallIntegerField()),
                ("count", models.IntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("firmness", "theme", "language", "zone", "status", "level"), name="cell_once")],
            },
        ),
        migrations.CreateModel(
            name="PartyCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.SmallIntegerField()),
                ("count", models.IntegerField()),
                ("entity", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.entity")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("entity", "level"), name="party_count_once")],
            },
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                fields=["kind", "due", "entity", "level", "known_on", "theme", "firmness", "language", "zone", "status"],
                condition=models.Q(("counted", True)),
                name="party_due",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]  # fmt: skip
