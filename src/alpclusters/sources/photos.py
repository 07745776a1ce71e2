"""Photos of people in the hall, read in a child process with limits."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources.jpeg import MAX_SIDE, Jpeg

MAX_BYTES: Final = 2_000_000
WALL_CLOCK_S: Final = 10
# The child imports three small modules of ours, nothing else.
_START: Final = (
    "import sys; sys.path.insert(0, {root!r}); "
    "from alpclusters.sources.photo_sandbox import main; main()"
)


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
    head, _, picture = _child(data).partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError as error:
        code = "photo.not_a_jpeg"
        raise FileFormatError(code) from error
    if told["code"]:
        raise FileFormatError(told["code"], found=told["found"] or None, expected=str(MAX_SIDE))
    return Jpeg(picture, told["width"], told["height"])


def _child(data: bytes) -> bytes:
    root = str(Path(__file__).resolve().parents[2])
    with tempfile.TemporaryDirectory() as empty:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and our own program
                [sys.executable, "-I", "-c", _START.format(root=root)],
                input=data,
                capture_output=True,
                timeout=WALL_CLOCK_S,
                cwd=empty,
                env={"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", **_windows_needs()},
                close_fds=True,
                start_new_session=True,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return b""
    return done.stdout if done.returncode == 0 else b""


def _windows_needs() -> dict[str, str]:
    """Windows does not start a process without this variable."""
    root = os.environ.get("SYSTEMROOT")
    return {"SYSTEMROOT": root} if root else {}
