"""Give the rows there are a name that lasts, and the states their new words."""

import uuid

from django.db import migrations

NAMED = ("Finding", "Recommendation", "ActionPlan", "Action")


def name_rows(apps, schema_editor):
    """Adding the column gave all rows the same value."""
    for model in NAMED:
        rows = apps.get_model("policy", model).objects
        for pk in list(rows.order_by().values_list("pk", flat=True)):
            rows.filter(pk=pk).update(uuid=uuid.uuid4())


def rename_states(apps, schema_editor):
    """What was agreed is called adopted."""
    for model in ("Recommendation", "HistoricalRecommendation"):
        apps.get_model("policy", model).objects.filter(state="agreed").update(state="adopted")


def keep_reasons(apps, schema_editor):
    """The reason of a rejection had no language; every reader saw it, so every reader still does."""
    columns = [f"rejected_reason_{code}" for code in ("de", "en", "fr", "it", "sl")]
    rejected = apps.get_model("policy", "Recommendation").objects.exclude(rejected_reason="")
    for row in rejected:
        for column in columns:
            setattr(row, column, row.rejected_reason)
        row.save(update_fields=columns)


class Migration(migrations.Migration):
    dependencies = [("policy", "0002_plans_carried_out")]

    operations = [
        migrations.RunPython(name_rows, migrations.RunPython.noop),
        migrations.RunPython(rename_states, migrations.RunPython.noop),
        migrations.RunPython(keep_reasons, migrations.RunPython.noop),
    ]
