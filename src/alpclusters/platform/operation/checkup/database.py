"""Whether the database answers, keeps what it is told and has its triggers and words."""

import sqlite3
from collections.abc import Iterator
from gettext import NullTranslations
from typing import Final

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.configuration import Configuration
from alpclusters.platform.database_reach import require_reachable
from alpclusters.platform.operation.checkup.lines import Check
from alpclusters.platform.operation.figures import note_steps

MIN_SQLITE: Final = (3, 37)


def reach_database(configuration: Configuration, texts: NullTranslations) -> Check | None:
    """Return what keeps the database from answering; None if nothing does."""
    try:
        require_reachable(configuration.database)
    except SetupError as error:
        values = {**error.values, "found": error.found}
        if error.code == "database.tls":
            finding = texts.gettext(
                "DATABASE_URL asks for an encrypted connection (sslmode=%(sslmode)s), and none "
                "comes about: %(found)s"
            )
        else:
            finding = texts.gettext("The database %(place)s cannot be reached: %(found)s")
        remedy = texts.gettext("Check DATABASE_URL and that the database server runs.")
        return Check("database", "error", finding % values, remedy)
    return None


def database(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look at version, migrations, triggers and durability of the database."""
    from django.db import connection  # noqa: PLC0415 - settings may be unreadable
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415
    from django.db.utils import DatabaseError  # noqa: PLC0415

    from alpclusters.platform.operation.upgrade import look_at_steps  # noqa: PLC0415 - likewise

    try:
        steps = look_at_steps(MigrationExecutor(connection))
        version = _server_version(connection)
    except DatabaseError as error:
        remedy = texts.gettext("Check DATABASE_URL and that the database server runs.")
        yield Check("database", "error", str(error).strip().splitlines()[0], remedy)
        return
    yield Check("database", "ok", f"{connection.display_name} {version}")
    if configuration.database.is_sqlite and sqlite3.sqlite_version_info < MIN_SQLITE:
        remedy = texts.gettext("Use a Python with SQLite 3.37 or newer.")
        yield Check("sqlite_version", "error", sqlite3.sqlite_version, remedy)
    if configuration.home.is_dir():
        n_waiting, n_unknown = len(steps.waiting), len(steps.unknown)
        note_steps(configuration.home, waiting=n_waiting, unknown=n_unknown)
    if steps.unknown:
        finding = texts.gettext(
            "A newer version of this program has changed the database (%(found)s)."
        ) % {"found": ", ".join(steps.unknown[:3])}
        remedy = texts.gettext(
            "Start that version or a newer one. To stay with this one, restore the backup that was "
            "made before the upgrade (backups/before-upgrade-….zip) into an empty place."
        )
        yield Check("migrations", "error", finding, remedy)
    elif steps.waiting:
        finding = texts.gettext("Steps of the database still to be taken: %(n)s") % {
            "n": len(steps.waiting)
        }
        remedy = texts.gettext("Start the server: it makes a backup and takes them.")
        yield Check("migrations", "warning", finding, remedy)
    else:
        yield from _triggers(connection, texts)
    yield from _durability(connection, configuration, texts)


def _triggers(connection: object, texts: NullTranslations) -> Iterator[Check]:
    """Look at what the database does by itself: noting what the search has to read, refusing."""
    from alpclusters.platform.triggers import missing_triggers  # noqa: PLC0415 - settings first

    missing = missing_triggers(connection)
    if not missing:
        yield Check("migrations", "ok", texts.gettext("The database fits this version"))
        return
    finding = texts.gettext("Triggers of the database are missing: %(names)s") % {
        "names": ", ".join(missing[:3])
    }
    remedy = texts.gettext(
        "Start the server: it sets them. If nobody changed the database by hand, tell who runs it."
    )
    yield Check("migrations", "error", finding, remedy)


def _server_version(connection: object) -> str:
    found = connection.get_database_version()  # type: ignore[attr-defined]
    return ".".join(str(part) for part in found)


def _durability(
    connection: object, configuration: Configuration, texts: NullTranslations
) -> Iterator[Check]:
    question = (
        "PRAGMA synchronous" if configuration.database.is_sqlite else "SHOW synchronous_commit"
    )
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(question)
        answer = str(cursor.fetchone()[0])
    is_safe = answer in {"2", "3", "on", "remote_apply", "remote_write"}
    finding = texts.gettext("An answer counts once it is on the disk (%(setting)s)") % {
        "setting": f"{question.rsplit(maxsplit=1)[-1]} = {answer}"
    }
    if is_safe:
        yield Check("durability", "ok", finding)
    else:
        remedy = texts.gettext("Switch synchronous_commit on: else a power cut loses ratings.")
        yield Check("durability", "warning", finding, remedy)


def index(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look whether the index of the directory is complete."""
    from django.db.utils import DatabaseError  # noqa: PLC0415 - settings may be unreadable

    from alpclusters.platform.actors.domain.directory.index import look_at  # noqa: PLC0415

    try:
        found = look_at()
    except DatabaseError:
        return  # the tables are not there yet; the database's own check says so
    finding = texts.gettext("Search index of the directory: %(indexed)s of %(listed)s") % {
        "indexed": found.n_indexed,
        "listed": found.n_listed,
    }
    if found.is_complete:
        yield Check("directory_index", "ok", finding)
    else:
        remedy = texts.gettext("Run ./alpclusters index.")
        yield Check("directory_index", "warning", finding, remedy)
