"""Who pays may be several: one stored payer becomes a list of one, and back the first of a list."""

import json

from django.db import migrations, models

FIELD = "payer_after"
ACTIVITIES = ("Activity", "HistoricalActivity")
CODINGS = ("Coding", "HistoricalCoding")
SETTLEMENTS = ("Settlement", "HistoricalSettlement")


def check_now(apps, editor):
    _check_now(editor)


def _check_now(editor):
    """Check foreign keys of what was written: PostgreSQL alters no table before."""
    if editor.connection.vendor == "postgresql":
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        editor.execute("SET CONSTRAINTS ALL DEFERRED")


def to_lists(apps, editor):
    _of_activities(apps, lambda text: json.dumps([text] if text else []))
    _of_codings(apps, lambda value: value if isinstance(value, list) else [value] if value else [])
    _check_now(editor)


def to_first(apps, editor):
    _of_activities(apps, lambda text: next(iter(json.loads(text or "[]")), ""))
    _of_codings(apps, lambda value: next(iter(value), "") if isinstance(value, list) else value)
    _check_now(editor)


def _of_activities(apps, change):
    """Change the text of the column; a handful of different ones stand in thousands of rows."""
    for rows in _rows(apps, ACTIVITIES):
        for text in set(rows.order_by().values_list(FIELD, flat=True).distinct()):
            rows.filter(**{FIELD: text}).update(**{FIELD: change(text)})


def _of_codings(apps, change):
    for rows in _rows(apps, CODINGS):
        for row in rows.only("values").iterator(chunk_size=500):
            if FIELD in row.values:
                values = {**row.values, FIELD: change(row.values[FIELD])}
                rows.filter(pk=row.pk).update(values=values)
    for rows in _rows(apps, SETTLEMENTS):
        for row in rows.filter(field=FIELD).only("value").iterator(chunk_size=500):
            rows.filter(pk=row.pk).update(value=change(row.value))


def _rows(apps, names):
    known = {model.__name__ for model in apps.get_app_config("evidence").get_models()}
    return [apps.get_model("evidence", name).objects.all() for name in names if name in known]


def _as_text():
    return [
        migrations.AlterField(
            name, FIELD, models.CharField("Who pays now", max_length=200, blank=True)
        )
        for name in ("activity", "historicalactivity")
    ]


def _as_list():
    return [
        migrations.AlterField(
            name, FIELD, models.JSONField("Who pays now", default=list, blank=True)
        )
        for name in ("activity", "historicalactivity")
    ]


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_search_index")]
    operations = [
        migrations.RunPython(check_now, check_now),
        *_as_text(),
        migrations.RunPython(to_lists, to_first),
        *_as_list(),
        migrations.AddField(
            "quotation", "field", models.CharField("Answer", max_length=20, blank=True)
        ),
        migrations.RunPython(check_now, check_now),
    ]
