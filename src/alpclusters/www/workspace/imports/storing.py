"""Where an uploaded list lies: a folder with a name drawn by chance, under no address."""

import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify

from alpclusters.platform.actors.models import ImportSource
from alpclusters.platform.operation.tidying import imports_folder

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
