"""Mixes keep why offers, partners and costs get nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("funding", "0003_keys_of_each_world")]

    operations = [
        migrations.AddField(
            model_name="mixrun",
            name="reasons",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
