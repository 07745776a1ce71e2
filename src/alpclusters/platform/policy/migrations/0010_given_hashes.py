"""A list of the hashes that leave the machine (`policy.triggers` keeps it as it is)."""

import django.db.models.deletion
from django.db import migrations, models

from alpclusters.platform.languages.codes import language_choices



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
                ("language", models.CharField(blank=True, choices=language_choices, max_length=2)),
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
    ]
