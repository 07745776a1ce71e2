from django.db import migrations

from alpclusters.platform.evidence.domain.search import schema


def create(apps, editor):
    schema.create(editor)


def remove(apps, editor):
    schema.remove(editor)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [migrations.RunPython(create, remove)]
