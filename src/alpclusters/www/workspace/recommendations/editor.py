"""Write a recommendation beside others: the editor, the draft that is kept, the conflict."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.languages.text import field_of
from alpclusters.platform.policy.domain.editing.saving import draft_of, pending_of, solve_pending
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION, plain
from alpclusters.platform.policy.domain.recommendations import (
    check_open,
    edit_recommendation,
    write_recommendation,
)
from alpclusters.platform.policy.domain.states import EDITABLE
from alpclusters.platform.policy.models import EditDraft, Recommendation
from alpclusters.platform.territory.models import Region
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.editing import (
    autosaved,
    choices_of,
    dropped,
    initial_of,
    pending_view,
    who_else,
)
from alpclusters.www.workspace.recommendations.access import (
    WRITE,
    own_project,
    own_recommendation,
    page_crumbs,
    recommendation_crumbs,
    sentence,
)
from alpclusters.www.workspace.recommendations.recommendation_forms import (
    BeginForm,
    RecommendationForm,
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a recommendation by hand on findings of the project."""
    project = own_project(request, slug, WRITE)
    initial = {"source_language": nearest_language(get_language()), "level": "regional"}
    form = BeginForm(request.POST or None, project=project, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        language = data["source_language"]
        begun = write_recommendation(
            project,
            texts={input_name("title", language): data["title"], "source_language": language},
            level=data["level"],
            findings=list(data["findings"]),
            by=_user(request),
            now=timezone.now(),
        )
        messages.success(request, _("%(code)s is a draft.") % {"code": begun.code})
        return redirect("workspace:recommendation_edit", pk=begun.pk)
    context = {
        "form": form,
        "project": project,
        "crumbs": recommendation_crumbs(project, Crumb(_("New recommendation"))),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    status = 422 if form.errors else 200
    return render(request, "workspace/recommendations/begin.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a recommendation in five languages; what others saved meanwhile is merged."""
    found = own_recommendation(request, pk, WRITE)
    if found.state not in EDITABLE:
        return _closed(request, found)
    draft = draft_of(_user(request), RECOMMENDATION.thing, pk)
    if request.method != "POST":
        if draft is not None and draft.is_conflict:
            return redirect("workspace:recommendation_conflict", pk=pk)
        initial = initial_of(found, RECOMMENDATION, draft)
        form = RecommendationForm(initial=initial, project=found.project)
        return _editor(request, found, form, draft)
    form = RecommendationForm(request.POST, project=found.project)
    if not form.is_valid():
        return _editor(request, found, form, None, status=422)
    return _save(request, found, form)


def _save(request: HttpRequest, found: Recommendation, form: RecommendationForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        outcome = edit_recommendation(
            found,
            form.changes(),
            version=data["version"],
            base=data["base"],
            by=_user(request),
            now=timezone.now(),
        )
    except StateError:
        return _closed(request, found)
    if not outcome.is_saved:
        return redirect("workspace:recommendation_conflict", pk=found.pk)
    messages.success(request, _("Saved"))
    if outcome.kept_of_others:
        names = ", ".join(label_of(Recommendation, name) for name in outcome.kept_of_others)
        messages.info(
            request,
            _("What somebody else changed meanwhile was kept: %(names)s.") % {"names": names},
        )
    return redirect("workspace:recommendation", pk=found.pk)


def _editor(
    request: HttpRequest,
    found: Recommendation,
    form: RecommendationForm,
    draft: EditDraft | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "recommendation": found,
        "form": form,
        "draft": draft,
        "others": who_else(_user(request), found, RECOMMENDATION),
        "crumbs": page_crumbs(found, Crumb(_("Edit"))),
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/recommendations/edit.html", context, status=status)


@login_required
@require_POST
def recommendation_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is typed as a draft of this person, or forget it."""
    found = own_recommendation(request, pk, WRITE)
    if request.POST.get("do") == "drop":
        dropped(request, found, RECOMMENDATION)
        messages.success(request, _("Your draft is gone; the stored text stands in the form."))
        return redirect("workspace:recommendation_edit", pk=pk)
    return autosaved(request, found, RECOMMENDATION)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Solve a conflict: what both began from, what is stored, what this person typed."""
    found = own_recommendation(request, pk, WRITE)
    pending = pending_of(_user(request), found, RECOMMENDATION)
    if pending is None:
        return redirect("workspace:recommendation_edit", pk=pk)
    if request.method != "POST":
        return _conflict(request, found, {})
    if request.POST.get("do") == "drop":
        dropped(request, found, RECOMMENDATION)
        messages.success(request, _("Your text is gone; the stored one stands."))
        return redirect("workspace:recommendation", pk=pk)
    choices = choices_of(request.POST, pending)
    if choices is None or request.POST.get("version") != str(found.version):
        return _conflict(request, found, choices or {}, status=409)
    return _solve(request, found, choices)


def _solve(request: HttpRequest, found: Recommendation, choices: Any) -> HttpResponse:
    try:
        outcome = solve_pending(
            found,
            RECOMMENDATION,
            choices,
            by=_user(request),
            now=timezone.now(),
            check=check_open,
        )
    except (StateError, InputError) as error:
        messages.error(request, sentence(error))
        return redirect("workspace:recommendation", pk=found.pk)
    if not outcome.is_saved:
        return _conflict(request, outcome.obj, choices, status=409)
    messages.success(request, _("Saved"))
    return redirect("workspace:recommendation", pk=found.pk)


def _conflict(
    request: HttpRequest, found: Recommendation, chosen: Any, *, status: int = 200
) -> HttpResponse:
    pending = pending_of(_user(request), found, RECOMMENDATION)
    if pending is None:
        return redirect("workspace:recommendation_edit", pk=found.pk)
    own = (*RECOMMENDATION.texts, *RECOMMENDATION.fields)
    labels = {name: label_of(found, name) for name in own}
    context = {
        "recommendation": found,
        "view": pending_view(pending, RECOMMENDATION, labels, named, chosen),
        "address": reverse("workspace:recommendation_conflict", args=[found.pk]),
        "crumbs": page_crumbs(found, Crumb(_("Conflict"))),
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/recommendations/conflict.html", context, status=status)


def named(name: str, value: str) -> str:
    """Write a value of a field as people read it."""
    if name == "region_id":
        region = Region.objects.filter(pk=value).first() if value.isdecimal() else None
        return str(region.name) if region else ""
    if name in RECOMMENDATION.fields:
        choices = field_of(Recommendation, name).flatchoices
        return str(dict(choices).get(value, value))
    return plain(value)


def _closed(request: HttpRequest, found: Recommendation) -> HttpResponse:
    messages.error(
        request, _("The text is decided and is not rewritten. Reopen it or write a new one.")
    )
    return redirect("workspace:recommendation", pk=found.pk)


def _user(request: HttpRequest) -> Any:
    return request.user
