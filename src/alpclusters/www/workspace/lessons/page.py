"""One lesson at work: evidence on both sides, certainty with its reasons, ties to measures."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evidence.domain.grading import (
    clear_own_grade,
    set_own_grade,
    shown_grade,
)
from alpclusters.platform.evidence.domain.lessons import (
    bear,
    publish_lesson,
    settle_stance,
    suggest,
    unbear,
    unsuggest,
    withdraw_lesson,
)
from alpclusters.platform.evidence.domain.lessons.writing import missing_languages
from alpclusters.platform.evidence.models import Activity, Bearing, Lesson, Stance
from alpclusters.platform.evidence.rules import corpora_of
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.lessons.access import GRADE, lesson_crumbs, own_lesson
from alpclusters.www.workspace.lessons.evidence import find_activities, read_evidence
from alpclusters.www.workspace.lessons.forms import BearForm, GradeForm, SuggestionForm
from alpclusters.www.workspace.sentences import sentence

type Act = Callable[[SignedInRequest, Lesson], str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: SignedInRequest, key: str) -> HttpResponse:
    """Show a lesson with all it rests on; do one thing with it."""
    found = own_lesson(request, key)
    if request.method != "POST":
        return _page(request, found)
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        return _page(request, found, status=422)
    try:
        said = act(request, found)
    except AlpClustersError as error:
        return _page(request, found, problem=sentence(error), status=422)
    messages.success(request, said)
    return redirect("workspace:lesson", key=key)


def _bear(request: SignedInRequest, found: Lesson) -> str:
    form = BearForm(request.POST)
    if not form.is_valid():
        raise Http404
    own = Activity.objects.filter(initiative__corpora__in=corpora_of(request.user)).distinct()
    activity = get_object_or_404(own, pk=form.cleaned_data["activity"])
    bearing = bear(activity, found, form.cleaned_data["stance"], request.user, now=timezone.now())
    if bearing.stance:
        return _("Tied.")
    return _("Your stance is kept. It shows once the second coder has spoken.")


def _unbear(request: SignedInRequest, found: Lesson) -> str:
    bearing = _bearing(request, found)
    if not unbear(bearing, request.user, now=timezone.now()):
        raise Http404
    return _("Your stance is taken back.")


def _settle(request: SignedInRequest, found: Lesson) -> str:
    settle_stance(
        _bearing(request, found), request.POST.get("stance", ""), request.user, now=timezone.now()
    )
    return _("Settled. Both stances stay as they are.")


def _bearing(request: HttpRequest, found: Lesson) -> Bearing:
    pk = request.POST.get("bearing", "")
    own = found.bearings.filter(activity__initiative__corpora__in=corpora_of(request.user))
    return get_object_or_404(own.distinct(), pk=int(pk) if pk.isdecimal() else None)


def _suggest(request: SignedInRequest, found: Lesson) -> str:
    form = SuggestionForm(request.POST)
    if not form.is_valid():
        raise Http404
    measure = form.cleaned_data["measure"]
    suggest(found, measure, request.user, form.cleaned_data["note"])
    return _("The lesson now stands on the page of “%(name)s”.") % {"name": measure.name}


def _unsuggest(request: HttpRequest, found: Lesson) -> str:
    tie = found.suggestions.filter(measure__key=request.POST.get("measure", "")).first()
    if tie is None or not unsuggest(found, tie.measure):
        raise Http404
    return _("The tie is gone.")


def _publish(request: SignedInRequest, found: Lesson) -> str:
    publish_lesson(found, request.user)
    return _("Lesson published.")


def _withdraw(request: SignedInRequest, found: Lesson) -> str:
    withdraw_lesson(found, request.user)
    return _("Lesson withdrawn. Visitors no longer see it.")


def _grade(request: SignedInRequest, found: Lesson) -> str:
    _require_grader(request)
    form_data: Mapping[str, str] = request.POST
    set_own_grade(found, form_data.get("grade", ""), form_data.get("reason", ""), request.user)
    return _("Your certainty stands beside the computed one until the evidence changes.")


def _ungrade(request: SignedInRequest, found: Lesson) -> str:
    _require_grader(request)
    clear_own_grade(found, request.user)
    return _("The computed certainty stands again.")


def _require_grader(request: HttpRequest) -> None:
    if not request.user.has_perm(GRADE):
        raise PermissionDenied


ACTS: Final[Mapping[str, Act]] = {
    "bear": _bear,
    "unbear": _unbear,
    "settle": _settle,
    "suggest": _suggest,
    "unsuggest": _unsuggest,
    "publish": _publish,
    "withdraw": _withdraw,
    "grade": _grade,
    "ungrade": _ungrade,
}


def _page(
    request: SignedInRequest, found: Lesson, *, problem: str = "", status: int = 200
) -> HttpResponse:
    words = request.GET.get("find", "").strip()[:200]
    grade = shown_grade(found)
    context: dict[str, Any] = {
        "lesson": found,
        "grade": grade,
        "evidence": read_evidence(found, request.user),
        "stances": Stance.choices,
        "words": words,
        "activities": find_activities(words, found, request.user) if words else [],
        "suggestions": list(found.suggestions.select_related("measure").order_by("pk")),
        "suggestion_form": SuggestionForm(),
        "grade_form": _grade_form(request, found),
        "may_grade": request.user.has_perm(GRADE),
        "missing": missing_languages(found),
        "quotations": list(found.quotations.select_related("document").order_by("pk")),
        "problem": problem,
        "crumbs": lesson_crumbs(found),
        "simulated": found.is_simulated,
    }
    return render(request, "workspace/lessons/lesson.html", context, status=status)


def _grade_form(request: HttpRequest, found: Lesson) -> Form:
    if request.POST.get("do") == "grade":
        return GradeForm(initial={name: request.POST.get(name, "") for name in ("grade", "reason")})
    reason, letter = found.own_grade_reason, found.own_grade or found.grade
    return GradeForm(initial={"grade": letter, "reason": reason})
