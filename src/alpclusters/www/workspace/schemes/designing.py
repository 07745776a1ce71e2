"""Begin, change and delete a joint call; enter regional schemes and budgets from a table."""

import tempfile
from pathlib import Path, PurePath
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError, AnalysisError, StateError
from alpclusters.platform.funding.domain.lists import (
    INSTRUMENTS,
    THEMES,
    instrument_label,
    theme_label,
)
from alpclusters.platform.funding.domain.policy_mixing.budgets import Outcome, import_budgets
from alpclusters.platform.funding.domain.schemes import (
    change_design,
    change_scheme,
    create_design,
    create_scheme,
    delete_design,
)
from alpclusters.platform.funding.models import RegionalScheme, Status, SynchronisedScheme
from alpclusters.reports.errors import describe_place, remedy, what
from alpclusters.reports.numbers import format_integer
from alpclusters.sources.budget_tables import HEADS, MAX_BYTES
from alpclusters.sources.case_words import own_place
from alpclusters.www.components.parts import Column, Crumb, Table
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.schemes.attributes import language
from alpclusters.www.workspace.schemes.scheme_forms import (
    CONFLICT,
    UNPROCESSABLE,
    BudgetsForm,
    ChangeForms,
    DesignForm,
    SchemeForm,
    change_values,
    crumbs,
    own_projects,
    require_keeper,
    stored_changes,
    written_design,
)
from alpclusters.www.workspace.sentences import placed_sentence

# --- Begin, change and delete a joint call --------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scheme_new(request: SignedInRequest) -> HttpResponse:
    """Begin a joint call."""
    if not request.user.has_perm("funding.plan", None):
        raise PermissionDenied
    projects = own_projects(request)
    form = DesignForm(
        request.POST or None, projects=projects, initial=_from_address(request, projects)
    )
    if request.method == "POST" and form.is_valid():
        project = form.cleaned_data["project"]
        try:
            design = create_design(project, form.facts(), by=request.user, now=timezone.now())
        except AnalysisError as error:
            form.add_error(None, placed_sentence(error))
        else:
            messages.success(request, _("Saved. This is what the schemes have in common."))
            return redirect("workspace:scheme", pk=design.pk)
    return _designing_page(request, form, None)


def _from_address(request: HttpRequest, projects: Any) -> dict[str, Any]:
    project = projects.filter(slug=request.GET.get("project", "")).first()
    return {} if project is None else {"project": project.pk}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scheme_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a joint call."""
    design = written_design(request, pk)
    form = DesignForm(request.POST or None, design=design)
    if request.method != "POST" or not form.is_valid():
        return _designing_page(request, form, design)
    version = form.cleaned_data["version"]
    try:
        change_design(design, form.facts(), version=version, by=request.user, now=timezone.now())
    except StateError as error:
        form.add_error(None, placed_sentence(error))
        return _designing_page(request, form, design, status=CONFLICT)
    except AnalysisError as error:
        form.add_error(None, placed_sentence(error))
        return _designing_page(request, form, design)
    messages.success(request, _("Saved."))
    return redirect("workspace:scheme", pk=design.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scheme_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, then delete a joint call."""
    design = written_design(request, pk)
    if request.method == "POST":
        delete_design(design, by=request.user)
        messages.success(request, _("Deleted: %(title)s") % {"title": design.title})
        return redirect("workspace:schemes")
    context = {
        "design": design,
        "crumbs": crumbs(Crumb(_("Delete"))),
        "simulated": design.project.is_simulated,
    }
    return render(request, "workspace/schemes/delete.html", context)


def _designing_page(
    request: HttpRequest, form: DesignForm, design: SynchronisedScheme | None, *, status: int = 0
) -> HttpResponse:
    here = Crumb(_("Edit") if design else _("Design a joint call"))
    context = {
        "form": form,
        "design": design,
        "crumbs": crumbs(here),
        "simulated": bool(design and design.project.is_simulated),
    }
    status = status or (UNPROCESSABLE if form.errors else 200)
    return render(request, "workspace/schemes/form.html", context, status=status)


