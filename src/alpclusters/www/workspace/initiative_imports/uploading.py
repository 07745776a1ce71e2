"""The first step: a file of projects comes in, is recognised, and gets a run."""

from pathlib import Path, PurePath
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.actors.models import ImportRun, ImportSource
from alpclusters.platform.evidence.domain.importing import (
    ProjectChoices,
    ensure_project_source,
    start_run,
)
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.sources.project_sources import TABLE, guess_kind
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.imports.access import figure
from alpclusters.www.workspace.imports.storing import (
    AROUND,
    discard,
    largest_upload,
    store_upload,
)
from alpclusters.www.workspace.initiative_imports import jobs
from alpclusters.www.workspace.initiative_imports.access import (
    UNPROCESSABLE,
    frame,
    require_right,
)
from alpclusters.www.workspace.initiative_imports.forms import AUTO, UploadForm
from alpclusters.www.workspace.sentences import placed_sentence

TOO_LARGE: Final = 413


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_import_new(request: SignedInRequest) -> HttpResponse:
    """Ask for a file; one that cannot be read is refused with the reason and thrown away."""
    require_right(request)
    if request.method != "POST":
        return _show(request, UploadForm())
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if declared.isdecimal() and int(declared) > largest_upload() + AROUND:
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
    path = store_upload(form.cleaned_data["file"])
    try:
        run = _run_for(path, form, request)
    except AlpClustersError as error:
        discard(path)
        form.add_error("file", placed_sentence(error))
        return _show(request, form, status=UNPROCESSABLE)
    except BaseException:
        discard(path)
        raise
    jobs.begin(run.pk, jobs.READ)
    return redirect("workspace:initiative-import-run", pk=run.pk)


def _run_for(path: Path, form: UploadForm, request: SignedInRequest) -> ImportRun:
    """Look at the file before its source is made: a file that is none leaves nothing."""
    data = form.cleaned_data
    name = PurePath(data["file"].name).name
    kind = data["kind"] if data["kind"] != AUTO else guess_kind(path)
    choices = ProjectChoices(
        kind=kind,
        language=nearest_language(get_language()),
        is_published=data["is_published"],
    )
    with transaction.atomic():
        return start_run(_source(kind, name), path, name=name, by=request.user, choices=choices)


def _source(kind: str, name: str) -> ImportSource:
    if kind != TABLE:
        return ensure_project_source(kind)
    stem = PurePath(name).stem
    return ensure_project_source(kind, key=slugify(stem)[:50] or "list", name=stem)


def _too_large(request: HttpRequest, form: UploadForm) -> HttpResponse:
    form.add_error("file", _too_large_words())
    return _show(request, form, status=TOO_LARGE)


def _too_large_words() -> str:
    text = _("The file is larger than %(size)s MB. Split it, or import it on the server.")
    return text % {"size": figure(settings.CONFIGURATION.import_mb)}


def _show(request: HttpRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "most": largest_upload(),
        "too_large": _too_large_words(),
        "days": settings.CONFIGURATION.import_days,
        **frame(
            "file",
            title=_("Import projects"),
            lead=_(
                "Earlier projects from CORDIS, keep.eu, Kohesio or a table of your own. You look "
                "through them first and choose."
            ),
        ),
    }
    return render(request, "workspace/initiative_imports/new.html", context, status=status)
