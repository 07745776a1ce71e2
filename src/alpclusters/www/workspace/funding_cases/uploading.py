"""A workbook with partners, work packages and costs: made to fill in, and read back."""

import io
import tempfile
from collections.abc import Mapping, Sequence
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
from alpclusters.analysis.funding.case import Periods
from alpclusters.platform.funding.domain.casework.costs import Entry, converted, entries_of
from alpclusters.platform.funding.domain.casework.documents import Document, periods_of
from alpclusters.platform.funding.domain.casework.uploads import Trial, take_parts, try_upload
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import FundingCase
from alpclusters.reports.characters import clean_text
from alpclusters.sources.case_sheets import read_case_sheets
from alpclusters.sources.case_words import (
    CATEGORIES,
    EXAMPLES,
    HEADS,
    KINDS,
    REQUIRED,
    SHEETS,
    SIZES,
    own_place,
)
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.case_frame import (
    UNPROCESSABLE,
    WRITE,
    changed,
    euros,
    frame,
    language,
    own_case,
    refused,
)
from alpclusters.www.workspace.sentences import sentence

# --- The workbook to fill in: three sheets with heads and an example row in the reader's language


# Yes and no as the templates write them, de en fr it sl.
_YES: Final = ("ja", "yes", "oui", "sì", "da")
_NO: Final = ("nein", "no", "non", "no", "ne")
_TITLE: Final = ("Koordination", "Coordination", "Coordination", "Coordinamento", "Koordinacija")
_WIDTH: Final = 22
_LAST_ROW: Final = 5_000
_QUARTER_LETTERS: Final = ("Q", "Q", "T", "T", "Č")