# --- Enter and change the scheme of a region, for those who keep the catalogue --------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def regional_new(request: HttpRequest) -> HttpResponse:
    """Enter the scheme of a region."""
    require_keeper(request)
    return _handle(request, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def regional_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change the scheme of a region."""
    require_keeper(request)
    return _handle(request, get_object_or_404(RegionalScheme, key=key))


def _handle(request: HttpRequest, scheme: RegionalScheme | None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = SchemeForm(posted, scheme=scheme)
    changes = ChangeForms(posted, initial=change_values(scheme), prefix="change")
    if posted is None:
        return _regional_page(request, form, changes, scheme)
    # Both, so that all errors are told at once.
    if not all([form.is_valid(), changes.is_valid()]):
        return _regional_page(request, form, changes, scheme, status=UNPROCESSABLE)
    try:
        _save(form, changes, scheme)
    except (AnalysisError, StateError) as error:
        form.add_error(None, placed_sentence(error))
        status = CONFLICT if isinstance(error, StateError) else UNPROCESSABLE
        return _regional_page(request, form, changes, scheme, status=status)
    messages.success(request, _("Saved."))
    return redirect("workspace:schemes")


def _save(form: SchemeForm, changes: Any, scheme: RegionalScheme | None) -> None:
    facts, now = form.facts(stored_changes(changes, scheme)), timezone.now()
    if scheme is None:
        create_scheme(facts, now=now)
    else:
        change_scheme(scheme, facts, version=form.cleaned_data["version"], now=now)


def _regional_page(
    request: HttpRequest,
    form: SchemeForm,
    changes: Any,
    scheme: RegionalScheme | None,
    *,
    status: int = 200,
) -> HttpResponse:
    name = _("Edit scheme") if scheme else _("Enter a scheme")
    context = {
        "form": form,
        "changes": changes,
        "scheme": scheme,
        "crumbs": crumbs(Crumb(name)),
        "simulated": bool(scheme and scheme.status == Status.DEMONSTRATION),
    }
    return render(request, "workspace/schemes/regional.html", context, status=status)


# --- Budgets from a table, for those who keep the catalogue ---------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def budget_import(request: HttpRequest) -> HttpResponse:
    """Ask for a table; every row is stored, or none with all reasons."""
    require_keeper(request)
    if request.method != "POST":
        return _budgets_page(request, BudgetsForm())
    form = BudgetsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _budgets_page(request, form, status=UNPROCESSABLE)
    try:
        outcome = _take(form.cleaned_data["file"])
    except AlpClustersError as error:
        form.add_error("file", placed_sentence(error))
        return _budgets_page(request, form, status=UNPROCESSABLE)
    if outcome.n_errors:
        return _budgets_page(request, form, outcome, status=UNPROCESSABLE)
    messages.success(request, _told(outcome))
    return redirect("workspace:schemes")


@login_required
@require_safe
def budget_example(request: HttpRequest) -> HttpResponse:
    """Send a table with heads and one row that shows how it is meant."""
    require_keeper(request)
    place = own_place(language())
    heads = ";".join(names[place] for names in HEADS.values())
    row = ";".join(
        (
            instrument_label("voucher", language()),
            theme_label("timber", language()),
            "AT33",
            "2021-2027",
            "",
            "",
            "",
            "",
        )
    )
    response = HttpResponse(f"\ufeff{heads}\r\n{row}\r\n", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="alpclusters-budgets.csv"'
    return response


def _take(upload: Any) -> Outcome:
    name = PurePath(upload.name).name
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        with path.open("wb") as file:
            size = 0
            for block in upload.chunks():
                size += len(block)
                # One byte over is enough to be refused; the rest is not written.
                file.write(block)
                if size > MAX_BYTES:
                    break
        return import_budgets(path, name=name)


def _told(outcome: Outcome) -> str:
    counts = {
        "new": format_integer(outcome.n_new, language()),
        "changed": format_integer(outcome.n_changed, language()),
        "same": format_integer(outcome.n_same, language()),
    }
    return _("Budgets: %(new)s new, %(changed)s changed, %(same)s as before.") % counts


def _budgets_page(
    request: HttpRequest,
    form: BudgetsForm,
    outcome: Outcome | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "errors": _errors(outcome) if outcome else None,
        "n_errors": outcome.n_errors if outcome else 0,
        "lists": [
            (_("Instruments"), [(k, instrument_label(k, language())) for k in INSTRUMENTS]),
            (_("Themes"), [(k, theme_label(k, language())) for k in THEMES]),
        ],
        "crumbs": crumbs(Crumb(_("Import budgets"))),
    }
    return render(request, "workspace/schemes/budgets.html", context, status=status)


def _errors(outcome: Outcome) -> Table:
    reader = language()
    rows = [
        [describe_place(one.where, reader), what(one, reader), remedy(one, reader)]
        for one in outcome.errors
    ]
    columns = [Column(_("Where")), Column(_("What is wrong")), Column(_("What to do"))]
    return Table(_("Nothing was stored: these cells are not understood"), columns, rows)
