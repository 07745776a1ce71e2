"""Where the files of documents lie: named by what they hold, below the data folder.

Two documents with the same bytes would share a file; therefore a file is never changed, and goes
when no document names it any more. Pictures of pages can be drawn again: they are no part of a
backup.
"""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from alpclusters.platform.evidence.models import Document
from alpclusters.platform.files import file_digest
from alpclusters.sources.written_documents import Kind

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
