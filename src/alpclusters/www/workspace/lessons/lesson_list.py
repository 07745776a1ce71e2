"""All lessons with what is left to do; writing one, its versions and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.platform.evidence.domain.grading import ShownGrade, shown_grade
from alpclusters.platform.evidence.domain.lessons import (
    missing_languages,
    revert_lesson,
    save_lesson,
    versions,
)
from alpclusters.platform.evidence.domain.versions import Change, Version
from alpclusters.platform.evidence.models import Lesson, Stance
from alpclusters.platform.evidence.rules import visible_lessons
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES, LANGUAGES
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Crumb, Side
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.evidence.corpora import WRITE, require
from alpclusters.www.workspace.lessons.lesson_page import LessonForm, lesson_crumbs, own_lesson

# --- All lessons, with their certainty and what is left to do -------------------------------------


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


# --- Write a lesson in five languages -------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_new(request: SignedInRequest) -> HttpResponse:
    """Begin a lesson; it is not public yet."""
    require(request, WRITE)
    form = LessonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = save_lesson(by=request.user, **form.texts())
        messages.success(request, _("The lesson is written. Tie the activities it rests on."))
        return redirect("workspace:lesson", key=made.key)
    return _page(request, form, lesson_crumbs(None, Crumb(_("New lesson"))))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_edit(request: SignedInRequest, key: str) -> HttpResponse:
    """Change the words of a lesson."""
    lesson = own_lesson(request, key)
    form = LessonForm(request.POST or None, lesson=lesson)
    if request.method == "POST" and form.is_valid():
        save_lesson(lesson, by=request.user, **form.texts())
        messages.success(request, _("Saved"))
        return redirect("workspace:lesson", key=key)
    return _page(request, form, lesson_crumbs(lesson, Crumb(_("Edit"))), lesson)


def _page(
    request: HttpRequest, form: LessonForm, crumbs: list[Crumb], lesson: Lesson | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "lesson": lesson,
        "crumbs": crumbs,
        "simulated": lesson is not None and lesson.is_simulated,
    }
    status = 422 if form.errors else 200
    return render(request, "workspace/lessons/edit.html", context, status=status)


# --- The versions of a lesson, and the way back to one --------------------------------------------


@dataclass(frozen=True)
class ChangeView:
    """One field side by side."""

    title: str
    before: Side
    after: Side


@dataclass(frozen=True)
class VersionView:
    """One version with its changes."""

    number: int
    made_at: datetime
    made_by: str
    reason: str
    changes: Sequence[ChangeView]


@login_required
@require_safe
def lesson_history(request: SignedInRequest, key: str) -> HttpResponse:
    """Show who changed what."""
    lesson = own_lesson(request, key)
    context = {
        "lesson": lesson,
        "versions": [_version(version) for version in versions(lesson)],
        "crumbs": lesson_crumbs(lesson, Crumb(_("History"))),
        "simulated": lesson.is_simulated,
    }
    return render(request, "workspace/lessons/history.html", context)


@login_required
@require_POST
def lesson_revert(request: SignedInRequest, key: str, version: int) -> HttpResponse:
    """Bring back the words of an earlier version."""
    lesson = own_lesson(request, key)
    if not revert_lesson(lesson, history_id=version, by=request.user):
        raise Http404
    messages.success(request, _("Earlier version brought back. It can be undone below."))
    return redirect("workspace:lesson-history", key=key)


def _version(version: Version) -> VersionView:
    return VersionView(
        version.number,
        version.made_at,
        version.made_by or _("the program"),
        _reason(version.reason),
        [_change(change) for change in version.changes],
    )


def _reason(reason: str) -> str:
    if reason.startswith("revert:"):
        return _("An earlier version was brought back.")
    return {"publish": _("Published"), "withdraw": _("Withdrawn")}.get(reason, reason)


def _change(change: Change) -> ChangeView:
    left, right = compare(_word(change.field, change.before), _word(change.field, change.after))
    code = change.language
    return ChangeView(_title(change), Side(_("Before"), left, code), Side(_("After"), right, code))


def _word(field: str, value: Any) -> str:
    if field == "verdict" and value in Lesson.Verdict.values:
        return str(Lesson.Verdict(value).label)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value or "")


def _title(change: Change) -> str:
    title = label_of(Lesson, change.field)
    return f"{title}, {dict(LANGUAGES)[change.language]}" if change.language else title
