"""All lessons, with their certainty and what is left to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.domain.grading import ShownGrade, shown_grade
from alpclusters.platform.evidence.domain.lessons.writing import missing_languages
from alpclusters.platform.evidence.models import Lesson, Stance
from alpclusters.platform.evidence.rules import visible_lessons
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.evidence.access import WRITE, require
from alpclusters.www.workspace.lessons.access import lesson_crumbs

PAGE_SIZE = 50


@dataclass(frozen=True)
class LessonRow:
    """One lesson."""

    lesson: Lesson
    grade: ShownGrade
    n_for: int
    n_against: int
    n_open: int
    missing: Sequence[str]


@login_required
@require_safe
def lessons(request: SignedInRequest) -> HttpResponse:
    """List the lessons; a search looks at the statements in every language."""
    require(request, WRITE)
    words = request.GET.get("q", "").strip()[:200]
    found = _counted(_with_words(visible_lessons(request.user), words))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [_row(lesson) for lesson in page]
    context = {
        "page": page,
        "rows": rows,
        "words": words,
        "crumbs": lesson_crumbs(),
        "simulated": any(row.lesson.is_simulated for row in rows),
    }
    return render(request, "workspace/lessons/list.html", context)


def _with_words(lessons: QuerySet[Lesson], words: str) -> QuerySet[Lesson]:
    for word in words.split():
        says = Q()
        for code in LANGUAGE_CODES:
            says |= Q(**{f"statement__{code}__icontains": word})
        lessons = lessons.filter(says)
    return lessons


def _counted(lessons: QuerySet[Lesson]) -> QuerySet[Lesson]:
    return lessons.annotate(
        n_for=Count("bearings", filter=Q(bearings__stance=Stance.SUPPORTS)),
        n_against=Count("bearings", filter=Q(bearings__stance=Stance.CONTRADICTS)),
        n_open=Count("bearings", filter=Q(bearings__stance="")),
    ).order_by("-changed_at", "-pk")


def _row(lesson: Lesson) -> LessonRow:
    n_for, n_against, n_open = (getattr(lesson, f"n_{name}") for name in ("for", "against", "open"))
    return LessonRow(
        lesson, shown_grade(lesson), n_for, n_against, n_open, missing_languages(lesson)
    )
