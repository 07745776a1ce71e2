"""Write a lesson in five languages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.evidence.domain.lessons import save_lesson
from alpclusters.platform.evidence.models import Lesson
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.evidence.access import WRITE, require
from alpclusters.www.workspace.lessons.access import lesson_crumbs, own_lesson
from alpclusters.www.workspace.lessons.forms import LessonForm


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
