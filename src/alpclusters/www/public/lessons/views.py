"""Lessons: the list, one lesson with what speaks for and against it, citation, files."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.domain.citing import cite_lesson
from alpclusters.platform.evidence.models import Lesson, LessonMeasure
from alpclusters.platform.evidence.rules import visible_lessons
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.www.public.evidence_data import KINDS, About, sent_citation, sent_table
from alpclusters.www.public.initiatives.said import said
from alpclusters.www.public.initiatives.views import base_of
from alpclusters.www.public.lessons.lesson_list import (
    Found,
    address,
    find_lessons,
    read_list,
    read_query,
)
from alpclusters.www.public.lessons.lesson_page import lesson_url, read_page
from alpclusters.www.worlds import side_of

# --- Lessons as plain rows, each with its certainty, computed and as judged -----------------------


COLUMNS: Final = (
    "key", "statement", "verdict", "condition", "answer_to_contradiction", "measure_type",
    "certainty", "certainty_computed", "certainty_judged", "reason_of_judgement",
    "families_for", "families_against", "families_mixed", "activities", "families_lasting",
    "families_with_known_outcome", "convention", "measures", "page", "source", "licence",
    "is_simulated", "changed_on",
)  # fmt: skip
SOURCE: Final = "AlpClusters; the sources stand at the activities and quotations"

type Record = dict[str, Any]


def records(found: Sequence[Found], base: str) -> Iterator[Record]:
    """Write lessons in the given order; ``base`` is the address of the site."""
    measures = _measures(found)
    for one in found:
        yield _record(one, measures.get(one.lesson.pk, []), base)


def _measures(found: Sequence[Found]) -> dict[int, list[str]]:
    rows = LessonMeasure.objects.filter(
        lesson__in=[one.lesson.pk for one in found], measure__is_published=True
    )
    by_lesson: dict[int, list[str]] = {}
    for lesson, key in rows.order_by("pk").values_list("lesson_id", "measure__key"):
        by_lesson.setdefault(lesson, []).append(key)
    return by_lesson


def _record(one: Found, measures: list[str], base: str) -> Record:
    lesson, grade = one.lesson, one.grade
    return {
        "key": lesson.key,
        "statement": said(lesson, "statement").text,
        "verdict": lesson.verdict,
        "condition": said(lesson, "condition").text,
        "answer_to_contradiction": said(lesson, "answer").text,
        "measure_type": lesson.measure_type,
        "certainty": grade.grade,
        "certainty_computed": grade.computed,
        "certainty_judged": grade.own if grade.is_own else "",
        "reason_of_judgement": grade.reason if grade.is_own else "",
        "families_for": grade.n_for,
        "families_against": grade.n_against,
        "families_mixed": grade.n_mixed,
        "activities": grade.n_activities,
        "families_lasting": grade.lasting[0],
        "families_with_known_outcome": grade.lasting[1],
        "convention": grade.convention,
        "measures": measures,
        "page": base + lesson_url(lesson.key),
        "source": SOURCE,
        "licence": "",
        "is_simulated": lesson.is_simulated,
        "changed_on": lesson.changed_at.date().isoformat(),
    }


# --- Lessons: the list, one lesson with what speaks for and against it, citation, export ----------


@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """Show the lessons that a search finds, the most certain first."""
    page = read_list(request.user, read_query(request.GET))
    side = side_of(request, visible_lessons(request.user))
    context = {"page": page, "side": side, "simulated": page.simulated, "section": "evidence"}
    return render(request, "public/lessons/list.html", context)


@require_safe
def lesson(request: HttpRequest, key: str) -> HttpResponse:
    """Show a lesson with its certainty and what it rests on."""
    found = _visible(request, key)
    page = read_page(request.user, found, base=base_of(request))
    context = {"page": page, "lesson": found, "simulated": page.simulated, "section": "evidence"}
    return render(request, "public/lessons/page.html", context)


@require_safe
def citation(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Send how a lesson is cited."""
    found = _visible(request, key)
    where = base_of(request) + lesson_url(key)
    language = nearest_language(get_language())
    return sent_citation(cite_lesson(found, address=where, language=language), kind)


@require_safe
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Send all lessons that a search finds."""
    if kind not in KINDS:
        raise Http404
    query = read_query(request.GET)
    found = find_lessons(query, seen_by=request.user).found
    base = base_of(request)
    where = base + address("public:lessons", query)
    about = About("AlpClusters: lessons of earlier initiatives", where, timezone.localdate())
    return sent_table(request, kind, "lessons", COLUMNS, records(found, base), about)


def _visible(request: HttpRequest, key: str) -> Lesson:
    found = get_object_or_404(Lesson, key=key)
    if not request.user.has_perm("evidence.view_lesson", found):
        raise Http404
    return found


urlpatterns = [
    path("lessons/", lessons, name="lessons"),
    path("lessons/export.<slug:kind>", export, name="lessons-export"),
    path("lessons/<slug:key>/", lesson, name="lesson"),
    path("lessons/<slug:key>/citation.<slug:kind>", citation, name="lesson-citation"),
]
