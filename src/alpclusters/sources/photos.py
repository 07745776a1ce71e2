"""Photos of people in the hall, read in a child process with limits."""

import json
from typing import Final

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources.children import run_child
from alpclusters.sources.jpeg import MAX_SIDE, Jpeg

MAX_BYTES: Final = 2_000_000


def read_photo(data: bytes) -> Jpeg:
    """Return a photo without metadata.

    Parameters
    ----------
    data : bytes
        A JPEG file of at most 2 MB and 4,000 pixels a side.

    Raises
    ------
    FileFormatError
        ``photo.too_many_bytes``, ``photo.too_large``, ``photo.not_a_jpeg``.
    """
    if len(data) > MAX_BYTES:
        code = "photo.too_many_bytes"
        raise FileFormatError(code, found=str(len(data)), expected=str(MAX_BYTES))
    head, _, picture = run_child("photo_sandbox", data).partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError as error:
        code = "photo.not_a_jpeg"
        raise FileFormatError(code) from error
    if told["code"]:
        raise FileFormatError(told["code"], found=told["found"] or None, expected=str(MAX_SIDE))
    return Jpeg(picture, told["width"], told["height"])
