"""The database itself refuses to change or to remove an entry of the security log.

Written by hand. What lies beside the chain (who, about whom, from which network) may be emptied and
nothing else. On SQLite a later migration that alters the table makes it anew and loses its
triggers: such a migration repeats these operations (tests/platform/trust/test_log finds it out).
"""

from django.db import migrations

TABLE = "trust_securityevent"
MESSAGE = "entries of the security log stay as they are"
CHAINED = ("id", "number", "at", "kind", "detail", "actor_mark", "about_mark", "previous", "digest")
EMPTIED = {"actor_id": "NULL", "about_id": "NULL", "network": "''"}


def changed(differs):
    """Return the condition under which a change is refused, in the words of a database."""
    chained = [f"NEW.{name} {differs} OLD.{name}" for name in CHAINED]
    filled = [
        f"(NEW.{name} {differs} OLD.{name} AND NEW.{name} {differs} {empty})"
        for name, empty in EMPTIED.items()
    ]
    return " OR ".join([*chained, *filled])


def sqlite():
    """Return the triggers of SQLite."""
    stop = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    return (
        f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} WHEN {changed('IS NOT')} {stop}",
        f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} {stop}",
        # INSERT OR REPLACE removes the old row without asking the trigger above.
        f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} WHEN EXISTS "
        f"(SELECT 1 FROM {TABLE} WHERE id = NEW.id OR number = NEW.number) {stop}",
    )


SQLITE_BACK = tuple(f"DROP TRIGGER IF EXISTS {TABLE}_no_{w}" for w in ("update", "delete", "replace"))


def postgresql():
    """Return the triggers of PostgreSQL."""
    return (
        f"""
        CREATE FUNCTION {TABLE}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND NOT ({changed("IS DISTINCT FROM")}) THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
        END
        $$
        """,
        f"""
        CREATE TRIGGER {TABLE}_stays BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_stays()
        """,
    )


POSTGRESQL_BACK = (
    f"DROP TRIGGER IF EXISTS {TABLE}_stays ON {TABLE}",
    f"DROP FUNCTION IF EXISTS {TABLE}_stays()",
)


def guard(apps, schema_editor):
    """Set the triggers of the database in use."""
    _run(schema_editor, sqlite(), postgresql())


def unguard(apps, schema_editor):
    """Take the triggers away, so that the table can go."""
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _run(schema_editor, for_sqlite, for_postgresql):
    vendor = schema_editor.connection.vendor
    for statement in for_postgresql if vendor == "postgresql" else for_sqlite:
        # No parameters: the cursor then takes the percent signs and quotes as they stand.
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("trust", "0002_security_log")]

    operations = [migrations.RunPython(guard, unguard)]
