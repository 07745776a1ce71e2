"""Compute the certainty of lessons and store what changed."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.certainty import RULES, gather, grade_lesson
from alpclusters.platform.evidence.domain.grading.agreement import Agreements, LessonCoding
from alpclusters.platform.evidence.domain.grading.evidence import BearingRow, bearings_of
from alpclusters.platform.evidence.models import Lesson

_FIELDS: Final = ("grade", "grading", "graded_at")
_DECIMALS: Final = 9


@transaction.atomic
def regrade(lesson_ids: Collection[int] | None = None, *, now: datetime) -> int:
    """Grade lessons again; call it after a change of bearings, activities, families or answers.

    Parameters
    ----------
    lesson_ids : collection of int, optional
        All lessons if not given.
    now : datetime
        Moment that is kept where the grading changed.

    Returns
    -------
    int
        How many gradings changed.

    Notes
    -----
    A fixed number of queries. No version is kept: it is computed, and nobody's decision.
    """
    lessons = list(_lessons(lesson_ids))
    if not lessons:
        return 0
    gradings = gradings_of(lessons)
    changed = []
    for lesson in lessons:
        grading = gradings[lesson.pk]
        if (lesson.grade, lesson.grading) != (grading["grade"], grading):
            lesson.grade, lesson.grading, lesson.graded_at = grading["grade"], grading, now
            changed.append(lesson)
    Lesson.objects.bulk_update(changed, _FIELDS, batch_size=200)
    return len(changed)


def gradings_of(lessons: Sequence[Lesson]) -> dict[int, dict[str, Any]]:
    """Grade lessons from the evidence of this moment and store nothing; three queries."""
    rows = bearings_of([lesson.pk for lesson in lessons])
    agreements = Agreements(row for found in rows.values() for row in found)
    return {
        lesson.pk: grading_of(lesson, own, agreements.of(own))
        for lesson in lessons
        for own in [rows.get(lesson.pk, [])]
    }


def regrade_of_initiatives(initiative_ids: Collection[int] | None, *, now: datetime) -> int:
    """Grade the lessons again that rest on some initiatives, or all of them."""
    if initiative_ids is None:
        return regrade(now=now)
    ids = sorted(initiative_ids)
    found: set[int] = set()
    for first in range(0, len(ids), 500):
        some = Lesson.objects.filter(bearings__activity__initiative__in=ids[first : first + 500])
        found |= set(some.order_by("pk").values_list("pk", flat=True))
    return regrade(sorted(found), now=now) if found else 0


def _lessons(lesson_ids: Collection[int] | None) -> Any:
    lessons = Lesson.objects.order_by("pk")
    return lessons if lesson_ids is None else lessons.filter(pk__in=lesson_ids)


def grading_of(lesson: Lesson, rows: Sequence[BearingRow], coding: LessonCoding) -> dict[str, Any]:
    """Grade one lesson; return all that is kept of it."""
    pieces = [row.piece for row in rows if row.piece is not None]
    evidence = gather(pieces)
    found = grade_lesson(
        evidence.value,
        verdict=_verdict(lesson),
        is_answered=bool(lesson.answer.strip()),
        coding=coding.for_rules,
    )
    return _plain(
        {
            "grade": found.value,
            "convention": found.convention,
            "reasons": [reason.as_record() for reason in found.reasons],
            "points": found.points,
            "n_for": found.n_for,
            "n_against": found.n_against,
            "n_mixed": found.n_mixed,
            "n_known": found.n_known,
            "n_lasting": found.n_lasting,
            "share_against": found.share_against,
            "n_activities": evidence.n_pieces,
            "n_undecided": len(rows) - len(pieces),
            "families": [
                {name: getattr(source, name) for name in source.__slots__}
                for source in evidence.value
            ],
            "coding": coding.as_record(),
            "rules": RULES.as_record(),
            "digest": _digest(lesson, rows),
        }
    )


def _verdict(lesson: Lesson) -> Any:
    return str(lesson.verdict)


def _digest(lesson: Lesson, rows: Sequence[BearingRow]) -> str:
    """Return a digest of the evidence itself, without what follows from other activities."""
    pieces = [
        [row.activity, [getattr(row.piece, name) for name in row.piece.__slots__]]
        for row in sorted(rows, key=lambda row: row.activity)
        if row.piece is not None
    ]
    text = json.dumps([lesson.verdict, RULES.convention, pieces], separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    """Return what JSON gives back, so that stored and computed compare; figures are rounded."""
    rounded: dict[str, Any] = json.loads(
        json.dumps(record), parse_float=lambda text: round(float(text), _DECIMALS)
    )
    return rounded
