"""Look at an installation and say what is fine, what is not, and what helps."""

import importlib.metadata
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from gettext import NullTranslations
from importlib import resources
from pathlib import Path
from typing import Final, Literal

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.configuration import BackupPlan, Configuration
from alpclusters.platform.database_reach import require_reachable
from alpclusters.platform.languages.catalogues import po_path
from alpclusters.platform.languages.codes import LANGUAGE_CODES, TRANSLATED_LANGUAGES
from alpclusters.platform.operation.figures import note_steps
from alpclusters.platform.operation.postgresql import find_postgresql_program
from alpclusters.platform.operation.private_files import close_to_others

type State = Literal["ok", "warning", "error"]

MIN_FREE_BYTES: Final = 1_000_000_000
SLOW_SYNC_MS: Final = 30.0
NO_SYNC_MS: Final = 0.05
OLD_BACKUP_DAYS: Final = 7
RECENT: Final = timedelta(days=7)
LONG_WAIT: Final = timedelta(minutes=10)
MIN_SQLITE: Final = (3, 37)
MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report.

    Attributes
    ----------
    name : str
        Stable key.
    state : {'ok', 'warning', 'error'}
    finding : str
        What was seen, in the reader's language.
    remedy : str
        What to do; empty where nothing is to be done.
    """

    name: str
    state: State
    finding: str
    remedy: str = ""


def examine(configuration: Configuration, texts: NullTranslations) -> list[Check]:
    """Run all checks; what is open to others is closed, nothing else is changed for good.

    A database that does not answer is told once, and nothing else is asked of it.
    """
    found = [check for look in LOOKS for check in look(configuration, texts)]
    obstacle = _reach_database(configuration, texts)
    if obstacle is not None:
        return [*found, obstacle]
    return found + [check for look in DATABASE_LOOKS for check in look(configuration, texts)]


def is_database_reached(checks: Iterable[Check]) -> bool:
    """Say whether these checks found a database that answers."""
    return not any(check.name == "database" and check.state == "error" for check in checks)


def _reach_database(configuration: Configuration, texts: NullTranslations) -> Check | None:
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


def _python(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    finding = texts.gettext("Python %(version)s") % {"version": sys.version.split()[0]}
    yield Check("python", "ok", finding)


def _packages(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    names = ("django", "numpy", "scipy", "typst", "python-docx", "uvicorn")
    seen, missing = [], []
    for name in names:
        try:
            seen.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        remedy = texts.gettext("Start ./alpclusters once more: it installs what is missing.")
        finding = texts.gettext("Packages missing: %(names)s") % {"names": ", ".join(missing)}
        yield Check("packages", "error", finding, remedy)
    else:
        yield Check("packages", "ok", ", ".join(seen))


def _home(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    home = configuration.home
    if not home.is_dir():
        remedy = texts.gettext("Start the server once: it makes the data directory.")
        finding = texts.gettext("No data directory at %(path)s") % {"path": home}
        yield Check("home", "warning", finding, remedy)
        return
    if not os.access(home, os.W_OK):
        remedy = texts.gettext("Give the user who runs the server the right to write there.")
        finding = texts.gettext("The data directory %(path)s cannot be written") % {"path": home}
        yield Check("home", "error", finding, remedy)
        return
    yield Check("home", "ok", str(home))
    yield from _modes(configuration, texts)
    yield from _disk(home, texts)


def _modes(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    mended, left = close_to_others(configuration)
    if left:
        finding = texts.gettext(
            "Files and folders that other users of this machine can open: %(n)s, such as %(path)s"
        )
        remedy = texts.gettext(
            "They belong to somebody else: give them to the user who runs the server, and run "
            "alpclusters doctor again."
        )
        yield Check("file_modes", "error", finding % {"n": len(left), "path": left[0]}, remedy)
    elif mended:
        finding = texts.gettext(
            "Files and folders that other users of this machine could open until now: %(n)s, "
            "such as %(path)s"
        )
        remedy = texts.gettext(
            "If others use this machine, let everybody sign in anew: they may have read the files."
        )
        yield Check(
            "file_modes", "warning", finding % {"n": len(mended), "path": mended[0]}, remedy
        )
    else:
        yield Check("file_modes", "ok", texts.gettext("Other users of this machine see no files"))


def _disk(home: Path, texts: NullTranslations) -> Iterator[Check]:
    free = shutil.disk_usage(home).free
    finding = texts.gettext("%(size)s MB free on the disk") % {"size": free // 1_000_000}
    if free < MIN_FREE_BYTES:
        yield Check("disk_space", "warning", finding, texts.gettext("Make room on the disk."))
    else:
        yield Check("disk_space", "ok", finding)
    median = _sync_ms(home)
    finding = texts.gettext("Writing to the disk for good takes %(ms)s ms") % {
        "ms": f"{median:.2f}"
    }
    if median > SLOW_SYNC_MS:
        remedy = texts.gettext("Use a faster disk for the data directory.")
        yield Check("disk_sync", "warning", finding, remedy)
    elif median < NO_SYNC_MS:
        remedy = texts.gettext(
            "This disk does not really write through; a power cut loses ratings."
        )
        yield Check("disk_sync", "warning", finding, remedy)
    else:
        yield Check("disk_sync", "ok", finding)


def _sync_ms(folder: Path) -> float:
    """Time twenty small writes that reach the disk; median in milliseconds."""
    times = []
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        for _ in range(20):
            file.write(b"x" * 512)
            start = time.perf_counter()
            os.fsync(file.fileno())
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _database(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
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


def _catalogues(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    compiled = {code: po_path(code).with_suffix(".mo") for code in TRANSLATED_LANGUAGES}
    missing = [code for code, path in compiled.items() if not path.exists()]
    if missing:
        remedy = texts.gettext("Start ./alpclusters once more: it compiles them.")
        finding = texts.gettext("Languages missing: %(names)s") % {"names": ", ".join(missing)}
        yield Check("languages", "error", finding, remedy)
    else:
        yield Check("languages", "ok", ", ".join(LANGUAGE_CODES))


def _documents(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    fonts = [p.name for p in _fonts().iterdir() if p.name.endswith(".ttf")]
    if not fonts:
        remedy = texts.gettext("Install AlpClusters once more: its fonts are missing.")
        yield Check("fonts", "error", texts.gettext("No fonts for documents"), remedy)
        return
    yield Check("fonts", "ok", texts.gettext("Fonts for documents: %(n)s") % {"n": len(fonts)})


def _fonts() -> Path:
    return Path(str(resources.files("alpclusters") / "reports" / "fonts"))


def _mail(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    if not configuration.mail.host:
        remedy = texts.gettext("Set ALPCLUSTERS_SMTP_URL so that sign-in codes reach people.")
        finding = texts.gettext("Mail is printed to the console")
        yield Check("mail", "warning", finding, remedy)
        return
    yield from _reach_mail(configuration, texts)


def _reach_mail(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    import socket  # noqa: PLC0415

    place = f"{configuration.mail.host}:{configuration.mail.port}"
    try:
        with socket.create_connection((configuration.mail.host, configuration.mail.port), 5):
            yield Check("mail", "ok", place)
    except OSError as error:
        remedy = texts.gettext("Check ALPCLUSTERS_SMTP_URL and the network.")
        yield Check("mail", "error", f"{place}: {error}", remedy)


def _address(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    if configuration.is_secure:
        yield Check("address", "ok", configuration.address)
        return
    remedy = texts.gettext(
        "Fine in a hall's own network; on the internet put an https proxy in front and set "
        "ALPCLUSTERS_ADDRESS."
    )
    finding = texts.gettext("%(address)s is not encrypted") % {"address": configuration.address}
    yield Check("address", "warning", finding, remedy)


def _debug(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    if not configuration.debug:
        return
    finding = texts.gettext("ALPCLUSTERS_DEBUG is on: errors show code, settings and data")
    remedy = texts.gettext("Remove ALPCLUSTERS_DEBUG once the fault is found.")
    state: State = "error" if configuration.debugs_in_public else "warning"
    yield Check("debug", state, finding, remedy)


def _imprint(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    from django.db.utils import DatabaseError  # noqa: PLC0415 - settings may be unreadable
    from django.utils.translation import override  # noqa: PLC0415 - likewise

    from alpclusters.platform.fields import label_of  # noqa: PLC0415 - likewise
    from alpclusters.platform.trust.domain.bodies import (  # noqa: PLC0415 - likewise
        missing_of,
        responsible_body,
    )

    try:
        body = responsible_body()
    except DatabaseError:
        return  # the table is not there yet; the database's own check says so
    missing = missing_of(body)
    if not missing:
        yield Check("imprint", "ok", texts.gettext("Imprint: %(name)s") % {"name": body.name})
        return
    with override(texts.info().get("language") or "en"):
        labels = [label_of(body, name) for name in missing]
    finding = texts.gettext("The imprint is not complete: %(fields)s") % {
        "fields": ", ".join(labels)
    }
    remedy = texts.gettext("Fill it in as administrator: workspace, “Imprint and data protection”.")
    state: State = "error" if configuration.is_public else "warning"
    yield Check("imprint", state, finding, remedy)


def _security_log(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    from django.db.utils import DatabaseError  # noqa: PLC0415 - settings may be unreadable

    from alpclusters.platform.trust.domain.log import verify  # noqa: PLC0415 - likewise

    try:
        found = verify()
    except DatabaseError:
        return  # the table is not there yet; the database's own check says so
    if found.fault:
        finding = texts.gettext("The security log was changed after entry %(n)s") % {"n": found.n}
        remedy = texts.gettext(
            "Somebody changed the database past the program. Keep a copy of it and find out who."
        )
        yield Check("security_log", "error", finding, remedy)
        return
    finding = texts.ngettext(
        "Security log: %(n)s entry, unchanged", "Security log: %(n)s entries, unchanged", found.n
    ) % {"n": found.n}
    yield Check("security_log", "ok", finding)


def _backups(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    files = sorted((configuration.home / "backups").glob("*.zip"), key=lambda p: p.stat().st_mtime)
    remedy = texts.gettext("Make one with ./alpclusters backup.")
    if not files:
        yield Check("backup", "warning", texts.gettext("No backup yet"), remedy)
        return
    made = datetime.fromtimestamp(files[-1].stat().st_mtime, tz=UTC)
    days = (datetime.now(tz=UTC) - made).days
    finding = texts.ngettext("Last backup: %(n)s day old", "Last backup: %(n)s days old", days) % {
        "n": days
    }
    if days > OLD_BACKUP_DAYS:
        yield Check("backup", "warning", finding, remedy)
    else:
        yield Check("backup", "ok", finding)


def _backup_programs(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Without them there is no backup, and so no upgrade either."""
    for name in () if configuration.database.is_sqlite else ("pg_dump", "pg_restore"):
        try:
            yield Check("backup_program", "ok", find_postgresql_program(name))
        except SetupError as error:
            finding = texts.gettext("The program %(program)s is missing.") % error.values
            remedy = texts.gettext("Install it; alpclusters doctor lists what is needed.")
            yield Check("backup_program", "error", finding, remedy)


