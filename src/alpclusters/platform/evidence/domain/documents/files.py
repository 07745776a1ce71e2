"""Where the files of documents lie: named by what they hold, below the data folder.

Two documents with the same bytes would share a file; therefore a file is never changed, and goes
when no document names it any more. Pictures of pages can be drawn again: they are no part of a
backup.
"""

import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from alpclusters.analysis.errors import FileFormatError
from alpclusters.platform.evidence.models import Document, Quotation
from alpclusters.platform.files import file_digest
from alpclusters.sources.written_documents import Kind, draw_page

FOLDER: Final = "documents"
# An upload may be stored while its document is being saved.
UNUSED_FOR: Final = timedelta(days=1)
PICTURES_KEPT_FOR: Final = timedelta(days=30)
_NAME: Final = re.compile(r"documents/([0-9a-f]{64})\.(pdf|docx|txt)")


def keep_file(path: Path, kind: Kind) -> tuple[str, str]:
    """Copy a file below the data folder; return its name there and its SHA-256."""
    digest = file_digest(path)
    name = f"{FOLDER}/{digest}.{kind}"
    target = Path(settings.MEDIA_ROOT, name)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    shutil.copyfile(path, fresh)
    fresh.chmod(0o600)
    # Also where it is there: its age says for how long nobody has used it.
    fresh.replace(target)
    return name, digest


def file_path(document: Document) -> Path | None:
    """Return where the file of a document lies; None if it has none."""
    if not _NAME.fullmatch(document.file):
        return None
    path = Path(settings.MEDIA_ROOT, document.file)
    return path if path.is_file() else None


def kind_of_file(document: Document) -> Kind | None:
    """Return what the file of a document is; None if it has none."""
    kinds: dict[str, Kind] = {"pdf": "pdf", "docx": "docx", "txt": "txt"}
    found = _NAME.fullmatch(document.file)
    return kinds[found[2]] if found else None


def pictures_folder() -> Path:
    """Return where the pictures of pages lie."""
    return Path(settings.HOME, "cache", "page-pictures")


def drop_file(name: str) -> None:
    """Delete a file, with its pictures, that no document names any more."""
    found = _NAME.fullmatch(name)
    if found is None or Document.objects.filter(file=name).exists():
        return
    Path(settings.MEDIA_ROOT, name).unlink(missing_ok=True)
    shutil.rmtree(pictures_folder() / found[1], ignore_errors=True)


def drop_unused_files(now: datetime) -> int:
    """Delete files no document names, and pictures nobody asked for; return how many."""
    folder = Path(settings.MEDIA_ROOT, FOLDER)
    old = _older(folder, "*", now - UNUSED_FOR)
    used = set(Document.objects.exclude(file="").values_list("file", flat=True)) if old else set()
    unused = [path for path in old if f"{FOLDER}/{path.name}" not in used]
    stale = _older(pictures_folder(), "*/*", now - PICTURES_KEPT_FOR)
    for path in (*unused, *stale):
        path.unlink(missing_ok=True)
    return len(unused) + len(stale)


def _older(folder: Path, pattern: str, limit: datetime) -> list[Path]:
    return [
        path
        for path in folder.glob(pattern)
        if path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, tz=UTC) < limit
    ]


# --- Pictures of pages: drawn when somebody asks for one, then kept for a while -------------------


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


# --- A place in a document as people write it: the printed page first, the leaf where it differs


def page_words(document: Document, number: int, label: str = "") -> str:
    """Return how a page is called.

    Parameters
    ----------
    document : Document
    number : int
        As one counts the leaves.
    label : str
        What is printed on it, if that differs.
    """
    if kind_of_file(document) in {"docx", "txt"}:
        return _("part %(n)s") % {"n": number}
    if label:
        return _("p. %(label)s (leaf %(n)s)") % {"label": label, "n": number}
    return _("p. %(n)s") % {"n": number}


def place_words(quotation: Quotation, labels: dict[int, str] | None = None) -> str:
    """Return the place of a quotation; empty where the source has no pages."""
    if quotation.page is None:
        return ""
    document, known = quotation.document, labels or {}
    start = page_words(document, quotation.page, known.get(quotation.page, ""))
    if quotation.page_end is None:
        return start
    end = page_words(document, quotation.page_end, known.get(quotation.page_end, ""))
    return _("%(start)s to %(end)s") % {"start": start, "end": end}
