"""The reports of a run as files, for those who may import."""

from pathlib import Path
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.importing import folder_of
from alpclusters.platform.actors.models import ImportRun
from alpclusters.www.workspace.imports.access import own_run

NAMES: Final = ("accepted", "rejected")


@login_required
@require_safe
def import_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Hand out a report; it is nobody's page and is never shown in the browser."""
    run = own_run(request, pk)
    path = report_path(run, name)
    if path is None:
        raise Http404
    shown = f"{slugify(run.source.key)}-{run.pk}-{name}.csv"
    # Not streamed: behind an asynchronous server Django would gather the blocks anyway, and warn.
    response = HttpResponse(path.read_bytes(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, shown)  # noqa: FBT003
    return response


def report_path(run: ImportRun, name: str) -> Path | None:
    """Return where a report of the last work lies, if it lies there."""
    if name not in NAMES:
        return None
    path = folder_of(run) / f"{name}.csv"
    return path if path.is_file() else None
