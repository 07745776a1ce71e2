"""The fonts of documents and charts: where they lie, what they can print, how wide it is.

Read straight from the font files (tables ``cmap``, ``head``, ``hhea``, ``hmtx`` of OpenType), once
per process; no font library is needed for two numbers per character.
"""

import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FONT_DIR: Final = Path(__file__).resolve().parent / "fonts"
BODY: Final = "SourceSans3-Regular.ttf"
BODY_SEMIBOLD: Final = "SourceSans3-Semibold.ttf"
BODY_BOLD: Final = "SourceSans3-Bold.ttf"
BODY_ITALIC: Final = "SourceSans3-It.ttf"
DISPLAY: Final = "SchibstedGrotesk_700Bold.ttf"
EMOJI: Final = "NotoEmoji_400Regular.ttf"
_UNKNOWN_WIDTH: Final = 0.55  # of the size, for characters the font lacks
_FORMAT_SEGMENTS: Final = 4
_FORMAT_GROUPS: Final = 12
_LAST_SEGMENT: Final = 0xFFFF


@dataclass(frozen=True, slots=True)
class Face:
    """What one font file says: glyph per character, advance per glyph in units of the em."""

    glyphs: dict[int, int]
    advances: tuple[int, ...]
    units_per_em: int

    def width(self, character: str) -> float:
        """Return the advance of a character as a share of the font size."""
        glyph = self.glyphs.get(ord(character))
        if glyph is None:
            return _UNKNOWN_WIDTH
        return self.advances[min(glyph, len(self.advances) - 1)] / self.units_per_em


@cache
def load_face(name: str) -> Face:
    """Read a font file of the package's font folder."""
    data = (FONT_DIR / name).read_bytes()
    tables = _tables(data)
    units = int(struct.unpack_from(">H", data, tables["head"] + 18)[0])
    n_advances = int(struct.unpack_from(">H", data, tables["hhea"] + 34)[0])
    pairs = struct.unpack_from(f">{n_advances * 2}H", data, tables["hmtx"])
    return Face(_character_map(data, tables["cmap"]), tuple(pairs[::2]), units)


def _tables(data: bytes) -> dict[str, int]:
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4sIII", data, 12 + 16 * i) for i in range(count))
    return {tag.decode("ascii"): offset for tag, _sum, offset, _length in entries}


def _character_map(data: bytes, start: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for i in range(struct.unpack_from(">H", data, start + 2)[0]):
        offset = start + struct.unpack_from(">HHI", data, start + 4 + 8 * i)[2]
        kind = struct.unpack_from(">H", data, offset)[0]
        if kind == _FORMAT_SEGMENTS:
            found |= _segments(data, offset)
        elif kind == _FORMAT_GROUPS:
            found |= _groups(data, offset)
    return found


def _segments(data: bytes, offset: int) -> dict[int, int]:
    n = struct.unpack_from(">H", data, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{n}H", data, offset + 14)
    starts = struct.unpack_from(f">{n}H", data, offset + 16 + 2 * n)
    deltas = struct.unpack_from(f">{n}H", data, offset + 16 + 4 * n)
    base = offset + 16 + 6 * n
    ranges = struct.unpack_from(f">{n}H", data, base)
    found = {}
    for i, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, _LAST_SEGMENT - 1) + 1):
            glyph = code
            if ranges[i]:
                place = base + 2 * i + ranges[i] + 2 * (code - first)
                glyph = struct.unpack_from(">H", data, place)[0]
            if glyph:
                found[code] = (glyph + deltas[i]) % 0x10000
    return found


def _groups(data: bytes, offset: int) -> dict[int, int]:
    count = struct.unpack_from(">I", data, offset + 12)[0]
    found: dict[int, int] = {}
    for i in range(count):
        first, last, glyph = struct.unpack_from(">III", data, offset + 16 + 12 * i)
        found.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1)))  # noqa: B905 - equal by construction
    return found


def text_width(text: str, size: float, face: str = BODY) -> float:
    """Return the width of a line of text at a font size, without kerning."""
    loaded = load_face(face)
    return sum(loaded.width(character) for character in text) * size


def wrap_text(text: str, width: float, size: float, face: str = BODY) -> list[str]:
    """Break a text into lines not wider than ``width``; a word too long is cut."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, face) <= width:
            lines[-1] = joined
        else:
            lines.extend(_cut_word(word, width, size, face))
    return lines or [""]


def _cut_word(word: str, width: float, size: float, face: str) -> list[str]:
    parts, part, used = [], "", 0.0
    for character in word:
        advance = text_width(character, size, face)
        if part and used + advance > width:
            parts.append(part)
            part, used = "", 0.0
        part, used = part + character, used + advance
    return [*parts, part]
