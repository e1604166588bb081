"""The tables of this part."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("store", "0007_search_blocks"),
    ]

    operations = [
        migrations.CreateModel(
            name="PairJudgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("counterpart", "counterparts"),
                            ("apart", "they pull apart"),
                            ("neither", "nothing to do with each other"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "a",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.fact"),
                ),
                (
                    "action",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.action"),
                ),
                (
                    "b",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.fact"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(choices=[("level", "level"), ("stakeholders", "group")], max_length=16)),
                ("value", models.CharField(blank=True, max_length=16)),
                (
                    "action",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.action"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.document"
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.entity"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("entity", None), ("document", None), _connector="XOR"),
                        name="placement_of_one",
                    )
                ],
            },
        ),
    ]
