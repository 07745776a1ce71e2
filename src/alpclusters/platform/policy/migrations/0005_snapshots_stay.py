"""The database itself refuses to change a snapshot of a plan, or to remove one that is not simulated.

Written by hand. On SQLite a later migration that alters the table makes it anew and loses its
triggers: such a migration repeats these operations (tests/platform/policy/monitoring/test_triggers
finds it out).
"""

from django.db import migrations

MESSAGE = "snapshots of a plan stay as they are"

SQLITE = (
    f"""
    CREATE TRIGGER policy_plansnapshot_no_update BEFORE UPDATE ON policy_plansnapshot
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """,
    f"""
    CREATE TRIGGER policy_plansnapshot_no_delete BEFORE DELETE ON policy_plansnapshot
    WHEN NOT OLD.is_simulated
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """,
    # INSERT OR REPLACE removes the old row without asking the trigger above.
    f"""
    CREATE TRIGGER policy_plansnapshot_no_replace BEFORE INSERT ON policy_plansnapshot
    WHEN EXISTS (
        SELECT 1 FROM policy_plansnapshot
        WHERE id = NEW.id OR uuid = NEW.uuid OR (plan_id = NEW.plan_id AND number = NEW.number)
    )
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """,
)
SQLITE_BACK = tuple(
    f"DROP TRIGGER IF EXISTS policy_plansnapshot_no_{what}"
    for what in ("update", "delete", "replace")
)
POSTGRESQL = (
    f"""
    CREATE FUNCTION policy_plansnapshot_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND OLD.is_simulated THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER policy_plansnapshot_stays BEFORE UPDATE OR DELETE ON policy_plansnapshot
    FOR EACH ROW EXECUTE FUNCTION policy_plansnapshot_stays()
    """,
)
POSTGRESQL_BACK = (
    "DROP TRIGGER IF EXISTS policy_plansnapshot_stays ON policy_plansnapshot",
    "DROP FUNCTION IF EXISTS policy_plansnapshot_stays()",
)


def guard(apps, schema_editor):
    """Set the triggers of the database in use."""
    _run(schema_editor, SQLITE, POSTGRESQL)


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
    dependencies = [("policy", "0004_funding_behind_findings")]

    operations = [migrations.RunPython(guard, unguard)]
