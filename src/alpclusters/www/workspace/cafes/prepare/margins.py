"""How large groups are outside the room: typed by column, or as the table of the command."""

import csv
import io
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.cafe.domain.margins import (
    FILE,
    REGION,
    ROLE,
    MarginColumn,
    margin_columns,
    read_table,
)
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.cafes.prepare.common import attempt, back_to, show
from alpclusters.www.workspace.cafes.running import own_cafe

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
