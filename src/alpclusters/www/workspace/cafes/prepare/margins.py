"""How large groups are outside the room: typed, or shares from official statistics."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.cafe.domain.margins import (
    FILE,
    REGION,
    ROLE,
    MarginColumn,
    OfficialShare,
    as_margins,
    margin_columns,
    official_shares,
    read_official,
    read_official_text,
    read_table,
)
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.numbers import format_number, format_percent
from alpclusters.sources.statistics_tables import MAX_BYTES, StatisticsTable
from alpclusters.www.components.parts import Column, Table
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.cafes.prepare.common import attempt, back_to, sentence, show
from alpclusters.www.workspace.cafes.running import own_cafe

# --- How large groups are outside the room: typed by column, or as the table of the command -------


HEAD: Final = ("column", "group", "share", "source", "date")
NAMES: Final = {REGION: gettext_lazy("Region"), ROLE: gettext_lazy("Stakeholder group")}
MOST_BYTES: Final = 200_000
TABLE: Final = "table"
BACK: Final = "back"


class ColumnForm(forms.Form):
    """The shares of one column in per cent, their source and their date."""

    source = forms.CharField(label=gettext_lazy("Source"), max_length=200)
    date = forms.CharField(label=gettext_lazy("Year or date of the figures"), max_length=10)

    def __init__(self, *args: Any, column: MarginColumn, **kwargs: Any) -> None:
        shares = column.shares or {}
        initial = {key: _percent(share) for key, share in shares.items()}
        initial |= {"source": column.source, "date": column.date}
        super().__init__(*args, **kwargs | {"prefix": column.key, "initial": initial})
        self.column = column
        for key, name in column.groups:
            self.fields[key] = forms.CharField(
                label=name,
                max_length=14,
                required=False,
                widget=forms.TextInput({"inputmode": "decimal"}),
            )
        self.order_fields([key for key, _name in column.groups])

    def as_table(self) -> bytes:  # type: ignore[override]  # not as HTML
        """Return what was typed as the table that the command takes."""
        told = self.cleaned_data
        rows = [
            (self.column.key, key, told[key].strip(), told["source"], told["date"])
            for key, _name in self.column.groups
            if told[key].strip()
        ]
        return _csv(rows)


class TableForm(forms.Form):
    """The same as a table, pasted or as a file."""

    table = forms.CharField(
        label=gettext_lazy("Table"),
        required=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("or a file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One of both is needed: neither is called optional.
        fields: dict[str, Any] = self.fields
        for field in fields.values():
            field.is_awaited = True

    def clean_file(self) -> Any:
        """Refuse what is no table of some groups."""
        found = self.cleaned_data["file"]
        if found is not None and found.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large for a table of shares."))
        return found

    def data_and_name(self) -> tuple[bytes, str]:
        """Return the bytes of the file, or of what was pasted."""
        found = self.cleaned_data["file"]
        return (found.read(), found.name) if found else (self.cleaned_data["table"].encode(), FILE)


@dataclass(frozen=True)
class ColumnPart:
    """A column on the page."""

    key: str
    name: str
    form: ColumnForm
    is_known: bool

    @property
    def takes_official(self) -> bool:
        """Say whether tables of official statistics tell of it."""
        return self.key == REGION


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_margins(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the shares outside the room; store those of a column or a table, or take them back."""
    cafe = own_cafe(request, pk)
    columns = margin_columns(cafe, nearest_language(get_language()))
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    given = {one.key: request.POST if asked == one.key else None for one in columns}
    parts = [_part(one, given[one.key]) for one in columns]
    table = TableForm(
        request.POST if asked == TABLE else None, request.FILES if asked == TABLE else None
    )
    if request.method == "POST" and _stored(request, cafe, asked, parts, table):
        return back_to("cafe_margins", cafe)
    context = {
        "parts": parts,
        "form": table,
        "example": _example(columns),
        "status": 422 if request.method == "POST" else 200,
    }
    return show(request, cafe, "cafe_margins", context)


def _stored(
    request: SignedInRequest, cafe: AlpCafe, asked: str, parts: list[ColumnPart], table: TableForm
) -> bool:
    taken = next((one for one in parts if asked == f"{BACK}:{one.key}"), None)
    if taken is not None:
        return attempt(request, lambda: _set(request, cafe, {taken.key: None}), _("Taken back"))
    typed = next((one.form for one in parts if asked == one.key), None)
    form = typed or table
    if not form.is_bound or not form.is_valid():
        return False
    data, name = (typed.as_table(), FILE) if typed else table.data_and_name()
    return attempt(
        request, lambda: _set(request, cafe, read_table(cafe, data, file=name)), _("Saved")
    )


def _set(request: SignedInRequest, cafe: AlpCafe, margins: dict[str, Any]) -> None:
    arguments = {"margins": margins}
    act(cafe, "set_margins", arguments, seen=None, by=request.user, now=timezone.now())


def _part(column: MarginColumn, data: Any) -> ColumnPart:
    form = ColumnForm(data, column=column)
    return ColumnPart(column.key, str(NAMES[column.key]), form, column.shares is not None)


def _percent(share: float) -> str:
    return f"{100 * share:.6g}"


def _example(columns: list[MarginColumn]) -> str:
    """Return the head of the table with a line for every group."""
    rows = [(one.key, key, "", "", "") for one in columns for key, _name in one.groups]
    return _csv(rows).decode()


