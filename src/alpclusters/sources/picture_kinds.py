"""Which kind of picture a file is, by what it holds and not by its name."""

from typing import Final

from alpclusters.sources.jpeg import JpegError, clean_jpeg
from alpclusters.sources.png import SIGNATURE, PictureError, Walked, walk_png
from alpclusters.sources.webp import is_webp, walk_webp

_JPEG: Final = b"\xff\xd8"
_FIRST: Final = 1000


def walk(data: bytes) -> Walked:
    """Walk through a PNG, JPEG or WebP file.

    Raises
    ------
    PictureError
        ``logo.svg``, ``logo.unknown_kind``, ``logo.broken``, ``logo.moving``,
        ``photo.too_large``.
    """
    if data.startswith(SIGNATURE):
        return walk_png(data)
    if data.startswith(_JPEG):
        return _walk_jpeg(data)
    if is_webp(data):
        return walk_webp(data)
    raise PictureError("logo.svg" if b"<svg" in data[:_FIRST].lower() else "logo.unknown_kind")


def _walk_jpeg(data: bytes) -> Walked:
    """Look through a JPEG; it is drawn as it came, because it may say that it lies on its side."""
    try:
        looked = clean_jpeg(data)
    except JpegError as error:
        is_large = error.code == "photo.too_large"
        raise PictureError(error.code if is_large else "logo.broken", error.found) from error
    return Walked("jpg", data, looked.width, looked.height)
