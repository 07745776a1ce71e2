"""Columns for reasons in five languages, and a log of what bodies decide."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from alpclusters.platform.languages.codes import language_choices

CODES = ("de", "en", "fr", "it", "sl")
REASONS = ("state_reason", "strength_reason", "denominator_reason", "no_action_reason")
RECOMMENDATIONS = ("recommendation", "historicalrecommendation")
STATES = [
    ("invited", "invited"),
    ("seen", "seen"),
    ("endorsed", "endorsed"),
    ("reserved", "endorsed with a reservation"),
    ("declined", "declined"),
    ("withdrawn", "withdrawn"),
]
APPLIES = [
    ("yes", "applies to us"),
    ("in_part", "applies to us in part"),
    ("no", "does not apply to us"),
]
ROLES = [
    ("administrator", "Administrator"),
    ("partner_coordinator", "Partner coordinator"),
    ("facilitator", "Facilitator"),
    ("evidence_coder", "Evidence coder"),
    ("policy_maker", "Policy maker"),
    ("cluster_manager", "Cluster manager"),
    ("member", "Member"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("policy", "0005_snapshots_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name=f"{field}_{code}",
                field=models.CharField(blank=True, max_length=500, null=True),
            )
            for model in RECOMMENDATIONS
            for field in REASONS
            for code in CODES
        ),
        *(
            migrations.AddField(
                model_name="override",
                name=f"reason_{code}",
                field=models.CharField(max_length=500, null=True, verbose_name="Reason"),
            )
            for code in CODES
        ),
        migrations.AddField(
            model_name="endorsement",
            name="language",
            field=models.CharField(blank=True, choices=language_choices, max_length=2),
        ),
        migrations.CreateModel(
            name="EndorsementStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.CharField(blank=True, choices=STATES, max_length=9)),
                ("after", models.CharField(choices=STATES, max_length=9)),
                ("applies", models.CharField(blank=True, choices=APPLIES, max_length=7)),
                (
                    "mandate",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="Function and mandate"
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="Date")),
                (
                    "reservation",
                    models.TextField(blank=True, max_length=1000, verbose_name="Reservation"),
                ),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="Reason")),
                ("language", models.CharField(blank=True, choices=language_choices, max_length=2)),
                (
                    "document",
                    models.URLField(blank=True, max_length=500, verbose_name="Decision (address)"),
                ),
                ("by_link", models.BooleanField(default=False)),
                ("role", models.CharField(blank=True, choices=ROLES, max_length=24)),
                ("recorded_at", models.DateTimeField()),
                (
                    "endorsement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="policy.endorsement",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["recorded_at", "pk"]},
        ),
    ]
