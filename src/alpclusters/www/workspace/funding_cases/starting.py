"""Begin a case: from a project, from an action of a plan, or from a file."""

import json
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.funding.case import CaseError
from alpclusters.platform.accounts.rules import Person
from alpclusters.platform.funding.domain.casework import (
    import_case,
    start_from_action,
    start_from_project,
)
from alpclusters.platform.funding.domain.casework.starting import Started
from alpclusters.platform.funding.rules import may_plan_funding
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to
from alpclusters.platform.policy.models import Action
from alpclusters.platform.policy.rules import visible_plans
from alpclusters.reports.case_faults import fault_line
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.funding_cases.access import UNPROCESSABLE, list_crumbs
from alpclusters.www.workspace.funding_cases.words import language

PLAN: Final = "funding.plan"
MOST_BYTES: Final = 10_000_000
MOST_FAULTS: Final = 50


class StartForm(forms.Form):
    """For which project, and what the case is called."""

    use_required_attribute = False
    project = forms.ModelChoiceField(
        Project.objects.none(),
        label=gettext_lazy("Project"),
        to_field_name="slug",
        empty_label=None,
    )
    title = forms.CharField(label=gettext_lazy("Title of the case"), max_length=160)

    def __init__(self, *args: Any, projects: QuerySet[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["project"]
        field.queryset = projects


class ImportForm(StartForm):
    """A case in a file."""

    title = forms.CharField(
        label=gettext_lazy("Title of the case"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Empty: as the file says."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("JSON in the format alpclusters-case/1, at most 10 MB."),
        widget=forms.FileInput({"accept": ".json,application/json"}),
    )

    def clean_file(self) -> Any:
        """Read the JSON; its content is judged by the reader of cases."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB."))
        try:
            return json.loads(upload.read().decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise ValidationError(_("This is no JSON. Export the case again.")) from error


def plannable_projects(user: Person) -> QuerySet[Project]:
    """List the projects whose funding a person may plan."""
    seen = visible_to(user).running()  # type: ignore[attr-defined]
    wanted = [project.pk for project in seen if may_plan_funding(user, project)]
    return Project.objects.filter(pk__in=wanted).order_by("acronym", "pk")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_case_new(request: HttpRequest) -> HttpResponse:
    """Ask for project and title; with ``action`` in the address both are known already."""
    projects = plannable_projects(request.user)
    if not projects:
        raise PermissionDenied
    action = _action(request)
    form = StartForm(request.POST or None, projects=projects, initial=_initial(request, action))
    if action is not None:
        del form.fields["project"]
    if request.method == "POST" and form.is_valid():
        return _begin(request, form, action)
    return _page(request, form, action)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_case_import(request: HttpRequest) -> HttpResponse:
    """Take in a case from a file, all of it or nothing."""
    projects = plannable_projects(request.user)
    if not projects:
        raise PermissionDenied
    if request.method != "POST":
        return _import_page(request, ImportForm(projects=projects))
    form = ImportForm(request.POST, request.FILES, projects=projects)
    if not form.is_valid():
        return _import_page(request, form)
    data = form.cleaned_data
    try:
        case = import_case(
            data["file"],
            data["project"],
            title=data["title"],
            by=request.user,
            now=timezone.now(),
        )
    except CaseError as error:
        faults = [fault_line(fault, language()) for fault in error.faults[:MOST_FAULTS]]
        n_more = len(error.faults) + error.n_more - len(faults)
        return _import_page(request, form, faults=faults, n_more=n_more)
    messages.success(request, _("The case is taken in, all of it."))
    return redirect("workspace:funding_case", pk=case.pk)


def _begin(request: HttpRequest, form: StartForm, action: Action | None) -> HttpResponse:
    title, now = form.cleaned_data["title"], timezone.now()
    if action is not None:
        started = start_from_action(action, title=title, by=request.user, now=now)
    else:
        project = form.cleaned_data["project"]
        started = start_from_project(project, title=title, by=request.user, now=now)
    messages.success(request, _("The case is begun. Check the partners, then enter the costs."))
    _tell_left_out(request, started)
    return redirect("workspace:funding_case", pk=started.case.pk)


def _tell_left_out(request: HttpRequest, started: Started) -> None:
    if started.left_out:
        words = _("Not taken over, because nobody knows where they sit: %(names)s.")
        messages.warning(request, words % {"names": ", ".join(started.left_out)})
    if started.unknown:
        words = _("The directory has no single body called “%(name)s”. Add it as a partner.")
        messages.info(request, words % {"name": started.unknown[0]})


def _action(request: HttpRequest) -> Action | None:
    text = request.GET.get("action", "")
    if not text:
        return None
    plans = visible_plans(request.user)
    seen = Action.objects.filter(plan__in=plans).select_related("plan__project")
    action = get_object_or_404(seen, pk=int(text) if text.isdecimal() else 0)
    if not request.user.has_perm(PLAN, action.plan.project):
        raise PermissionDenied
    return action


def _initial(request: HttpRequest, action: Action | None) -> dict[str, Any]:
    if action is not None:
        return {"title": action.title}
    return {"project": request.GET.get("project", "")}


def _page(request: HttpRequest, form: StartForm, action: Action | None) -> HttpResponse:
    project = action.plan.project if action else None
    context = {
        "form": form,
        "action": action,
        "project": project,
        "crumbs": list_crumbs(Crumb(_("New case"))),
        "simulated": project is not None and project.is_simulated,
        "section": "funding",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workspace/funding_cases/new.html", context, status=status)


def _import_page(
    request: HttpRequest, form: ImportForm, *, faults: Any = (), n_more: int = 0
) -> HttpResponse:
    context = {
        "form": form,
        "faults": faults,
        "n_more": n_more,
        "crumbs": list_crumbs(Crumb(_("Import a case"))),
        "section": "funding",
    }
    status = UNPROCESSABLE if form.errors or faults else 200
    return render(request, "workspace/funding_cases/import.html", context, status=status)
