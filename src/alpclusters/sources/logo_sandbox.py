"""The child that draws a foreign logo anew: limits, the file, a JSON line and two PNG files."""

import json
import sys
from pathlib import Path
from typing import Final

from alpclusters.sources.sandbox import limit_process

MOST_INPUT: Final = 2_000_000
LARGE: Final = (640, 320)
SMALL: Final = (192, 96)
# The page is as large as the picture. A photo may lie on its side: then its sides are swapped.
_PAGE: Final = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#context {{
  let logo = image.with("logo", format: "{kind}")
  let found = measure(logo())
  let is_turned = (found.width > found.height) != ({wide} > {high})
  let (w, h) = if is_turned and {wide} != {high} {{ {turned} }} else {{ {straight} }}
  logo(width: w * 1pt, height: h * 1pt, fit: "stretch")
}}"""


def main() -> None:
    """Read a logo from standard input; write what is wrong, or its two sizes."""
    limit_process(most_file_bytes=MOST_INPUT)
    from alpclusters.sources.png import PictureError  # noqa: PLC0415 - after the limits

    out = sys.stdout.buffer
    try:
        large, small = draw(sys.stdin.buffer.read())
    except PictureError as error:
        out.write(json.dumps({"code": error.code, "found": error.found}).encode() + b"\n")
        return
    out.write(json.dumps({"code": "", "n_large": len(large)}).encode() + b"\n" + large + small)


def draw(data: bytes) -> tuple[bytes, bytes]:
    """Decode a picture and draw it in both sizes; writes into the current folder."""
    from alpclusters.sources.picture_kinds import walk  # noqa: PLC0415 - after the limits

    picture = walk(data)
    Path("logo").write_bytes(picture.data)
    sides = (picture.width, picture.height)
    large, small = (_drawn(picture.kind, sides, box) for box in (LARGE, SMALL))
    return large, small


def _drawn(kind: str, sides: tuple[int, int], box: tuple[int, int]) -> bytes:
    import typst

    from alpclusters.sources.png import PictureError  # noqa: PLC0415 - after the limits

    wide, high = sides
    page = _PAGE.format(
        kind=kind,
        wide=wide,
        high=high,
        straight=_fitted((wide, high), box),
        turned=_fitted((high, wide), box),
    )
    Path("page.typ").write_text(page, encoding="utf-8")
    try:
        found = typst.compile(
            "page.typ", root=".", format="png", ppi=72.0, ignore_system_fonts=True
        )
    except typst.TypstError as error:
        raise PictureError("logo.broken") from error
    if not isinstance(found, bytes):
        raise PictureError("logo.broken")
    return found


def _fitted(sides: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    """Make a picture fit into a box, never larger than it is."""
    scale = min(1.0, *(most / side for most, side in zip(box, sides, strict=True)))
    wide, high = (max(1, round(side * scale)) for side in sides)
    return wide, high
