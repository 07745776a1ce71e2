"""Give the reasons there are their language, and begin the log of every body that was asked."""

from django.db import migrations, models

CODES = ("de", "en", "fr", "it", "sl")
REASONS = ("state_reason", "strength_reason", "denominator_reason", "no_action_reason")


def move_reasons(apps, schema_editor):
    """A reason had no language; most likely it was typed in that of the text beside it."""
    for name in ("Recommendation", "HistoricalRecommendation"):
        rows = apps.get_model("policy", name).objects
        for code in CODES:
            own = rows.filter(source_language=code)
            for field in REASONS:
                own.exclude(**{field: ""}).update(**{f"{field}_{code}": models.F(field)})
    overrides = apps.get_model("policy", "Override").objects
    for code in CODES:
        own = overrides.filter(action__plan__source_language=code)
        own.exclude(reason="").update(**{f"reason_{code}": models.F("reason")})


def begin_logs(apps, schema_editor):
    """What stands is the first step of each log; what stood before it is not known any more."""
    steps = apps.get_model("policy", "EndorsementStep").objects
    same = ("applies", "mandate", "decided_on", "reservation", "reason", "document")
    rows = apps.get_model("policy", "Endorsement").objects.order_by("pk")
    steps.bulk_create(
        (
            steps.model(
                endorsement=row,
                after=row.state,
                recorded_by_id=row.recorded_by_id,
                recorded_at=row.recorded_at,
                **{name: getattr(row, name) for name in same},
            )
            for row in rows.iterator()
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("policy", "0006_reasons_and_endorsement_log")]

    operations = [
        migrations.RunPython(move_reasons, migrations.RunPython.noop),
        migrations.RunPython(begin_logs, migrations.RunPython.noop),
    ]
