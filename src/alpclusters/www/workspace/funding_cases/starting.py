"""Begin a case from a project or an action; the cases of one's projects; whole cases."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.analysis.funding.case_files import CaseError
from alpclusters.platform.funding.domain.accounts.composing import computed_data
from alpclusters.platform.funding.domain.casework import (
    delete_case,
    duplicate_case,
    import_case,
    start_from_project,
)
from alpclusters.platform.funding.domain.casework.copying import (
    bring_back,
    versions_of,
    with_application,
)
from alpclusters.platform.funding.domain.casework.costs import totals_of
from alpclusters.platform.funding.domain.casework.starting import (
    WHOLE,
    CaseStart,
    Started,
    YearCost,
)
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.funding.rules import may_plan_funding, visible_cases
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.partnership.rules import visible_to
from alpclusters.platform.policy.domain.funding_cases import look_at_action, start_case_of
from alpclusters.platform.policy.models import Action
from alpclusters.platform.policy.rules import visible_plans
from alpclusters.reports.error_texts.case_faults import fault_line
from alpclusters.reports.numbers import format_integer, format_money
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.case_frame import (
    UNPROCESSABLE,
    WRITE,
    category_label,
    euros,
    frame,
    language,
    list_crumbs,
    own_case,
    reason_words,
    refused,
    version_in,
)

# --- Begin a case: from a project, from an action of a plan, or from a file -----------------------


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


class ActionForm(StartForm):
    """A case from an action: how its costs are parted among the bodies it names."""

    def __init__(self, *args: Any, start: CaseStart, **kwargs: Any) -> None:
        super().__init__(*args, projects=Project.objects.none(), **kwargs)
        del self.fields["project"]
        self.names = {}
        for body in start.placed if start.costs.taken else ():
            pk = body.organisation.pk
            self.names[pk] = f"share_{pk}"
            share: Any = forms.IntegerField(
                label=body.organisation.name,
                min_value=0,
                max_value=WHOLE,
                required=False,
                initial=start.usual_shares()[pk],
                widget=forms.NumberInput({"inputmode": "numeric"}),
            )
            # Empty counts as 0, but all of them together have to make the whole.
            share.is_awaited = True
            self.fields[self.names[pk]] = share

    def share_fields(self) -> list[Any]:
        """Return the fields of the shares, for the page."""
        return [self[name] for name in self.names.values()]

    def shares(self) -> dict[int, int]:
        """Return the per cent of each body by its number."""
        return {pk: self.cleaned_data.get(name) or 0 for pk, name in self.names.items()}

    def clean(self) -> dict[str, Any]:
        """Want the whole parted, or nothing of it."""
        data: dict[str, Any] = super().clean() or {}
        total = sum(self.shares().values())
        if not self.errors and total not in {0, WHOLE}:
            words = _("The shares add up to %(n)s per cent. Write 100 in all, or 0 everywhere.")
            raise ValidationError(words % {"n": total})
        return data


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
    seen = visible_to(user).running()
    wanted = [project.pk for project in seen if may_plan_funding(user, project)]
    return Project.objects.filter(pk__in=wanted).order_by("acronym", "pk")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_case_new(request: SignedInRequest) -> HttpResponse:
    """Ask for project and title; with ``action`` in the address both are known already."""
    projects = plannable_projects(request.user)
    if not projects:
        raise PermissionDenied
    action = _action(request)
    if action is not None:
        return _from_action(request, action)
    project = {"project": request.GET.get("project", "")}
    form = StartForm(request.POST or None, projects=projects, initial=project)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        return _begun(
            request,
            start_from_project(
                data["project"], title=data["title"], by=request.user, now=timezone.now()
            ),
        )
    return _page(request, form)


def _from_action(request: SignedInRequest, action: Action) -> HttpResponse:
    """Show what comes along of an action, and begin with it."""
    now = timezone.now()
    start = look_at_action(action, now=now)
    form = ActionForm(request.POST or None, start=start, initial={"title": action.title})
    if request.method == "POST" and form.is_valid():
        title, by = form.cleaned_data["title"], request.user
        shares = form.shares()
        return _begun(request, start_case_of(action, title=title, by=by, now=now, shares=shares))
    return _page(request, form, action, start)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_case_import(request: SignedInRequest) -> HttpResponse:
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


def _begun(request: HttpRequest, started: Started) -> HttpResponse:
    if started.case.data["lines"]:
        words = _("The case is begun, with the costs of the action. Check partners and costs.")
    else:
        words = _("The case is begun. Check the partners, then enter the costs.")
    messages.success(request, words)
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


def _page(
    request: HttpRequest,
    form: StartForm,
    action: Action | None = None,
    start: CaseStart | None = None,
) -> HttpResponse:
    project = action.plan.project if action else None
    context = {
        "form": form,
        "action": action,
        "start": start,
        "costs": _cost_rows(start.costs.taken) if start else (),
        "total": euros(start.costs.total_ct) if start else "",
        "left_behind": _left_behind(start) if start else (),
        "project": project,
        "crumbs": list_crumbs(Crumb(_("New case"))),
        "simulated": project is not None and project.is_simulated,
        "section": "funding",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workspace/funding_cases/new.html", context, status=status)


def _cost_rows(costs: Sequence[YearCost]) -> list[tuple[int, str, str]]:
    return [(one.year, category_label(one.category), euros(one.amount_ct)) for one in costs]


def _left_behind(start: CaseStart) -> list[str]:
    """Say which costs stay behind, and why."""
    foreign = [
        _("%(amount)s of %(year)s: a rate and its day are missing. Enter it as a cost in francs.")
        % {"amount": format_money(c.amount_cents, c.currency, language(), 0), "year": c.year}
        for c in start.costs.foreign
    ]
    outside = [
        _("%(amount)s of %(year)s: the year lies outside the time of the case.")
        % {"amount": euros(c.amount_cents), "year": c.year}
        for c in start.costs.outside
    ]
    return [*foreign, *outside]


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


# --- The cases of one's projects, newest first ----------------------------------------------------


PAGE_SIZE: Final = 30


@dataclass(frozen=True)
class CaseRow:
    """One case with its size."""

    case: FundingCase
    partners: str
    costs: str
    offers: str
    runs: str


@login_required
@require_safe
def funding_cases(request: HttpRequest) -> HttpResponse:
    """List the cases that one may see."""
    rows = (
        visible_cases(request.user)
        .select_related("project", "action_tie__action")
        .annotate(n_runs=Count("runs"))
        .order_by("-updated_at", "-pk")
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    found = [_row(case) for case in page.object_list]
    context = {
        "page": page,
        "rows": found,
        "may_begin": bool(plannable_projects(request.user)),
        "crumbs": list_crumbs(),
        "simulated": any(row.case.is_simulated for row in found),
        "section": "funding",
    }
    return render(request, "workspace/funding_cases/list.html", context)


def _row(case: FundingCase) -> CaseRow:
    data = case.data
    return CaseRow(
        case,
        format_integer(len(data.get("partners", [])), language()),
        euros(totals_of(data).total_ct),
        format_integer(len(data.get("offers", [])), language()),
        format_integer(case.n_runs, language()),  # type: ignore[attr-defined]
    )


# --- Whole cases: duplicate, delete, export, history ----------------------------------------------


MOST_VERSIONS = 100


@login_required
@require_POST
def funding_case_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a second case of the same content."""
    case = own_case(request, pk, WRITE)
    title = _("%(title)s (copy)") % {"title": case.title[:150]}
    made = duplicate_case(case, title=title[:160], by=request.user, now=timezone.now())
    messages.success(request, _("This is the copy. Its mixes are computed anew."))
    return redirect("workspace:funding_case", pk=made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_case_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once, then delete a case with its mixes and its history."""
    case = own_case(request, pk, WRITE)
    if request.method == "POST":
        title = case.title
        delete_case(case, by=request.user)
        messages.success(request, _("Deleted: %(title)s") % {"title": title})
        return redirect("workspace:funding_cases")
    context = frame(request, case, "", Crumb(_("Delete")))
    context["n_runs"] = case.runs.count()
    return render(request, "workspace/funding_cases/delete.html", context)


@login_required
@require_safe
def funding_case_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the case as JSON with the accounts of its partners, as the command line takes it."""
    case = own_case(request, pk)
    data = with_application(computed_data(case), case)
    body = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False)
    name = f"{slugify(case.title)[:60] or 'case'}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(
        f"{body}\n", content_type="application/json; charset=utf-8", headers=headers
    )


@login_required
@require_safe
def funding_case_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who changed what when."""
    case = own_case(request, pk)
    context = frame(request, case, "", Crumb(_("History")))
    context["versions"] = [
        {
            "number": one.number,
            "version": one.version,
            "made_at": one.made_at,
            "made_by": one.made_by or _("the program"),
            "words": reason_words(one.reason),
            "costs": euros(one.cost_ct),
            "n_offers": one.n_offers,
            "is_newest": one.is_newest,
        }
        for one in versions_of(case, most=MOST_VERSIONS)
    ]
    return render(request, "workspace/funding_cases/history.html", context)


@login_required
@require_POST
def funding_case_back(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Bring back an earlier version."""
    case = own_case(request, pk, WRITE)
    try:
        brought = bring_back(
            case, number, version=version_in(request), by=request.user, now=timezone.now()
        )
    except AlpClustersError as error:
        refused(request, error)
        return redirect("workspace:funding_case_history", pk=pk)
    if brought is None:
        raise Http404
    messages.success(request, _("Earlier version brought back. It can be undone below."))
    return redirect("workspace:funding_case_history", pk=pk)
