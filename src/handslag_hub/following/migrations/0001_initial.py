"""Tables of following."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("store", "0007_search_blocks"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField(unique=True)),
                ("count", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Page",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.document",
                    ),
                ),
                ("waits", models.BooleanField(default=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("version", models.CharField(blank=True, max_length=32)),
                ("fault", models.CharField(blank=True, max_length=1000)),
                ("home", models.JSONField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("waits", True)), fields=["document"], name="following_page_waits")
                ],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "fact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.fact",
                    ),
                ),
                ("waits", models.BooleanField(default=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("waits", True)), fields=["fact"], name="following_promise_waits")
                ],
            },
        ),
        migrations.CreateModel(
            name="PromiseKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField()),
                (
                    "fact",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.fact"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key", "fact"), name="promise_key_once")],
            },
        ),
        migrations.CreateModel(
            name="Repetition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "a",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.entity"),
                ),
                (
                    "b",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.entity"),
                ),
                (
                    "heard",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.fact"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["b", "a"], name="repetition_of")],
                "constraints": [models.UniqueConstraint(fields=("a", "b"), name="repetition_once")],
            },
        ),
    ]
