"""Keys say at which level they are: those written before are made again, commitment by commitment."""

from django.db import migrations


def write_all_again(apps, _schema_editor):
    for name in ("PromiseKey", "KeyCount"):
        apps.get_model("following", name).objects.all().delete()
    apps.get_model("following", "Promise").objects.update(waits=True)


class Migration(migrations.Migration):
    dependencies = [("following", "0001_initial")]
    operations = [migrations.RunPython(write_all_again, migrations.RunPython.noop)]
