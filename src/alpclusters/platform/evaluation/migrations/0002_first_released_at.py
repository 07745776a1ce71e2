"""Remember what was ever public, and take back what gives people away.

Evaluations of the formats 1 to 3 showed groups of five by role and by region that were never
audited together. They are taken back; the AlpCafé is evaluated again and released anew.
"""

from django.db import migrations, models
from django.db.models import F

SAFE_FORMAT = 4


def take_back(apps, schema_editor):
    """Keep when a snapshot became public, and hide those of an older format."""
    snapshots = apps.get_model("evaluation", "Snapshot").objects.using(schema_editor.connection.alias)
    public = snapshots.filter(released_at__isnull=False)
    public.update(first_released_at=F("released_at"))
    for pk, data in public.values_list("pk", "data"):
        if data.get("format", 1) < SAFE_FORMAT:
            snapshots.filter(pk=pk).update(released_at=None)


class Migration(migrations.Migration):
    """One column, and what it says of the rows that are there."""

    dependencies = [("evaluation", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="first_released_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(take_back, migrations.RunPython.noop),
    ]
