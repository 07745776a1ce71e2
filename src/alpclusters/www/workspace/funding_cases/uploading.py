"""A workbook with partners, work packages and costs: tried first, taken over when confirmed."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError, RecordError
from alpclusters.platform.funding.domain.casework.documents import Document, periods_of
from alpclusters.platform.funding.domain.casework.uploads import Trial, take_parts, try_upload
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import FundingCase
from alpclusters.sources.case_sheets import read_case_sheets
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.access import (
    UNPROCESSABLE,
    WRITE,
    changed,
    frame,
    own_case,
    refused,
)
from alpclusters.www.workspace.funding_cases.template_xlsx import write_template
from alpclusters.www.workspace.funding_cases.words import euros, language
from alpclusters.www.workspace.sentences import sentence

SALT: Final = "funding-case-upload"
A_DAY: Final = 86_400
MOST_BYTES: Final = 10_000_000
# Below what a form may hold (DATA_UPLOAD_MAX_MEMORY_SIZE).
MOST_SIGNED: Final = 900_000
SHOWN_ERRORS: Final = 50
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    """The workbook, and what its costs stand for."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("Workbook"),
        help_text=gettext_lazy("XLSX, at most 10 MB."),
        widget=forms.FileInput({"accept": ".xlsx"}),
    )
    costs = forms.ChoiceField(
        label=gettext_lazy("The costs of the workbook"),
        choices=[
            ("replace", gettext_lazy("stand for all costs of the case")),
            ("add", gettext_lazy("come on top of those of the case")),
        ],
        initial="replace",
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is looked at."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return upload


@dataclass(frozen=True)
class ErrorRow:
    """An error of a cell: where, and what to do."""

    sheet: str
    row: str
    column: str
    text: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a workbook, and show what it would change."""
    case = own_case(request, pk, WRITE)
    if request.method != "POST":
        return _page(request, case, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, case, form)
    try:
        trial = _tried(case, form)
    except AlpClustersError as error:
        form.add_error("file", sentence(error))
        return _page(request, case, form)
    return _trial_page(request, case, form, trial)


@login_required
@require_POST
def funding_upload_take(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take over what was shown, all of it, if nobody changed the case meanwhile."""
    case = own_case(request, pk, WRITE)
    try:
        kept = signing.loads(request.POST.get("trial", ""), salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        messages.error(request, _("This try is too old or not complete. Upload the file again."))
        return redirect("workspace:funding_upload", pk=pk)
    if kept["case"] != case.pk:
        messages.error(request, _("This try is too old or not complete. Upload the file again."))
        return redirect("workspace:funding_upload", pk=pk)

    def change(document: Document) -> None:
        take_parts(document, kept["parts"])

    def remember(taken: dict[str, Any]) -> None:
        taken["to_check"] = [*taken.get("to_check", []), *kept["assumed"]]

    reason = f"case.upload:{kept['file']}"
    try:
        changed(request, case, change, reason=reason, version=kept["version"], remember=remember)
    except AlpClustersError as error:
        refused(request, error)
        return redirect("workspace:funding_upload", pk=pk)
    messages.success(request, _("The workbook is taken over."))
    return redirect("workspace:funding_case", pk=pk)


@login_required
@require_safe
def funding_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the workbook to fill in, with the partners and work packages of the case."""
    case = own_case(request, pk)
    body = write_template(case.data, periods_of(case.data), language())
    name = f"{_('partners-and-costs')}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=XLSX, headers=headers)


def _tried(case: FundingCase, form: UploadForm) -> Trial:
    upload: UploadedFile[Any] = form.cleaned_data["file"]
    name = PurePath(upload.name or "").name
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "workbook.xlsx")
        with path.open("wb") as file:
            file.writelines(upload.chunks())
        sheets = read_case_sheets(path, name=name, language=language())
    return try_upload(
        case.data,
        sheets,
        territory(),
        replaces_costs=form.cleaned_data["costs"] == "replace",
        file=name,
    )


def _trial_page(
    request: HttpRequest, case: FundingCase, form: UploadForm, trial: Trial
) -> HttpResponse:
    name = PurePath(form.cleaned_data["file"].name).name
    signed = ""
    too_large = False
    if not trial.n_errors:
        kept = {
            "case": case.pk,
            "version": case.version,
            "file": name[:60],
            "parts": trial.parts(),
            "assumed": list(trial.assumed),
        }
        signed = signing.dumps(kept, salt=SALT, compress=True)
        too_large = len(signed) > MOST_SIGNED
    context = frame(request, case, "", *_way(case))
    context |= {
        "form": form,
        "file": name,
        "trial": trial,
        "rows": [_error_row(error) for error in trial.errors[:SHOWN_ERRORS]],
        "n_more": max(0, trial.n_errors - SHOWN_ERRORS),
        "signed": "" if too_large else signed,
        "too_large": too_large,
        "before": euros(trial.before_ct),
        "after": euros(trial.after_ct),
        "counts": _counts(trial),
    }
    status = UNPROCESSABLE if trial.n_errors or too_large else 200
    return render(request, "workspace/funding_cases/trial.html", context, status=status)


def _page(request: HttpRequest, case: FundingCase, form: UploadForm) -> HttpResponse:
    context = frame(request, case, "", *_way(case))
    context["form"] = form
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workspace/funding_cases/upload.html", context, status=status)


def _way(_case: FundingCase) -> Sequence[Crumb]:
    return (Crumb(_("Upload a workbook")),)


def _counts(trial: Trial) -> list[tuple[Any, int, int, int]]:
    """Count new, changed and equal partners and work packages."""
    return [
        (label, *(_number(trial, kind, what) for what in ("new", "changed", "same")))  # type: ignore[misc]
        for kind, label in (("partner", _("Partners")), ("package", _("Work packages")))
    ]


def _number(trial: Trial, kind: str, what: str) -> int:
    return sum(1 for change in trial.changes if (change.kind, change.what) == (kind, what))


def _error_row(error: RecordError) -> ErrorRow:
    where = error.where
    column = " ".join(part for part in (where.column, where.field) if part)
    line = "" if where.line is None else str(where.line)
    return ErrorRow(where.sheet or "", line, column, sentence(error))
