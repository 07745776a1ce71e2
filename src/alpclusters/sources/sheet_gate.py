"""What a workbook's own XML says before a reader may open it; runs in the child only.

The reader reserves the rectangle of the used range, so two far cells end a process: every cell's
place is looked at first. Formulas are found here too, because the reader gives their values only.
"""

import posixpath
import zipfile
from collections import defaultdict
from copy import copy
from dataclasses import dataclass, field
from typing import IO, Final
from xml.parsers import expat

MAX_ROW: Final = 500_000
MAX_COLUMN: Final = 512
MAX_CELLS: Final = 8_000_000
WORKBOOK: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"
STRINGS: Final = "xl/sharedStrings.xml"
# Text that is written once and shown in many cells: so much more than the file holds is no list.
MAX_TEXT: Final = 50_000_000
MAX_REPEATED: Final = 5
_CHUNK: Final = 1 << 18
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class GateError(Exception):
    """The workbook stays shut; the text is a stable code."""


@dataclass(slots=True)
class SheetFacts:
    """What was found in one sheet.

    Attributes
    ----------
    formulas : mapping of int to list of int
        1-based rows, 0-based columns of cells with a formula and a stored value.
    broken : mapping of int to list of int
        Of cells with an error, or a formula whose value was not stored.
    n_cells, max_row, max_column : int
    """

    formulas: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    broken: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    n_cells: int = 0
    max_row: int = 0
    max_column: int = 0


def check_sizes(archive: zipfile.ZipFile) -> int:
    """Inflate every part to see that none holds more than it declares; return the sum.

    The reader trusts no declared size, so a part that lies would unfold there.
    """
    for entry in archive.infolist():
        n_left = entry.file_size
        with archive.open(_undeclared(entry)) as stream:
            while data := stream.read(_CHUNK):
                n_left -= len(data)
                if n_left < 0:
                    raise GateError("workbook.unsafe")
    return sum(entry.file_size for entry in archive.infolist())


def _undeclared(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return an entry that is read further than it says."""
    further = copy(entry)
    further.file_size += _CHUNK
    return further


def check_text(n_written: int, n_inflated: int) -> None:
    """Refuse a sheet whose cells show far more text than the file holds."""
    if n_written > MAX_TEXT and n_written > MAX_REPEATED * n_inflated:
        raise GateError("workbook.unsafe")


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each visible sheet, in the order of the workbook."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet" and attributes.get("state", "visible") == "visible":
            place = next((v for k, v in attributes.items() if _local(k) == "id"), "")
            sheets[attributes.get("name", "")] = place

    _parse(archive, RELATIONS, relation)
    _parse(archive, WORKBOOK, sheet)
    return {name: _part(targets.get(place, "")) for name, place in sheets.items()}


def check_strings(archive: zipfile.ZipFile) -> None:
    """Look through the shared texts: no document type, hence no entities."""
    if STRINGS in archive.namelist():
        _parse(archive, STRINGS, lambda _name, _attributes: None)


def check_sheet(archive: zipfile.ZipFile, part: str) -> SheetFacts:
    """Look at the place of every cell of a sheet and gather its formulas."""
    watcher = _Watcher()
    _parse(archive, part, watcher.start, watcher)
    facts = watcher.facts
    if facts.max_row * (facts.max_column + 1) > MAX_CELLS:
        raise GateError("workbook.too_large")
    return facts


class _Watcher:
    """Follows the cells of one sheet; ends and texts are asked for inside formulas only."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self.parser: expat.XMLParserType | None = None
        self._place = (0, -1)
        self._is_broken = False
        self._has_formula = False
        self._in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See a start tag."""
        if name == "v" and not self._has_formula:
            return
        local = name if ":" not in name else _local(name)
        if local == "c":
            self._cell(attributes)
        elif local == "row":
            self._row(attributes)
        elif local == "f":
            self._formula()
        elif local in {"v", "is"}:
            self._in_value = True

    def _row(self, attributes: dict[str, str]) -> None:
        """Rows and cells without a place follow the one before."""
        place = attributes.get("r", "")
        self._place = (_row(place) if place else self._place[0] + 1, -1)

    def _cell(self, attributes: dict[str, str]) -> None:
        facts, place = self.facts, attributes.get("r", "")
        if place:
            digits = place.lstrip(_LETTERS)
            row, column = _row(digits), _column(place[: len(place) - len(digits)])
        else:
            row, column = self._place[0], self._place[1] + 1
        facts.n_cells += 1
        facts.max_row = max(facts.max_row, row)
        facts.max_column = max(facts.max_column, column)
        if row > MAX_ROW or column >= MAX_COLUMN or facts.n_cells > MAX_CELLS:
            raise GateError("workbook.too_large")
        self._place, self._has_formula = (row, column), False
        self._is_broken = attributes.get("t") == "e"
        if self._is_broken:
            facts.broken[row].append(column)

    def _formula(self) -> None:
        self._has_formula = True
        row, column = self._place
        if self._is_broken or self.parser is None:
            return
        # Without a value until one is seen.
        self.facts.broken[row].append(column)
        self.parser.CharacterDataHandler = self._text
        self.parser.EndElementHandler = self._end
        self._in_value = False

    def _text(self, text: str) -> None:
        row, column = self._place
        if self._in_value and text and self.facts.broken[row][-1:] == [column]:
            self.facts.broken[row].pop()
            self.facts.formulas[row].append(column)

    def _end(self, name: str) -> None:
        local = _local(name)
        if local in {"v", "is"}:
            self._in_value = False
        if local == "c" and self.parser is not None:
            self.parser.CharacterDataHandler = None
            self.parser.EndElementHandler = None


def _parse(
    archive: zipfile.ZipFile, part: str, start: object, watcher: _Watcher | None = None
) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start  # type: ignore[assignment]
    if watcher is not None:
        watcher.parser = parser
    try:
        with archive.open(part) as stream:
            _feed(parser, stream)
    except (KeyError, expat.ExpatError) as error:
        raise GateError("workbook.unreadable") from error


def _feed(parser: expat.XMLParserType, stream: IO[bytes]) -> None:
    while data := stream.read(_CHUNK):
        parser.Parse(data)
    parser.Parse(b"", True)  # noqa: FBT003 - the interface of expat


def _refuse_doctype(*_declared: object) -> None:
    raise GateError("workbook.unsafe")


def _part(target: str) -> str:
    bare = target.lstrip("/")
    return bare if bare.startswith("xl/") else posixpath.normpath(f"xl/{bare}")


def _row(digits: str) -> int:
    if not digits.isdecimal():
        raise GateError("workbook.unreadable")
    return int(digits[:10])


def _column(letters: str) -> int:
    if len(letters) == 1:
        return ord(letters) - 65
    column = 0
    for letter in letters[:4]:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _local(name: str) -> str:
    return name.rpartition(":")[2]
