"""Places and notions are known by one word in both languages: keys of other words, and what is kept of pages for comparing, are made again."""

from django.db import migrations


def write_all_again(apps, _schema_editor):
    for name in ("PromiseKey", "KeyCount"):
        apps.get_model("following", name).objects.all().delete()
    apps.get_model("following", "Promise").objects.update(waits=True)
    apps.get_model("following", "Page").objects.update(home=None)


class Migration(migrations.Migration):
    dependencies = [("following", "0002_keys_by_level")]
    operations = [migrations.RunPython(write_all_again, migrations.RunPython.noop)]