def _backup_plan(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    plan = configuration.backup
    if not plan.takes_keys:
        finding = texts.gettext("Backups hold no keys: after a restore phones have to join again")
        remedy = texts.gettext(
            "Set ALPCLUSTERS_BACKUP_RECIPIENT or ALPCLUSTERS_BACKUP_PASSPHRASE_FILE."
        )
        yield Check("backup_keys", "warning", finding, remedy)
    if plan.bucket:
        yield _bucket(plan, texts)
    if plan.copy_to is None and plan.bucket:
        return
    if plan.copy_to is None:
        finding = texts.gettext("Backups lie on this machine only")
        remedy = texts.gettext("Set ALPCLUSTERS_BACKUP_COPY_TO to a folder on another machine.")
        yield Check("backup_copy", "warning", finding, remedy)
    elif not os.access(plan.copy_to, os.W_OK | os.X_OK):
        finding = texts.gettext("The folder for copies of backups cannot be written: %(path)s") % {
            "path": plan.copy_to
        }
        remedy = texts.gettext("Check that it is there (mounted) and that this user may write.")
        yield Check("backup_copy", "error", finding, remedy)
    else:
        yield Check("backup_copy", "ok", str(plan.copy_to))


def _bucket(plan: BackupPlan, texts: NullTranslations) -> Check:
    from alpclusters.platform.operation.backup import DAILY, bucket_of  # noqa: PLC0415 - here only

    try:
        n = sum(fnmatchcase(name, DAILY) for name in bucket_of(plan).names())
    except SetupError as error:
        finding = texts.gettext("The bucket for copies of backups cannot be used: %(reason)s") % {
            "reason": error.values.get("reason") or error.code
        }
        remedy = texts.gettext(
            "Check address, keys and rights: files are written, read, listed and deleted."
        )
        return Check("backup_bucket", "error", finding, remedy)
    return Check("backup_bucket", "ok", f"{plan.bucket}: {n}")


def _index(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
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


def _work(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    from django.db.utils import DatabaseError  # noqa: PLC0415 - settings may be unreadable
    from django.utils import timezone  # noqa: PLC0415
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415

    now = timezone.now()
    try:
        failed = DBTaskResult.objects.failed().filter(finished_at__gt=now - RECENT).count()
        waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - LONG_WAIT).count()
    except DatabaseError:
        return  # the table is not there yet; the database's own check says so
    finding = texts.gettext(
        "Background work: %(failed)s failed in the last 7 days, %(waiting)s waiting too long"
    ) % {"failed": failed, "waiting": waiting}
    if failed or waiting:
        remedy = texts.gettext(
            "Look at the page of the import, and at what the server printed when it failed."
        )
        yield Check("background_work", "warning", finding, remedy)
    else:
        yield Check("background_work", "ok", finding)


def _worlds(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    from django.db.utils import DatabaseError  # noqa: PLC0415 - settings may be unreadable

    from alpclusters.platform.worlds import crossings  # noqa: PLC0415 - it loads the models

    try:
        found = crossings()
    except DatabaseError:
        return  # the tables are not there yet; the database's own check says so
    if not found:
        yield Check("worlds", "ok", texts.gettext("Nothing real is tied to anything simulated"))
        return
    named = "; ".join(f"{one.field}: {', '.join(map(str, one.pks[:MOST_NAMED]))}" for one in found)
    n = sum(len(one.pks) for one in found)
    finding = texts.ngettext(
        "%(n)s tie joins something real and something simulated: %(rows)s",
        "%(n)s ties join something real and something simulated: %(rows)s",
        n,
    )
    remedy = texts.gettext(
        "An earlier version stored them. Take each tie off on the page of one of the two, or "
        "remove the demonstration."
    )
    yield Check("worlds", "warning", finding % {"n": n, "rows": named}, remedy)


def _daily(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    from django.db.utils import DatabaseError  # noqa: PLC0415 - settings may be unreadable
    from django.utils import timezone  # noqa: PLC0415

    from alpclusters.platform.operation.daily import standings  # noqa: PLC0415

    try:
        found = standings(timezone.now())
    except DatabaseError:
        return  # the table is not there yet; the database's own check says so
    late = [texts.gettext(one.label) for one in found if one.is_late]
    failing = [texts.gettext(one.label) for one in found if one.n_failures]
    remedy = texts.gettext("Run ./alpclusters remind and see what it prints.")
    if late:
        finding = texts.gettext("Not done for more than two days: %(names)s")
        yield Check("daily_work", "error", finding % {"names": ", ".join(late)}, remedy)
    elif failing:
        finding = texts.gettext("Daily work that failed, and is tried again each hour: %(names)s")
        yield Check("daily_work", "warning", finding % {"names": ", ".join(failing)}, remedy)
    else:
        done = [one.finished_at for one in found if one.finished_at]
        finding = texts.gettext("Daily work (letters, deletion by time): last done %(when)s") % {
            "when": f"{min(done):%Y-%m-%d %H:%M}" if done else "–"
        }
        yield Check("daily_work", "ok", finding)


def _queued_mail(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    from django.db.utils import DatabaseError  # noqa: PLC0415 - settings may be unreadable
    from django.utils import timezone  # noqa: PLC0415

    from alpclusters.platform.operation.mail import mail_standing  # noqa: PLC0415

    try:
        found = mail_standing(timezone.now())
    except DatabaseError:
        return  # the table is not there yet; the database's own check says so
    finding = texts.gettext(
        "Mails waiting: %(waiting)s; given up in the last 30 days: %(given_up)s"
    ) % {"waiting": found.n_waiting, "given_up": found.n_given_up}
    if found.is_slow or found.n_given_up:
        remedy = texts.gettext("Check ALPCLUSTERS_SMTP_URL and the mail server.")
        yield Check("mail_queue", "warning", finding, remedy)
    else:
        yield Check("mail_queue", "ok", finding)


type _Look = Callable[[Configuration, NullTranslations], Iterator[Check]]

LOOKS: Final[tuple[_Look, ...]] = (
    _python,
    _packages,
    _home,
    _catalogues,
    _documents,
    _mail,
    _address,
    _debug,
    _backups,
    _backup_plan,
    _backup_programs,
)
# They ask the database.
DATABASE_LOOKS: Final[tuple[_Look, ...]] = (
    _database,
    _work,
    _daily,
    _queued_mail,
    _index,
    _imprint,
    _security_log,
    _worlds,
)
