"""The lists that were imported; a new one comes in; what lists say differently from people."""

import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.actors.domain.importing import read_preview
from alpclusters.platform.actors.domain.proposals import (
    open_proposals,
    refuse_proposal,
    take_proposal,
)
from alpclusters.platform.actors.domain.uploads import begin_upload
from alpclusters.platform.actors.models import FieldProposal, ImportRun, ImportSource, Organisation
from alpclusters.platform.fields import fields_of, label_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.operation.tidying import imports_folder
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.imports.run_states import (
    UNPROCESSABLE,
    crumbs,
    figure,
    frame,
    require_right,
)
from alpclusters.www.workspace.sentences import placed_sentence

# --- The lists that were imported, and what they say differently from people ----------------------


# --- The lists that were imported, and whose they are ---------------------------------------------


PAGE_SIZE: Final = 50
MOST_SOURCES: Final = 200
# state: (icon, tone) of its badge
LOOKS: Final = {
    ImportRun.State.UPLOADED: ("upload", ""),
    ImportRun.State.CHECKED: ("list", "info"),
    ImportRun.State.RUNNING: ("clock", "info"),
    ImportRun.State.DONE: ("check", "good"),
    ImportRun.State.CANCELLED: ("x", "warn"),
    ImportRun.State.FAILED: ("circle-alert", "bad"),
}
STORED: Final = {ImportRun.State.DONE, ImportRun.State.CANCELLED, ImportRun.State.RUNNING}


@dataclass(frozen=True)
class RunRow:
    """One run with its words; ``counts`` says whether it stored anything to count."""

    run: ImportRun
    url: str
    state: str
    icon: str
    tone: str
    counts: bool


