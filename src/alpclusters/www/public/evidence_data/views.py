"""The whole evidence base as one file, and the page about it."""

from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.domain.archive.keeping import ensure_package, kept_package
from alpclusters.www.public.evidence_data.citations import sent_citation
from alpclusters.www.public.evidence_data.exports import PIECE, streamed
from alpclusters.www.public.evidence_data.pages import package_citation, read_page, site_address


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Explain the data package."""
    context = {"page": read_page(now=timezone.now()), "section": "evidence"}
    return render(request, "public/evidence_data/page.html", context)


@require_safe
def archive(request: HttpRequest) -> HttpResponseBase:
    """Send the data package; it is made now if the content has changed."""
    kept = ensure_package(site_address(), now=timezone.now())
    tag = f'"{kept.digest}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    name = f"alpclusters-evidence-{kept.package.version}.zip"
    response = streamed(request, _pieces(kept.path), name, "application/zip")
    response["Content-Length"] = str(kept.n_bytes)
    response["ETag"] = tag
    return response


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


@require_safe
def citation(request: HttpRequest, kind: str) -> HttpResponse:  # noqa: ARG001 - the same for all
    """Send how the data package is cited."""
    kept = kept_package(site_address(), now=timezone.now())
    return sent_citation(package_citation(kept), kind)
