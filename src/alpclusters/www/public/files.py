"""The file of a document and pictures of its pages, for those who may read it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.domain.documents.files import (
    file_path,
    kind_of_file,
    page_picture,
)
from alpclusters.platform.evidence.models import Document
from alpclusters.platform.evidence.rules import visible_documents

PIECE: Final = 262_144
CONTENT_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}
# A licence may be taken back: nobody keeps a file for longer than a day.
PUBLIC: Final = "public, max-age=86400"
PRIVATE: Final = "private, max-age=86400"


@require_safe
def source_file(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """Send the file of a document to be stored; a browser never opens it as a page of ours."""
    document = _readable(request, key)
    path, kind = file_path(document), kind_of_file(document)
    if path is None or kind is None:
        raise Http404
    parts = _pieces(path)
    response = StreamingHttpResponse(
        _one_by_one(parts) if isinstance(request, ASGIRequest) else parts,
        content_type=CONTENT_TYPES[kind],
    )
    name = f"{document.key}.{kind}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003
    response.headers["Content-Length"] = str(path.stat().st_size)
    _guard(response, document)
    return response


@require_safe
def source_page(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Send the picture of a page."""
    document = _readable(request, key)
    path = page_picture(document, number)
    if path is None:
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="image/png")
    response.headers["Content-Disposition"] = f'inline; filename="page-{number}.png"'
    _guard(response, document)
    return response


def _readable(request: HttpRequest, key: str) -> Document:
    document = get_object_or_404(visible_documents(request.user), key=key)
    if not request.user.has_perm("evidence.read_file", document):
        raise Http404
    return document


def _guard(response: HttpResponse | StreamingHttpResponse, document: Document) -> None:
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = PUBLIC if document.is_open else PRIVATE


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


async def _one_by_one(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Hand on pieces as they are read, also where Django runs asynchronously."""
    while piece := await sync_to_async(lambda: next(parts, b""))():
        yield piece


urlpatterns = [
    path("sources/<slug:key>/file/", source_file, name="source-file"),
    path("sources/<slug:key>/page-<int:number>.png", source_page, name="source-page"),
]
