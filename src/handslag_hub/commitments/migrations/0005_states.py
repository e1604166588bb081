"""Where commitments stand, kept with the rows."""

from datetime import date

from django.db import migrations, models
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    """The day on which a party's fact was said."""
    parties, facts = apps.get_model("commitments", "Party"), apps.get_model("store", "Fact")
    said_on = models.Subquery(facts.objects.filter(pk=models.OuterRef("fact")).values("said_on")[:1])
    parties.objects.update(said=Coalesce(said_on, models.Value(date(1, 1, 1), output_field=models.DateField())))


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0004_kept_counts"),
        ("store", "0007_search_blocks"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="cellcount",
            name="cell_once",
        ),
        migrations.RemoveIndex(
            model_name="commitmentrow",
            name="commitment_shelf",
        ),
        migrations.RemoveIndex(
            model_name="party",
            name="party_entity",
        ),
        migrations.RemoveIndex(
            model_name="party",
            name="party_due",
        ),
        migrations.AddField(
            model_name="cellcount",
            name="states",
            field=models.CharField(default="nnn", max_length=3),
        ),
        migrations.AddField(
            model_name="commitmentrow",
            name="changes_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="commitmentrow",
            name="states",
            field=models.CharField(default="nnn", max_length=3),
        ),
        migrations.AddField(
            model_name="party",
            name="said",
            field=models.DateField(default=date(1, 1, 1)),
        ),
        migrations.AddField(
            model_name="party",
            name="states",
            field=models.CharField(default="nnn", max_length=3),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="commitmentrow",
            index=models.Index(
                fields=["firmness", "theme", "language", "zone", "status", "states", "level", "known_on", "due"],
                name="commitment_shelf",
            ),
        ),
        migrations.AddIndex(
            model_name="commitmentrow",
            index=models.Index(
                condition=models.Q(("changes_on__isnull", False)), fields=["changes_on"], name="commitment_changes"
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(("counted", True)),
                fields=[
                    "kind",
                    "entity",
                    "level",
                    "known_on",
                    "due",
                    "theme",
                    "firmness",
                    "language",
                    "zone",
                    "status",
                    "states",
                    "said",
                    "fact",
                ],
                name="party_entity",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(("counted", True)),
                fields=[
                    "kind",
                    "due",
                    "entity",
                    "level",
                    "known_on",
                    "theme",
                    "firmness",
                    "language",
                    "zone",
                    "status",
                    "states",
                    "said",
                ],
                name="party_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="cellcount",
            constraint=models.UniqueConstraint(
                fields=("firmness", "theme", "language", "zone", "status", "states", "level"), name="cell_once"
            ),
        ),
    ]
