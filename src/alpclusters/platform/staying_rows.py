"""Triggers with which a database refuses to change rows that stay as they are."""

from collections.abc import Iterator

from alpclusters.platform.triggers import Trigger

SIMULATED = "OLD.is_simulated"


def staying_triggers(
    vendor: str,
    table: str,
    message: str,
    *,
    same: str,
    changed: str = "",
    removable: str = "",
) -> Iterator[Trigger]:
    """Return the triggers that refuse to change, remove or replace a row of a table.

    Parameters
    ----------
    vendor : str
        "sqlite" or "postgresql".
    table, message : str
        What is watched, and what the refusal says; no quotes in it.
    same : str
        Condition on a row that NEW would replace: SQLite's INSERT OR REPLACE removes it without
        asking who refuses to delete.
    changed : str, optional
        Condition under which a change is refused; every change without it.
    removable : str, optional
        Condition on OLD under which a row may go; none may without it.
    """
    if vendor == "postgresql":
        yield Trigger(f"{table}_stays", table, _postgresql(table, message, changed, removable))
        return
    stop = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    conditions = {
        "update": f"BEFORE UPDATE ON {table}" + (f" WHEN {changed}" if changed else ""),
        "delete": f"BEFORE DELETE ON {table}" + (f" WHEN NOT {removable}" if removable else ""),
        "replace": f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})",  # noqa: S608
    }
    for event, condition in conditions.items():
        name = f"{table}_no_{event}"
        yield Trigger(name, table, (f"CREATE TRIGGER {name} {condition} {stop}",))


def _postgresql(table: str, message: str, changed: str, removable: str) -> tuple[str, ...]:
    leave = ""
    if changed:
        leave += f"IF TG_OP = 'UPDATE' AND NOT ({changed}) THEN RETURN NEW; END IF; "
    if removable:
        leave += f"IF TG_OP = 'DELETE' AND {removable} THEN RETURN OLD; END IF; "
    function = (
        f"CREATE OR REPLACE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{leave}RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    event = f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"
    return function, f"CREATE TRIGGER {table}_stays {event} EXECUTE FUNCTION {table}_stays()"
