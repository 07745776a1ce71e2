"""The first step: a file comes in, is looked at, and gets a run."""

from pathlib import Path, PurePath
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.actors.domain.importing import read_preview
from alpclusters.platform.actors.domain.uploads import begin_upload
from alpclusters.platform.actors.models import ImportRun, ImportSource
from alpclusters.platform.fields import fields_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.imports.access import UNPROCESSABLE, figure, frame, require_right
from alpclusters.www.workspace.imports.forms import NEW, UploadForm
from alpclusters.www.workspace.imports.storing import (
    AROUND,
    discard,
    key_for,
    largest_upload,
    store_upload,
)
from alpclusters.www.workspace.sentences import placed_sentence

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
