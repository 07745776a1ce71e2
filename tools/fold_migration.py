"""Write migrations of an app anew as one step that creates all tables.

python tools/fold_migration.py APP NAME           rewrite a first migration in place
python tools/fold_migration.py APP NAME SQUASHED  write SQUASHED, which replaces all up to NAME

Django writes tables, foreign keys, constraints and indexes as operations of their own and builds
the models of the whole project anew for each: see `alpclusters.platform.tables`. The tables come
out the same. Steps that move data are left out: a fresh database has none.
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
FEWEST: Final = 2


def main(arguments: Sequence[str]) -> int:
    """Rewrite or squash; return the exit status."""
    if len(arguments) not in {FEWEST, FEWEST + 1}:
        sys.stderr.write(str(__doc__))
        return 2
    setup_django()
    app, name, *squashed = arguments
    folded = _folded(app, name, squashed[0] if squashed else "")
    path = PLATFORM / app / "migrations" / f"{folded.name}.py"
    path.write_text(MigrationWriter(folded, include_header=False).as_string(), encoding="utf-8")
    return 0


def _folded(app: str, name: str, squashed: str) -> Migration:
    from alpclusters.platform.tables import CreateTables

    loader = MigrationLoader(None, replace_migrations=False)
    replaced = [key for key in loader.graph.forwards_plan((app, name)) if key[0] == app]
    folded = Migration(squashed or name, app)
    folded.initial = True
    folded.replaces = replaced if squashed else []
    folded.dependencies = sorted(
        {
            dependency
            for key in replaced
            for dependency in loader.disk_migrations[key].dependencies
            if dependency[0] != app
        },
        key=str,
    )
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
