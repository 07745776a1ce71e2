"""A list of the hashes that leave the machine, which the database refuses to change.

Written by hand, as 0005: a later migration that alters the table on SQLite sets its triggers again.
"""

import django.db.models.deletion
from django.db import migrations, models

CODES = ("de", "en", "fr", "it", "sl")
LANGUAGES = list(
    zip(CODES, ("Deutsch", "English", "Français", "Italiano", "Slovenščina"), strict=True)
)
MESSAGE = "hashes that were given out stay as they are"
TABLE = "policy_givenhash"

SQLITE = (
    f"""
    CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """,
    f"""
    CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} WHEN NOT OLD.is_simulated
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """,
    f"""
    CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE}
    WHEN EXISTS (
        SELECT 1 FROM {TABLE} WHERE id = NEW.id
        OR (plan_id = NEW.plan_id AND kind = NEW.kind AND digest = NEW.digest)
    )
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """,
)
SQLITE_BACK = tuple(f"DROP TRIGGER IF EXISTS {TABLE}_no_{w}" for w in ("update", "delete", "replace"))
POSTGRESQL = (
    f"""
    CREATE FUNCTION {TABLE}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND OLD.is_simulated THEN
            RETURN OLD;
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
    dependencies = [("policy", "0009_findings_know_their_moment")]

    operations = [
        migrations.CreateModel(
            name="GivenHash",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_simulated", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("report", "Report"), ("document", "Document")], max_length=8
                    ),
                ),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(blank=True, max_length=200)),
                ("language", models.CharField(blank=True, choices=LANGUAGES, max_length=2)),
                ("version", models.CharField(blank=True, max_length=20)),
                ("text_on", models.DateField(blank=True, null=True)),
                ("as_of", models.DateField(blank=True, null=True)),
                ("given_at", models.DateTimeField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given_hashes",
                        to="policy.actionplan",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.AddConstraint(
            model_name="givenhash",
            constraint=models.UniqueConstraint(
                fields=("plan", "kind", "digest"), name="hash_given_once"
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