@login_required
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """List runs, newest first, and sources."""
    require_right(request)
    runs = ImportRun.objects.filter(subject=ImportRun.Subject.ORGANISATIONS)
    runs = runs.select_related("source", "made_by").order_by("-made_at", "-pk")
    page: Page[Any] = Paginator(runs, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = [_lists_row(run) for run in page.object_list]
    sources = ImportSource.objects.annotate(n_records=Count("records")).order_by("name", "pk")
    context = {
        "page": page,
        "sources": list(sources[:MOST_SOURCES]),
        "heads": {name: label_of(ImportSource, name) for name in ("name", "licence")},
        "n_proposals": open_proposals().count(),
        "crumbs": crumbs(),
    }
    return render(request, "workspace/imports/list.html", context)


def _lists_row(run: ImportRun) -> RunRow:
    icon, tone = LOOKS[ImportRun.State(run.state)]
    url = reverse("workspace:import-run", args=[run.pk])
    return RunRow(run, url, run.get_state_display(), icon, tone, run.state in STORED)


# --- What lists say differently from people: taken over or refused, one by one --------------------


@dataclass(frozen=True)
class ProposalRow:
    """One field with what is there and what the list says, in words."""

    proposal: FieldProposal
    id: str
    label: str
    now: str
    says: str
    url: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: SignedInRequest) -> HttpResponse:
    """List what waits; a button takes it over or refuses it."""
    require_right(request)
    if request.method == "POST":
        return _decide(request)
    page: Page[Any] = Paginator(open_proposals(), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = [_proposals_row(proposal) for proposal in page.object_list]
    context = {"page": page, "crumbs": crumbs(Crumb(_("What lists say differently")))}
    return render(request, "workspace/imports/proposals.html", context)


def _decide(request: SignedInRequest) -> HttpResponse:
    number = request.POST.get("proposal", "")
    related = FieldProposal.objects.select_related("organisation", "run__source")
    proposal = related.filter(pk=number if number.isdecimal() else 0).first()
    wants = {"take": take_proposal, "refuse": refuse_proposal}.get(request.POST.get("do", ""))
    if proposal is not None and wants is not None:
        try:
            wants(proposal, by=request.user, now=timezone.now())
        except AlpClustersError as error:
            messages.error(request, placed_sentence(error))
        else:
            messages.success(request, _("Saved"))
    return redirect("workspace:import-proposals")


def _proposals_row(proposal: FieldProposal) -> ProposalRow:
    field = proposal.field
    return ProposalRow(
        proposal,
        str(proposal.pk),
        label_of(Organisation, field),
        _shown(field, getattr(proposal.organisation, field)),
        _shown(field, proposal.value),
        reverse("public:organisation", args=[proposal.organisation_id]),
    )


def _shown(name: str, value: Any) -> str:
    """Return a value as people read it: the words of a choice, else as it is."""
    choices = dict(getattr(Organisation._meta.get_field(name), "flatchoices", ()))
    return "" if value is None else str(choices.get(value, value))


# --- The first step: a file comes in, is looked at, kept for a while, and gets a run --------------


# --- Where an uploaded list lies: a folder with a name drawn by chance, under no address ----------


MEGABYTE: Final = 1_000_000
# What a form puts around a file.
AROUND: Final = 50_000
# Endings tell readers nothing, but people who look into the folder.
_ENDINGS: Final = {".csv", ".tsv", ".txt", ".xlsx", ".zip"}


def largest_upload() -> int:
    """Return the bytes a list may have."""
    return settings.CONFIGURATION.import_mb * MEGABYTE


def store_upload(upload: "UploadedFile[Any]") -> Path:
    """Write an upload block by block into a folder of its own; return the file."""
    folder = imports_folder(settings.HOME) / secrets.token_urlsafe(16)
    folder.mkdir(parents=True, mode=0o700)
    ending = PurePosixPath(upload.name or "").suffix.lower()
    path = folder / f"list{ending if ending in _ENDINGS else ''}"
    path.touch(mode=0o600)
    with path.open("wb") as file:
        file.writelines(_blocks(upload))
    return path


def discard(path: Path) -> None:
    """Throw away an upload that could not be read."""
    shutil.rmtree(path.parent, ignore_errors=True)


def key_for(name: str) -> str:
    """Return a key for a new source that no other has."""
    stem = slugify(name)[:40] or "list"
    taken = set(ImportSource.objects.filter(key__startswith=stem).values_list("key", flat=True))
    numbered = (f"{stem}-{n}" for n in range(2, len(taken) + 3))
    return next(key for key in (stem, *numbered) if key not in taken)


def _blocks(upload: "UploadedFile[Any]") -> Iterable[bytes]:
    return upload.chunks()


# --- What a person says about a list before it is read: the file, and whose list it is ------------


NEW: Final = "new"
ACCEPT: Final = ".csv,.tsv,.txt,.xlsx,.zip"


class UploadForm(forms.Form):
    """The file, and a source that is known or named now."""

    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.ClearableFileInput(attrs={"accept": ACCEPT})
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Whose list is it?"),
        help_text=gettext_lazy(
            "The same list again under the same source changes what is there and makes nothing "
            "twice."
        ),
    )
    name = input_of(
        ImportSource, "name", label=gettext_lazy("Name of the new source"), required=False
    )
    licence = input_of(ImportSource, "licence")
    address = input_of(ImportSource, "address", assume_scheme="https")
    is_public = input_of(ImportSource, "is_public")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(s.key, s.name) for s in ImportSource.objects.order_by("name", "pk")]
        source: Any = self.fields["source"]
        source.choices = [*known, (NEW, _("A new source"))]
        source.initial = known[0][0] if known else NEW
        self.fields["file"].help_text = _(
            "CSV, TSV or XLSX with the names of the columns in one line; at most %(size)s MB."
        ) % {"size": figure(settings.CONFIGURATION.import_mb)}

    def clean(self) -> dict[str, Any]:
        """Ask for the name of a new source."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("source") == NEW and not data.get("name"):
            self.add_error(
                "name", ValidationError(_("Name the source, or choose one that is known."))
            )
        return data


# --- The first step: a file comes in, is looked at, and gets a run --------------------------------


TOO_LARGE: Final = 413


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: SignedInRequest) -> HttpResponse:
    """Ask for a list; one that cannot be read is refused with the reason and thrown away."""
    require_right(request)
    if request.method != "POST":
        return _show(request, UploadForm())
    if _declared_size(request) > largest_upload() + AROUND:
        form = UploadForm({}, {})
        form.is_valid()
        form.errors.clear()
        return _too_large(request, form)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, status=UNPROCESSABLE)
    if form.cleaned_data["file"].size > largest_upload():
        return _too_large(request, form)
    return _take(request, form)


def _take(request: SignedInRequest, form: UploadForm) -> HttpResponse:
    upload = form.cleaned_data["file"]
    path = store_upload(upload)
    try:
        run = _run_for(path, form, request)
    except AlpClustersError as error:
        discard(path)
        form.add_error("file", placed_sentence(error))
        return _show(request, form, status=UNPROCESSABLE)
    except BaseException:
        discard(path)
        raise
    return redirect("workspace:import-columns", pk=run.pk)


def _run_for(path: Path, form: UploadForm, request: SignedInRequest) -> ImportRun:
    """Look at the file before its source is made: a file that is none leaves nothing."""
    data = form.cleaned_data
    name = PurePath(data["file"].name).name
    preview = read_preview(path, name=name)
    with transaction.atomic():
        language = nearest_language(get_language())
        return begin_upload(
            _source(data), path, preview, name=name, language=language, by=request.user
        )


def _source(data: dict[str, Any]) -> ImportSource:
    if data["source"] != NEW:
        return ImportSource.objects.get(key=data["source"])
    told = {column.name: data[column.name] for column in fields_of(ImportSource)}
    return ImportSource.objects.create(key=key_for(data["name"]), **told)


def _declared_size(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0


def _too_large(request: HttpRequest, form: UploadForm) -> HttpResponse:
    form.add_error("file", _too_large_words())
    return _show(request, form, status=TOO_LARGE)


def _too_large_words() -> str:
    text = _("The file is larger than %(size)s MB. Split it, or import it on the server.")
    return text % {"size": figure(settings.CONFIGURATION.import_mb)}


def _show(request: HttpRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "most": largest_upload(),
        "too_large": _too_large_words(),
        "days": settings.CONFIGURATION.import_days,
        **frame(
            "file",
            title=_("Import a list"),
            lead=_(
                "A table with one organisation a row. Nothing is stored before you have seen it."
            ),
        ),
    }
    return render(request, "workspace/imports/new.html", context, status=status)