def write_template(data: Mapping[str, Any], periods: Periods, language: str) -> bytes:
    """Return a workbook that `read_case_sheets` reads, with what the case has already.

    Where there is nothing yet stands one example row; the reader leaves it out by its name.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    place = own_place(language)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
    rows = _rows(data, periods, place)
    for kind, names in SHEETS.items():
        sheet = book.add_worksheet(_sheet_name(names[place]))
        fields = list(HEADS[kind])
        sheet.set_column(0, len(fields) - 1, _WIDTH)
        sheet.freeze_panes(1, 0)
        for column, field in enumerate(fields):
            mark = " *" if field in REQUIRED[kind] else ""
            sheet.write_string(0, column, _capital(HEADS[kind][field][place]) + mark, head)
            _offer_values(sheet, column, field, place)
        for line, values in enumerate(rows[kind], start=1):
            _write_row(sheet, line, fields, values)
    book.close()
    return out.getvalue()


def _sheet_name(name: str) -> str:
    return _capital(name)[:31]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _offer_values(sheet: Any, column: int, field: str, place: int) -> None:
    """Offer the words of a closed list in the cells of a column."""
    lists: Mapping[str, Sequence[str]] = {
        "kind": _words(KINDS, place),
        "size": _words(SIZES, place),
        "category": _words(CATEGORIES, place),
        "currency": ("EUR", "CHF"),
        **dict.fromkeys(("lead", "vat", "economic", "outside"), (_YES[place], _NO[place])),
    }
    if field in lists:
        rule = {"validate": "list", "source": list(lists[field]), "error_type": "warning"}
        sheet.data_validation(1, column, _LAST_ROW, column, rule)


def _words(words: Mapping[str, tuple[str, ...]], place: int) -> list[str]:
    return [names[place] for names in words.values()]


def _write_row(sheet: Any, line: int, fields: Sequence[str], values: Mapping[str, Any]) -> None:
    for column, field in enumerate(fields):
        value = values.get(field)
        if isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(line, column, value)
        elif value is not None:
            sheet.write_string(line, column, clean_text(str(value)))


def _rows(data: Mapping[str, Any], periods: Periods, place: int) -> dict[str, list[dict[str, Any]]]:
    partners = _partner_rows(data, place) or [_example_partner(place)]
    packages = _package_rows(data, periods, place) or [_example_package(periods, place)]
    return {
        "partners": partners,
        "packages": packages,
        "costs": _cost_rows(data, periods, place) or [_example_cost(packages[0], periods, place)],
    }


def _cost_rows(data: Mapping[str, Any], periods: Periods, place: int) -> list[dict[str, Any]]:
    names = {one["id"]: one["name"] for one in data.get("partners", [])}
    return [
        {
            "partner": names[entry.first["partner"]],
            "package": entry.first["wp"],
            "category": _word(CATEGORIES, entry.first["category"], place),
            **_amount(data, entry),
            "first": _quarter(periods, entry.start, place),
            "last": _quarter(periods, entry.end, place),
            "economic": (_YES if entry.first.get("economic", True) else _NO)[place],
            "article": entry.first.get("article"),
            "place": entry.first.get("place"),
            "outside": (_YES if entry.first.get("outside") else _NO)[place],
        }
        for entry in entries_of(data)
    ]


def _amount(data: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    foreign = converted(data, entry.key)
    if foreign is None:
        return {"amount": _euro(entry.cost_ct), "currency": "EUR"}
    currency, amount, rate, day = foreign
    return {"amount": _euro(amount), "currency": currency, "rate": rate, "rate_on": day}


def _word(words: Mapping[str, tuple[str, ...]], key: str, place: int) -> str:
    return words[key][place] if key in words else key


def _example_cost(package: Mapping[str, Any], periods: Periods, place: int) -> dict[str, Any]:
    return {
        "partner": EXAMPLES[place],
        "package": package.get("key") or package["title"],
        "category": CATEGORIES["staff"][place],
        "amount": 12_000,
        "currency": "EUR",
        "first": _quarter(periods, 0, place),
        "last": _quarter(periods, min(3, periods.count - 1), place),
        "economic": _NO[place],
        "outside": _NO[place],
    }


def _partner_rows(data: Mapping[str, Any], place: int) -> list[dict[str, Any]]:
    sizes = {one["id"]: one["size"] for one in data.get("undertakings", [])}
    return [
        {
            "name": one["name"],
            "kind": KINDS[one["kind"]][place],
            "size": SIZES[sizes[one["undertaking"]]][place],
            "country": one["country"],
            "nuts": one["nuts"],
            "lead": _YES[place] if one.get("lead") else _NO[place],
            "own": _euro(one.get("own_ct")),
            "credit": _euro(one.get("credit_ct")),
            "vat": None
            if one.get("vat_recoverable") is None
            else (_YES if one["vat_recoverable"] else _NO)[place],
        }
        for one in data.get("partners", [])
    ]


def _package_rows(data: Mapping[str, Any], periods: Periods, place: int) -> list[dict[str, Any]]:
    return [
        {
            "key": one["id"],
            "title": one["title"],
            "themes": ", ".join(one.get("themes", [])) or None,
            "first": None if one.get("start") is None else _quarter(periods, one["start"], place),
            "last": None if one.get("end") is None else _quarter(periods, one["end"], place),
        }
        for one in data.get("work_packages", [])
    ]


def _example_partner(place: int) -> dict[str, Any]:
    return {
        "name": EXAMPLES[place],
        "kind": KINDS["sme"][place],
        "size": SIZES["small"][place],
        "country": "AT",
        "nuts": "AT32",
        "lead": _YES[place],
        "own": 60_000,
        "credit": 120_000,
        "vat": _YES[place],
    }


def _example_package(periods: Periods, place: int) -> dict[str, Any]:
    return {
        "key": "WP1",
        "title": _TITLE[place],
        "first": _quarter(periods, 0, place),
        "last": _quarter(periods, periods.count - 1, place),
    }


def _quarter(periods: Periods, period: int, place: int) -> str:
    day = periods.first_day(period)
    if (day.month - 1) % 3:
        return day.isoformat()
    return f"{_QUARTER_LETTERS[place]}{(day.month + 2) // 3} {day.year}"


def _euro(cents: int | None) -> float | int | None:
    if cents is None:
        return None
    return cents / 100 if cents % 100 else cents // 100


# --- A workbook with partners, work packages and costs: tried first, taken over when confirmed


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