def _csv(rows: list[tuple[str, str, str, str, str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([HEAD, *rows])
    return out.getvalue().encode()


# --- Shares of regions from a table of official statistics: read, chosen from, taken over ---------


PASTED: Final = "table.tsv"
MOST_TEXT: Final = 600_000
TAKE: Final = "take"
YEAR: Final = "year"
# Before the names of the dimensions of a table, which may be any.
BY: Final = "by-"
# Flags of Eurostat that say something of a figure; others are shown as they are.
FLAGS: Final = {
    "p": gettext_lazy("provisional"),
    "e": gettext_lazy("estimated"),
    "b": gettext_lazy("break in the series"),
    "u": gettext_lazy("low reliability"),
    "d": gettext_lazy("definition differs"),
}


class OfficialForm(forms.Form):
    """A table, pasted or as a file."""

    file = forms.FileField(
        label=gettext_lazy("File as downloaded"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.json,.gz"}),
        help_text=gettext_lazy("SDMX-CSV, TSV or JSON-stat, also packed as .gz; at most 10 MB."),
    )
    table = forms.CharField(
        label=gettext_lazy("or the table pasted"),
        required=False,
        strip=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One of both is needed: neither is called optional.
        fields: dict[str, Any] = self.fields
        for field in fields.values():
            field.is_awaited = True

    def clean_file(self) -> Any:
        """Refuse what is too large to be read."""
        found = self.cleaned_data["file"]
        if found is not None and found.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is too large. Choose fewer years or regions when downloading.")
            )
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for one of both."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not told.get("file") and not (told.get("table") or "").strip():
            self.add_error("file", _("Choose a file, or paste a table."))
        return told

    def read(self, cafe: AlpCafe) -> StatisticsTable:
        """Read what was given in a process with limits."""
        found = self.cleaned_data["file"]
        if not found:
            return read_official_text(cafe, self.cleaned_data["table"], name=PASTED)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "table"
            with path.open("wb") as file:
                file.writelines(found.chunks())
            return read_official(cafe, path, name=PurePath(found.name).name)


class ChoiceForm(forms.Form):
    """Which year and which values of a table that was read; the table goes along."""

    table = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=MOST_TEXT)
    dataset = forms.CharField(label=gettext_lazy("Code of the table"), max_length=60)

    def __init__(self, data: Any, *, read: StatisticsTable) -> None:
        years = read.years
        choices = {name: values for name, values in read.choices.items() if len(values) > 1}
        whole = {BY + name: values[0] for name, values in read.choices.items()}
        initial = {"table": read.as_text(), "dataset": read.dataset, YEAR: years[0], **whole}
        super().__init__(data, initial=initial)
        self.fields[YEAR] = forms.ChoiceField(
            label=_("Year"), choices=[(one, one) for one in years]
        )
        for name, values in choices.items():
            field = forms.ChoiceField(label=name, choices=[(one, one) for one in values])
            self.fields[BY + name] = field
        self.whole = whole

    def told(self) -> dict[str, str]:
        """Return what is chosen, or what is offered first."""
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        names = (YEAR, "dataset", *self.whole)
        return {one.removeprefix(BY): chosen.get(one) or self.initial[one] for one in names}


@dataclass(frozen=True)
class Reading:
    """A table that was read, what is chosen of it, and the shares this gives."""

    table: StatisticsTable
    form: ChoiceForm
    shares: list[OfficialShare]

    def margins(self) -> dict[str, Any]:
        """Return the argument of the command."""
        told = self.form.told()
        return as_margins(
            self.shares,
            self.table,
            dataset=told["dataset"],
            year=told[YEAR],
            chosen=told,
            day=timezone.localdate(),
        )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_official(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for a table; show what it says of the regions; take the shares over."""
    cafe = own_cafe(request, pk)
    is_sent = request.method == "POST"
    form = OfficialForm(request.POST, request.FILES) if is_sent else OfficialForm()
    reading = _reading(request, cafe, form) if is_sent else None
    if reading is not None and request.POST.get("do") == TAKE and reading.form.is_valid():

        def take() -> None:
            arguments = {"margins": reading.margins()}
            act(cafe, "set_margins", arguments, seen=None, by=request.user, now=timezone.now())

        if attempt(request, take, _("Saved")):
            return back_to("cafe_margins", cafe)
    context = {
        "template": "official",
        "form": form if reading is None else None,
        "choice": reading.form if reading else None,
        "found": _table(reading.shares) if reading else None,
        "missing": [one for one in reading.shares if one.figure is None] if reading else (),
        "status": 422 if is_sent and reading is None else 200,
    }
    return show(request, cafe, "cafe_margins", context, part=_("Official statistics"))


def _reading(request: HttpRequest, cafe: AlpCafe, form: OfficialForm) -> Reading | None:
    if not form.is_valid():
        return None
    try:
        table = form.read(cafe)
    except AlpClustersError as error:
        messages.error(request, sentence(error))
        return None
    choice = ChoiceForm(request.POST if YEAR in request.POST else None, read=table)
    told = choice.told()
    return Reading(table, choice, official_shares(cafe, table, year=told[YEAR], chosen=told))


def _table(shares: list[OfficialShare]) -> Table:
    language = nearest_language(get_language())
    rows = [
        (
            f"{one.name} ({one.code})",
            format_number(one.figure, language),
            format_percent(one.share, language, 1),
            _from(one),
        )
        for one in shares
        if one.figure is not None
    ]
    columns = [
        Column(_("Region")),
        Column(_("Figure"), is_number=True),
        Column(_("Share"), is_number=True),
        Column(_("Found under")),
    ]
    return Table(_("Shares of the regions"), columns, rows)


def _from(share: OfficialShare) -> str:
    codes = ", ".join(share.codes)
    flags = ", ".join(str(FLAGS.get(one, one)) for one in "".join(share.flags.split()))
    return f"{codes}: {flags}" if flags else codes
