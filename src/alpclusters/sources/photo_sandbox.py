"""The child that walks through a foreign photo: limits, the file, a JSON line and the bytes."""

import json
import sys

from alpclusters.sources.sandbox import limit_process


def main() -> None:
    """Read a photo from standard input; write its size as a JSON line, then the clean picture."""
    limit_process()
    from alpclusters.sources.jpeg import JpegError, clean_jpeg  # noqa: PLC0415 - after the limits

    out = sys.stdout.buffer
    try:
        picture = clean_jpeg(sys.stdin.buffer.read())
    except JpegError as error:
        out.write(json.dumps({"code": error.code, "found": error.found}).encode() + b"\n")
        return
    head = {"code": "", "width": picture.width, "height": picture.height}
    out.write(json.dumps(head).encode() + b"\n" + picture.data)
