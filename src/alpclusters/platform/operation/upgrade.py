"""From one version to the next: what the database lacks or has too much, and a way back."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.configuration import Configuration
from alpclusters.platform.operation.backup import (
    backups_folder,
    drop_old_backups,
    make_backup,
    verify_backup,
)
from alpclusters.platform.operation.figures import note_steps
from alpclusters.platform.triggers import set_missing_triggers

LOG: Final = logging.getLogger(__name__)
KEPT: Final = 3
_NAMES: Final = "before-upgrade-*.zip"
# Apps whose steps change tables again and again, or those that many others refer to.
FIRST: Final = ("django_tasks_database", "mfa", "trust")

type Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Steps:
    """How the database stands to this program.

    Attributes
    ----------
    waiting : list of str
        Steps (migrations) of this program that the database has not taken, ``app.name``.
    unknown : list of str
        Steps the database has taken that this program does not know: it is a newer one's.
    """

    waiting: list[str]
    unknown: list[str]


def look_at_steps(executor: MigrationExecutor) -> Steps:
    """Compare what the database has taken with what this program knows."""
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    waiting = [f"{step.app_label}.{step.name}" for step, _ in plan]
    unknown = find_unknown(executor.loader, executor.loader.applied_migrations)
    return Steps(waiting, [f"{app}.{name}" for app, name in unknown])


def find_unknown(loader: MigrationLoader, applied: Mapping[Key, object]) -> list[Key]:
    """Return applied steps this program has no file for, nor had before they were joined."""
    known = set(loader.disk_migrations)
    for step in loader.disk_migrations.values():
        known |= set(step.replaces)
    return sorted(key for key in applied if key not in known)


def require_no_newer(steps: Steps) -> None:
    """Refuse a database that a newer program has changed.

    Raises
    ------
    SetupError
        ``upgrade.newer_database``.
    """
    if steps.unknown:
        raise SetupError("upgrade.newer_database", found=", ".join(steps.unknown[:3]))


def require_known(migrations: Iterable[str]) -> None:
    """Refuse what a newer program has backed up; asks no database.

    Raises
    ------
    SetupError
        ``backup.of_newer_version``.
    """
    taken = {tuple(name.split(".", 1)): None for name in migrations}
    unknown = find_unknown(MigrationLoader(None), taken)  # type: ignore[arg-type]
    if unknown:
        found = ", ".join(".".join(key) for key in unknown[:3])
        raise SetupError("backup.of_newer_version", found=found)


def save_before_upgrade(configuration: Configuration, *, now: datetime) -> Path:
    """Make a backup before the database is changed and look through it; keep the last few.

    Raises
    ------
    SetupError
        It cannot be made or is not good: then nothing may be changed.
    """
    folder = backups_folder(configuration)
    target = folder / f"before-upgrade-{now:%Y%m%d-%H%M%S}.zip"
    make_backup(configuration, target, now=now)
    verify_backup(target)
    drop_old_backups(folder, keep=KEPT, names=_NAMES)
    return target


def upgrade(*, saves: bool) -> Path | None:
    """Bring the tables to this version; return the backup made before, None where none was due.

    A database without tables has nothing to save.

    Raises
    ------
    SetupError
        ``upgrade.newer_database``; ``upgrade.failed``, which names the way back; or the backup
        could not be made.
    """
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    steps = look_at_steps(executor)
    require_no_newer(steps)
    if not steps.waiting:
        note_steps(settings.HOME, waiting=0, unknown=0)
        set_missing_triggers(connection)
        return None
    is_fresh = not executor.loader.applied_migrations
    saved = None
    if saves and not is_fresh:
        saved = save_before_upgrade(settings.CONFIGURATION, now=timezone.now())
    try:
        _migrate(is_fresh=is_fresh)
        _require_sound()
    except Exception as error:
        if saved is None:
            raise
        LOG.exception("the upgrade failed")
        values = {"file": str(saved)}
        raise SetupError("upgrade.failed", found=str(error), values=values) from error
    note_steps(settings.HOME, waiting=0, unknown=0)
    return saved


def _migrate(*, is_fresh: bool) -> None:
    """Take the steps.

    For each of them Django builds the models of many tables there are: a fresh database takes
    those that need no table of the project before there are any.
    """
    for app in FIRST if is_fresh else ():
        call_command("migrate", app, verbosity=0, interactive=False)
    call_command("migrate", verbosity=0, interactive=False)


def _require_sound() -> None:
    """Look at what came out: every reference leads somewhere, and the file is whole."""
    connection.check_constraints()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            verdict = cursor.fetchone()[0]
        if verdict != "ok":
            raise SetupError("live.database_damaged", values={"path": verdict})
