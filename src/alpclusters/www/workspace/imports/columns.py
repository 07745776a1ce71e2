"""The second step: which column of the file is which field, and what fields are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.actors.domain.importing import Choices, TablePreview, guess_columns
from alpclusters.platform.actors.domain.importing.fields import columns_in_lists, list_fields
from alpclusters.platform.actors.domain.importing.supplies import SOURCE_NAMES, TABLE
from alpclusters.platform.actors.domain.uploads import choose, is_known, look_again
from alpclusters.platform.actors.models import Identifier, ImportRun, OrganisationType
from alpclusters.platform.fields import about_of
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.reports.source_notes import note_sentence
from alpclusters.www.workspace.imports import run_states
from alpclusters.www.workspace.imports.run_states import UNPROCESSABLE, frame, own_run
from alpclusters.www.workspace.sentences import placed_sentence

# --- The fields of a list in words ----------------------------------------------------------------


# What is no column that people fill. A number of others is called by who gave it.
_NO_COLUMNS: Final = {
    "external_id": _("Number in the source"),
    "coordinates": _("Latitude and longitude in one"),
    "label": _("Quality label"),
    "is_simulated": _("simulated"),
}


def field_choices() -> list[tuple[str, str]]:
    """Return what a column may hold, first that it is not used."""
    labels = _labels()
    names = sorted((field.name for field in list_fields()), key=lambda name: name != "name")
    named = ((name, labels[name]) for name in names)
    return [("", str(_("not used"))), *named]


def field_label(key: str) -> str:
    """Return a field in words."""
    return _labels().get(key, key)


def _labels() -> dict[str, str]:
    said = {column.name: (column.verbose_name, about_of(column)) for column in columns_in_lists()}
    columns = {
        name: str(label if about is None or about.in_lists is True else about.in_lists)
        for name, (label, about) in said.items()
    }
    numbers = {scheme.value: capfirst(str(scheme.label)) for scheme in Identifier.Scheme}
    return numbers | columns | {name: str(words) for name, words in _NO_COLUMNS.items()}


# --- The second step: which column of the file is which field -------------------------------------


SAMPLES: Final = 3
LONGEST_SAMPLE: Final = 80


class OptionsForm(forms.Form):
    """What holds for the whole list."""

    default_type = forms.ChoiceField(
        label=gettext_lazy("Type of the organisations where the list says none"), required=False
    )
    text_language = forms.ChoiceField(
        label=gettext_lazy("Language of the descriptions"), choices=LANGUAGES
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [pair for pair in OrganisationType.choices if pair[0] != OrganisationType.UNKNOWN]
        field: Any = self.fields["default_type"]
        field.choices = [("", gettext("unknown")), *kinds]


@dataclass(frozen=True)
class ColumnRow:
    """One column of the file with its first values and what it is taken for."""

    id: str
    head: str
    samples: Sequence[str]
    value: str
    is_guess: bool
    is_known: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the guess with values; what a person chooses is remembered for this source."""
    run = own_run(request, pk)
    job = run_states.job_of(run)
    if (job is not None and job.is_active) or run.next_line:
        return redirect("workspace:import-run", pk=pk)
    given = request.POST if request.method == "POST" else request.GET
    sheet = given.get("sheet") or run.options.get("sheet")
    try:
        preview = look_again(run, sheet=sheet)
    except AlpClustersError as error:
        messages.error(request, placed_sentence(error))
        return redirect("workspace:imports")
    if request.method == "POST":
        return _choose(request, run, preview)
    is_other = bool(sheet) and sheet != run.options.get("sheet")
    columns = guess_columns(preview, run.source) if is_other else run.options["columns"]
    return _show(request, run, preview, columns)


def _choose(request: HttpRequest, run: ImportRun, preview: TablePreview) -> HttpResponse:
    chosen = _chosen(preview, request.POST)
    form = OptionsForm(request.POST)
    problem = _problem(chosen) if preview.kind == TABLE else ""
    if problem or not form.is_valid():
        return _show(request, run, preview, dict(chosen), problem=problem, form=form)
    choices = Choices(sheet=preview.sheet or None, kind=preview.kind, **form.cleaned_data)
    choose(run, preview, choices=choices, columns=dict(chosen))
    try:
        run_states.begin(run.pk, run_states.CHECK)
    except AlpClustersError as error:
        messages.error(request, placed_sentence(error))
    return redirect("workspace:import-run", pk=run.pk)


def _chosen(preview: TablePreview, posted: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return pairs of field and head in the order of the file."""
    allowed = {key for key, _label in field_choices() if key}
    pairs = [(posted.get(f"column-{n}", ""), head) for n, head in enumerate(preview.header)]
    return [(field, head) for field, head in pairs if field in allowed and head]


def _problem(chosen: Sequence[tuple[str, str]]) -> str:
    names = [field for field, _head in chosen]
    twice = sorted({field for field in names if names.count(field) > 1})
    if twice:
        return gettext("Two columns are taken for “%(field)s”. Set one of them to “not used”.") % {
            "field": field_label(twice[0])
        }
    if "name" not in names:
        return gettext("No column holds the name. Say which one does.")
    return ""


def _show(
    request: HttpRequest,
    run: ImportRun,
    preview: TablePreview,
    columns: Mapping[str, str],
    *,
    problem: str = "",
    form: OptionsForm | None = None,
) -> HttpResponse:
    start = {name: run.options.get(name) for name in OptionsForm.base_fields}
    is_table = preview.kind == TABLE
    known = (
        gettext("This is a list of %(source)s: its columns are known, there is nothing to choose.")
        % {"source": SOURCE_NAMES[preview.kind]}
        if not is_table
        else ""
    )
    context: dict[str, Any] = {
        "run": run,
        "form": form or OptionsForm(initial=start),
        "columns": _rows(run, preview, columns) if is_table else [],
        "known": known,
        "choices": field_choices(),
        "sheets": preview.sheets if len(preview.sheets) > 1 else (),
        "sheet": preview.sheet,
        "notes": [note_sentence(note, get_language() or "en") for note in preview.notes],
        "problem": problem,
        "caption": _caption(preview),
        **frame(
            "columns",
            title=gettext("Which column is what?"),
            kicker=run.source.name,
            lead=gettext(
                "Compare the first values with the field. Columns that are not used are left aside."
            ),
        ),
    }
    status = UNPROCESSABLE if form is not None else 200
    return render(request, "workspace/imports/columns.html", context, status=status)


def _caption(preview: TablePreview) -> str:
    n = sum(1 for head in preview.header if head)
    return ngettext("%(n)s column in the file", "%(n)s columns in the file", n) % {"n": n}


def _rows(run: ImportRun, preview: TablePreview, columns: Mapping[str, str]) -> list[ColumnRow]:
    field_of = {head: field for field, head in columns.items()}
    start = guess_columns(preview, run.source)
    is_remembered = is_known(run, preview)
    rows = []
    for n, head in enumerate(preview.header):
        if head:
            value = field_of.get(head, "")
            is_start = bool(value) and start.get(value) == head
            samples = [text[:LONGEST_SAMPLE] for text in preview.samples(head, most=SAMPLES)]
            rows.append(
                ColumnRow(
                    f"column-{n}",
                    head,
                    samples,
                    value,
                    is_guess=is_start and not is_remembered,
                    is_known=is_start and is_remembered,
                )
            )
    return rows
