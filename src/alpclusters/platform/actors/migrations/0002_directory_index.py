from typing import Any

from django.db import migrations

from alpclusters.platform.actors.domain.directory import schema


def create(_apps: Any, editor: Any) -> None:
    schema.create(editor)


def remove(_apps: Any, editor: Any) -> None:
    schema.remove(editor)


class Migration(migrations.Migration):
    dependencies = [("actors", "0001_initial")]
    operations = [migrations.RunPython(create, remove)]
