"""Mixes keep what they are worth if not all of them is granted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("funding", "0005_mixes_keep_reasons")]

    operations = [
        migrations.AddField(
            model_name="mixrun",
            name="chances",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
