"""Initiatives, documents, activities and lessons for tests; all have made-up names."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.db.models import Model

from alpclusters.platform.actors.models import ImportRun, ImportSource
from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    Code,
    Codebook,
    Document,
    Initiative,
    InitiativeProposal,
    Lesson,
    LessonMeasure,
    Participation,
    Programme,
    Quotation,
)

_numbers = count(1)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WRITTEN = datetime(2026, 2, 2, 9, tzinfo=UTC)


def make_programme(key: str = "", **fields: Any) -> Programme:
    """Build a funding programme."""
    values = {"name": "Alpine Space", "period": "2014-2020", "family": "interreg", **fields}
    return Programme.objects.create(key=key or f"programme-{next(_numbers)}", **values)


def make_initiative(key: str = "", **fields: Any) -> Initiative:
    """Build a published initiative."""
    key = key or f"initiative-{next(_numbers)}"
    return Initiative.objects.create(**{"key": key, "acronym": key.upper(), **fields})


def make_participation(initiative: Initiative, name: str = "", **fields: Any) -> Participation:
    """Build a body in an initiative."""
    name = name or f"Body {next(_numbers)}"
    values = {"body_key": name.lower(), "name": name, **fields}
    return Participation.objects.create(initiative=initiative, **values)


def make_activity(initiative: Initiative | None = None, **fields: Any) -> Activity:
    """Build an activity that was coded once; without an initiative one is made, of its world."""
    initiative = initiative or make_initiative(is_simulated=fields.get("is_simulated", False))
    number = initiative.activities.count() + 1
    values = {"number": number, "name": f"Activity {number}", "state": "once", **fields}
    return Activity.objects.create(initiative=initiative, **values)


def make_document(key: str = "", **fields: Any) -> Document:
    """Build a source that is known by its address."""
    key = key or f"document-{next(_numbers)}"
    values = {"title": f"Report {key}", "address": f"https://example.org/{key}", **fields}
    about = values.pop("initiatives", [])
    document = Document.objects.create(key=key, **values)
    document.initiatives.set(about)
    return document


def store_as_before[Row: Model](row: Row) -> Row:
    """Store a row as older versions could: past the check of every save."""
    (stored,) = type(row)._default_manager.bulk_create([row])
    return stored


def make_lesson(key: str = "", **fields: Any) -> Lesson:
    """Build a published lesson."""
    key = key or f"lesson-{next(_numbers)}"
    values = {"statement": f"Statement {key}", "verdict": "works", "is_published": True, **fields}
    lesson = Lesson.objects.create(key=key, **values)
    # Written before any plan of the tests, whatever day it is today.
    Lesson.objects.filter(pk=lesson.pk).update(created_at=WRITTEN)
    lesson.created_at = WRITTEN
    return lesson


def make_bearing(activity: Activity, lesson: Lesson, stance: str = "supports") -> Bearing:
    """Let an activity speak for or against a lesson."""
    return Bearing.objects.create(activity=activity, lesson=lesson, stance=stance)


def make_suggestion(lesson: Lesson, measure: Any, **fields: Any) -> LessonMeasure:
    """Let a lesson suggest a measure."""
    return LessonMeasure.objects.create(lesson=lesson, measure=measure, **fields)


def make_quotation(document: Document, **fields: Any) -> Quotation:
    """Quote a document for an activity or a lesson."""
    return Quotation.objects.create(document=document, **fields)


def make_codebook(number: int = 1, **fields: Any) -> Codebook:
    """Build a published codebook without codes."""
    return Codebook.objects.create(number=number, **{"published_at": NOW, **fields})


def make_code(codebook: Codebook, field: str, key: str, **fields: Any) -> Code:
    """Build a code."""
    values = {"label": key.replace("_", " "), "definition": f"What {key} means.", **fields}
    return Code.objects.create(codebook=codebook, field=field, key=key, **values)


def make_initiative_proposal(
    initiative: Initiative, field: str = "call", value: Any = "Second call"
) -> InitiativeProposal:
    """Let a source say something else about a field than a person."""
    number = next(_numbers)
    source = ImportSource.objects.create(key=f"source-{number}", name="A source (simulated)")
    run = ImportRun.objects.create(source=source, made_at=NOW, subject="initiatives")
    return InitiativeProposal.objects.create(
        initiative=initiative, run=run, field=field, value=value
    )
