"""Once set the triggers of snapshots: `policy.triggers` has them, set after every migration."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("policy", "0004_funding_behind_findings")]

    operations = []
