"""Logos: a picture from outside, decoded in a child with limits and drawn anew as PNG."""

import json
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources.children import run_child
from alpclusters.sources.jpeg import MAX_SIDE
from alpclusters.sources.logo_sandbox import MOST_INPUT

MAX_BYTES: Final = MOST_INPUT


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as it is kept: pixels with transparency, nothing else of the file.

    Attributes
    ----------
    large, small : bytes
        PNG files that fit into 640 x 320 and 192 x 96 pixels.
    """

    large: bytes
    small: bytes


def read_logo(data: bytes) -> Logo:
    """Draw a logo anew.

    Parameters
    ----------
    data : bytes
        PNG, JPEG or WebP, at most 2 MB and 4,000 pixels a side.

    Raises
    ------
    FileFormatError
        ``photo.too_many_bytes``, ``photo.too_large``, ``logo.svg``, ``logo.unknown_kind``,
        ``logo.moving``, ``logo.broken``.
    """
    if len(data) > MAX_BYTES:
        code = "photo.too_many_bytes"
        raise FileFormatError(code, found=str(len(data)), expected=str(MAX_BYTES))
    head, _, pictures = run_child("logo_sandbox", data).partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError as error:
        code = "logo.broken"
        raise FileFormatError(code) from error
    if told["code"]:
        raise FileFormatError(told["code"], found=told["found"] or None, expected=str(MAX_SIDE))
    return Logo(pictures[: told["n_large"]], pictures[told["n_large"] :])
