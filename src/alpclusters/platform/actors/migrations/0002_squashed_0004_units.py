"""The steps 0002 to 0004 for a fresh database, which looks around once."""

from importlib import import_module
from typing import ClassVar

from django.conf import settings
from django.db import migrations

from alpclusters.platform.tables import ChangeTables

REPLACED = ("0002_initial", "0003_directory_index", "0004_units")
_initial, _index, _units = (
    import_module(f"alpclusters.platform.actors.migrations.{name}").Migration.operations
    for name in REPLACED
)


class Migration(migrations.Migration):
    """The index comes last, for a table made anew would lose its triggers."""

    replaces: ClassVar = [("actors", name) for name in REPLACED]
    dependencies: ClassVar = [
        ("actors", "0001_initial"),
        ("partnership", "0001_initial"),
        ("territory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [ChangeTables(steps=[*_initial, *_units]), *_index]
