"""Pictures of pages: drawn when somebody asks for one, then kept for a while."""

import os
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import FileFormatError
from alpclusters.platform.evidence.domain.documents.files import (
    file_path,
    kind_of_file,
    pictures_folder,
)
from alpclusters.platform.evidence.models import Document
from alpclusters.sources.written_documents import draw_page

# A page that cannot be drawn is not tried again with each request.
_FAILED: Final = ".none"


def has_pictures(document: Document) -> bool:
    """Say whether the pages of a document can be drawn."""
    return kind_of_file(document) == "pdf" and document.state == Document.State.READ


def page_picture(document: Document, number: int) -> Path | None:
    """Return the PNG of a page, drawn now or before; None where there is none."""
    path = file_path(document)
    if path is None or not has_pictures(document) or not 1 <= number <= document.n_pages:
        return None
    kept = pictures_folder() / document.digest / f"{number}.png"
    if kept.is_file():
        os.utime(kept)
        return kept
    if kept.with_suffix(_FAILED).is_file():
        return None
    return _drawn(path, document, number, kept)


def _drawn(path: Path, document: Document, number: int, kept: Path) -> Path | None:
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        picture = draw_page(path, number, name=document.file_name)
    except FileFormatError:
        kept.with_suffix(_FAILED).touch(mode=0o600)
        return None
    fresh = kept.with_name(f".{number}.{os.getpid()}.new")
    fresh.write_bytes(picture.data)
    fresh.chmod(0o600)
    fresh.replace(kept)
    return kept
