"""Whether there are backups, a plan for them and the programs."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from gettext import NullTranslations
from typing import Final

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.configuration import BackupPlan, Configuration
from alpclusters.platform.operation.checkup.lines import Check
from alpclusters.platform.operation.postgresql import find_postgresql_program

OLD_BACKUP_DAYS: Final = 7


def backups(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look for a backup of the last days."""
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


def backup_programs(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Without them there is no backup, and so no upgrade either."""
    for name in () if configuration.database.is_sqlite else ("pg_dump", "pg_restore"):
        try:
            yield Check("backup_program", "ok", find_postgresql_program(name))
        except SetupError as error:
            finding = texts.gettext("The program %(program)s is missing.") % error.values
            remedy = texts.gettext("Install it; alpclusters doctor lists what is needed.")
            yield Check("backup_program", "error", finding, remedy)


def backup_plan(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look whether backups are made by plan, and where they go."""
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
