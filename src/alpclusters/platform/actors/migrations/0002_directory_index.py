from django.db import migrations

from alpclusters.platform.actors.domain.directory import schema


def create(apps, editor):
    schema.create(editor)


def remove(apps, editor):
    schema.remove(editor)


class Migration(migrations.Migration):
    dependencies = [("actors", "0001_initial")]
    operations = [migrations.RunPython(create, remove)]
