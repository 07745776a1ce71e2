"""An upload on its way: too large ones are told, the rest lies in a file for a moment."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from alpclusters.sources.written_documents import MEGABYTE, MOST_MEGABYTES

# What a form puts around a file.
AROUND: Final = 200_000
MOST_BYTES: Final = MOST_MEGABYTES * MEGABYTE


def is_too_large(request: HttpRequest) -> bool:
    """Say whether what comes in is announced as larger than a document may be."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return text.isdecimal() and int(text) > MOST_BYTES + AROUND


@contextmanager
def lying_at(upload: "UploadedFile[Any]") -> Iterator[Path]:
    """Write an upload block by block to a place of its own, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "upload")
        with path.open("wb") as file:
            file.writelines(upload.chunks())
        yield path
