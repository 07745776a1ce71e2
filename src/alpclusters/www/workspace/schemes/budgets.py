"""Budgets from a table, for those who keep the catalogue."""

import tempfile
from pathlib import Path, PurePath
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.funding.domain.instruments import INSTRUMENTS, instrument_label
from alpclusters.platform.funding.domain.policy_mixing.importing import Outcome, import_budgets
from alpclusters.platform.funding.domain.themes import THEMES, theme_label
from alpclusters.reports.errors import describe_place, remedy, what
from alpclusters.reports.numbers import format_integer
from alpclusters.sources.budget_tables import HEADS, MAX_BYTES
from alpclusters.sources.case_words import own_place
from alpclusters.www.components.parts import Column, Crumb, Table
from alpclusters.www.workspace.schemes.access import UNPROCESSABLE, crumbs, require_keeper
from alpclusters.www.workspace.schemes.forms import BudgetsForm
from alpclusters.www.workspace.schemes.words import language
from alpclusters.www.workspace.sentences import placed_sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def budget_import(request: HttpRequest) -> HttpResponse:
    """Ask for a table; every row is stored, or none with all reasons."""
    require_keeper(request)
    if request.method != "POST":
        return _page(request, BudgetsForm())
    form = BudgetsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=UNPROCESSABLE)
    try:
        outcome = _take(form.cleaned_data["file"])
    except AlpClustersError as error:
        form.add_error("file", placed_sentence(error))
        return _page(request, form, status=UNPROCESSABLE)
    if outcome.n_errors:
        return _page(request, form, outcome, status=UNPROCESSABLE)
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


def _page(
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
