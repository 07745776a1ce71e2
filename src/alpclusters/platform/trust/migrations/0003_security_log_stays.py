"""Once set the triggers of the log: `trust.triggers` has them, set after every migration."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trust", "0002_security_log")]

    operations = []
