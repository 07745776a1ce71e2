"""The lists about a run as files, for those who may import."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.importing import folder_of
from alpclusters.www.workspace.initiative_imports.access import own_run

NAMES = ("accepted", "rejected", "partners")


@login_required
@require_safe
def initiative_import_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Hand out a list; it is nobody's page and is never shown in the browser."""
    run = own_run(request, pk)
    path = folder_of(run) / f"{name}.csv"
    if name not in NAMES or not path.is_file():
        raise Http404
    shown = f"{slugify(run.source.key)}-{run.pk}-{name}.csv"
    # Not streamed: behind an asynchronous server Django would gather the blocks anyway, and warn.
    response = HttpResponse(path.read_bytes(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, shown)  # noqa: FBT003
    return response
