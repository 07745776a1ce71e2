"""What is there already: hashes of kept reports are noted, endorsements are bound where it is known.

A body that decided about a published plan saw the text of that version. Of a recommendation the
history says which version stood then. Where neither is known, nothing is written: pages say
"version not recorded".
"""

import hashlib
import json
import unicodedata
from zoneinfo import ZoneInfo

from django.db import migrations

CODES = ("de", "en", "fr", "it", "sl")
FIELDS = ("title", "problem", "text", "rationale", "expected_effect")
COLUMNS = [f"{field}_{code}" for field in FIELDS for code in CODES]


def note_reports(apps, schema_editor):
    """Note the hashes of the reports that are there: what was cut off before cannot be known."""
    given = apps.get_model("policy", "GivenHash")
    kept = apps.get_model("policy", "PlanSnapshot").objects.order_by("plan", "number")
    names = ("plan_id", "digest", "number", "made_at", "is_simulated")
    given.objects.bulk_create(
        given(
            plan_id=plan, kind="report", digest=digest, number=number, given_at=at,
            is_simulated=simulated,
        )
        for plan, digest, number, at, simulated in kept.values_list(*names).iterator()
    )  # fmt: skip


def bind(apps, schema_editor):
    """Bind endorsements, and the steps of their log, to the text that stood at the time."""
    history = apps.get_model("policy", "HistoricalRecommendation").objects
    for name, owner in (("Endorsement", ""), ("EndorsementStep", "endorsement__")):
        rows = apps.get_model("policy", name).objects
        for row in rows.select_related(f"{owner}plan").iterator():
            thing = row if not owner else row.endorsement
            found = (
                _of_plan(thing.plan, row.recorded_at)
                if thing.plan_id
                else _of_recommendation(history, thing.recommendation_id, row.recorded_at)
            )
            if found:
                rows.filter(pk=row.pk).update(**found)


def _of_plan(plan, at):
    if plan.published_at is None or plan.published_at > at:
        return None
    day = plan.published_at.astimezone(ZoneInfo(plan.time_zone)).date()
    return {"version": plan.version, "text_on": day}


def _of_recommendation(history, pk, at):
    stood = history.filter(id=pk, history_date__lte=at).order_by("history_date", "history_id").last()
    if stood is None:
        return None
    day = stood.decided_on or stood.history_date.date()
    return {"version": stood.version, "text_on": day, "text_digest": _digest(stood)}


def _digest(stood):
    """Hash a text as policy.domain.endorsing.bindings does."""
    told = {name: _plain(getattr(stood, name)) for name in COLUMNS}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def _plain(value):
    return (value or "").replace("\r\n", "\n").replace("\r", "\n").strip()


class Migration(migrations.Migration):
    dependencies = [("policy", "0011_endorsements_of_a_text")]

    operations = [
        migrations.RunPython(note_reports, migrations.RunPython.noop),
        migrations.RunPython(bind, migrations.RunPython.noop),
    ]
