"""Triggers of the database: subjects name theirs, every migration leaves them there.

SQLite drops the triggers of a table that a migration makes anew, and refuses to make one anew that
triggers of others read. So they are lifted before a migration and set after it, by Django's own
signals; PostgreSQL keeps them. `serve` asks for them at each start, `doctor` names missing ones.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger of one database.

    Attributes
    ----------
    name, table : str
        Its name and the table it watches.
    statements : sequence of str
        What makes it, the function it calls first; where one is there already this is not asked.
    others : sequence of str
        Further tables that have to be there.
    """

    name: str
    table: str
    statements: Sequence[str]
    others: Sequence[str] = ()


type Maker = Callable[[str], Iterable[Trigger]]
type Catch = Callable[[Any], None]


# Kept by their maker: an app whose `ready` is called again, as tests do, adds nothing.
_SUBJECTS: Final[dict[Maker, Catch | None]] = {}
_THERE: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def keep_triggers(triggers: Maker, *, catch_up: Catch | None = None) -> None:
    """Take care of a subject's triggers from now on; its app says so once, in ``ready``.

    Parameters
    ----------
    triggers : callable
        Gets "sqlite" or "postgresql" and returns the triggers there.
    catch_up : callable, optional
        Gets a cursor after triggers had been missing: what they did not see is still to be done.
    """
    _SUBJECTS[triggers] = catch_up


def connect(app: AppConfig) -> None:
    """Lift and set at the beginning and the end of each migration, once for all apps."""
    pre_migrate.connect(_before, sender=app, dispatch_uid="triggers")
    post_migrate.connect(_after, sender=app, dispatch_uid="triggers")


def missing_triggers(connection: Any) -> list[str]:
    """Return the names of the triggers that should be there, their tables being there."""
    return [one.name for _, triggers in _missing(connection) for one in triggers]


def set_missing_triggers(connection: Any) -> list[str]:
    """Make those that are missing, let their subjects catch up, and return their names."""
    names = []
    for catch_up, triggers in _missing(connection):
        # No parameters: the cursor then takes percent signs and quotes as they stand.
        with connection.cursor() as cursor:
            for one in triggers:
                for statement in one.statements:
                    cursor.execute(statement)
            if catch_up is not None:
                catch_up(cursor)
        names += [one.name for one in triggers]
    return names


def lift_triggers(connection: Any) -> None:
    """Take all of them away where a table could not be made anew beneath them: on SQLite."""
    if connection.vendor != "sqlite":
        return
    there = _names(connection)
    with connection.cursor() as cursor:
        for maker in _SUBJECTS:
            for one in maker(connection.vendor):
                if one.name in there:
                    cursor.execute(f"DROP TRIGGER {one.name}")


def _before(*, using: str, plan: Sequence[object] = (), **_signal: object) -> None:
    if plan:
        lift_triggers(connections[using])


def _after(*, using: str, **_signal: object) -> None:
    set_missing_triggers(connections[using])


def _missing(connection: Any) -> Iterator[tuple[Catch | None, list[Trigger]]]:
    there, tables = _names(connection), set(connection.introspection.table_names())
    for maker, catch_up in _SUBJECTS.items():
        wanted = [one for one in maker(connection.vendor) if one.name not in there]
        found = [one for one in wanted if tables.issuperset((one.table, *one.others))]
        if found:
            yield catch_up, found


def _names(connection: Any) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_THERE[connection.vendor])
        return {name for (name,) in cursor.fetchall()}
