"""The themes of agreements, filled from the facts that are there."""

from itertools import groupby

import django.db.models.deletion
from django.db import migrations, models

from handslag.reading.facts.commitments.themes import theme_of


def fill(apps, schema_editor):
    """As the projection has it: the themes of areas and activities, else of the name."""
    theme, statement = apps.get_model("commitments", "AgreementTheme"), apps.get_model("store", "Statement")
    said = statement.objects.filter(fact__kind="agreement", holds=True, predicate__in=("area", "activity", "name"))
    rows = said.order_by("fact", "rank", "pk").values_list("fact", "predicate", "value")
    for fact, of_fact in groupby(rows.iterator(), key=lambda row: row[0]):
        values = [(predicate, value) for _, predicate, value in of_fact]
        covered = [value for predicate, value in values if predicate != "name"] or [value for _, value in values][:1]
        found = dict.fromkeys(theme_of(words, ()) for words in covered)
        made = [theme(fact_id=fact, rank=rank, theme=key) for rank, key in enumerate(filter(None, found))]
        theme.objects.bulk_create(made)


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0002_fewer_indexes"),
        ("store", "0005_fewer_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementTheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rank", models.SmallIntegerField()),
                ("theme", models.CharField(max_length=32)),
                ("fact", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.fact")),
            ],
            options={
                "indexes": [models.Index(fields=["theme", "fact"], name="agreement_theme")],
                "constraints": [models.UniqueConstraint(fields=("fact", "rank"), name="agreement_theme_once")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]  # fmt: skip
