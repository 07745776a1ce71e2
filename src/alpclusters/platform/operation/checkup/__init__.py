"""Look at an installation and say what is fine, what is not, and what helps."""

from collections.abc import Callable, Iterable, Iterator
from gettext import NullTranslations
from typing import Final

from alpclusters.platform.configuration import Configuration
from alpclusters.platform.operation.checkup.backups import backup_plan, backup_programs, backups
from alpclusters.platform.operation.checkup.database import database, index, reach_database
from alpclusters.platform.operation.checkup.lines import Check
from alpclusters.platform.operation.checkup.machine import (
    catalogues,
    documents,
    home,
    packages,
    python,
)
from alpclusters.platform.operation.checkup.reach import address, debug, imprint, mail, security_log
from alpclusters.platform.operation.checkup.work import daily, queued_mail, work, worlds

__all__ = ["Check", "examine", "is_database_reached"]

type _Look = Callable[[Configuration, NullTranslations], Iterator[Check]]

LOOKS: Final[tuple[_Look, ...]] = (
    python,
    packages,
    home,
    catalogues,
    documents,
    mail,
    address,
    debug,
    backups,
    backup_plan,
    backup_programs,
)
# They ask the database.
DATABASE_LOOKS: Final[tuple[_Look, ...]] = (
    database,
    work,
    daily,
    queued_mail,
    index,
    imprint,
    security_log,
    worlds,
)


def examine(configuration: Configuration, texts: NullTranslations) -> list[Check]:
    """Run all checks; what is open to others is closed, nothing else is changed for good.

    A database that does not answer is told once, and nothing else is asked of it.
    """
    found = [check for look in LOOKS for check in look(configuration, texts)]
    obstacle = reach_database(configuration, texts)
    if obstacle is not None:
        return [*found, obstacle]
    return found + [check for look in DATABASE_LOOKS for check in look(configuration, texts)]


def is_database_reached(checks: Iterable[Check]) -> bool:
    """Say whether these checks found a database that answers."""
    return not any(check.name == "database" and check.state == "error" for check in checks)
