"""Mixes keep why offers, partners and costs get nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("funding", "0004_call_alerts")]

    operations = [
        migrations.AddField(
            model_name="mixrun",
            name="reasons",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
