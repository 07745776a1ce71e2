"""Rewrite the first migration of an app as one step that creates all tables.

python tools/fold_migration.py APP NAME

Django writes tables, foreign keys, constraints and indexes as operations of their own and builds
the models of the whole project anew for each: see `alpclusters.platform.tables`. The tables come
out the same.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel
from django.db.migrations.writer import MigrationWriter

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from alpclusters.cli.django_setup import setup_django  # noqa: E402

PLATFORM: Final = ROOT / "src" / "alpclusters" / "platform"


def main(arguments: Sequence[str]) -> int:
    """Rewrite the migration; return the exit status."""
    if len(arguments) != len(("APP", "NAME")):
        sys.stderr.write(str(__doc__))
        return 2
    setup_django()
    app, name = arguments
    folded = _folded(app, name)
    path = PLATFORM / app / "migrations" / f"{name}.py"
    path.write_text(MigrationWriter(folded, include_header=False).as_string(), encoding="utf-8")
    return 0


def _folded(app: str, name: str) -> Migration:
    from alpclusters.platform.tables import CreateTables

    loader = MigrationLoader(None)
    folded = Migration(name, app)
    folded.initial = True
    folded.dependencies = sorted(loader.disk_migrations[app, name].dependencies, key=str)
    folded.operations = [CreateTables(tables=_tables(loader, app, name))]
    return folded


def _tables(loader: MigrationLoader, app: str, name: str) -> list[CreateModel]:
    models = loader.project_state((app, name)).models
    return [
        CreateModel(one.name, list(one.fields.items()), one.options, one.bases, one.managers)
        for key, one in models.items()
        if key[0] == app
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
