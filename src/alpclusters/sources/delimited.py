"""Records of delimited text: a mark that is never closed costs one line, not the rest."""

import csv
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, Self

from alpclusters.sources.csv_tables import DELIMITERS, FIELD_LIMIT

RECORD_LINES: Final = 200
RECORD_LENGTH: Final = 4_000_000


class Record(NamedTuple):
    """One record of a text.

    Attributes
    ----------
    line : int
        1-based physical line on which it starts.
    cells : list of str or None
        None for a record that cannot be read.
    raw : str
        The line as it stands, where there are no cells; else empty.
    """

    line: int
    cells: list[str] | None
    raw: str = ""


def sniff_delimiter(lines: Sequence[str]) -> str:
    r"""Return the separator that divides some lines most evenly into most fields.

    Parameters
    ----------
    lines : sequence of str
        The first ones of the file.

    Examples
    --------
    >>> sniff_delimiter(["name;town\n", "Alp, Bau;Graz\n", "Holz, Stahl, Glas;Linz\n"])
    ';'
    >>> sniff_delimiter(["name\n", "Alp\n"])
    ','
    """
    return max(DELIMITERS, key=lambda mark: _evenness(lines, mark))


def _evenness(lines: Sequence[str], mark: str) -> float:
    try:
        counts = [len(cells) for cells in csv.reader(lines, delimiter=mark) if cells]
    except csv.Error:
        return 0.0
    if not counts:
        return 0.0
    usual, n_usual = Counter(counts).most_common(1)[0]
    return (n_usual / len(counts)) ** 2 * (usual - 1)


def read_records(lines: Iterator[str], *, delimiter: str) -> Iterator[Record]:
    """Yield every record that is not blank; the first one says how many fields are usual.

    Parameters
    ----------
    lines : iterator of str
        With their ends.
    delimiter : str

    Yields
    ------
    Record
        With any number of cells: the caller decides about wrong ones.
    """
    csv.field_size_limit(FIELD_LIMIT)
    given = _Lines(lines)
    reader = csv.reader(given, delimiter=delimiter, strict=True)
    line, n_usual = 1, 0
    while (cells := _next_cells(reader)) is not None or given.taken:
        n_usual = n_usual or len(cells or ())
        if cells is None or len(cells) != n_usual:
            given.give_back()
        n_taken, raw = len(given.taken), given.taken[0] if cells is None else ""
        given.begin()
        if cells != []:
            yield Record(line, cells, raw)
        line += n_taken


def _next_cells(reader: Iterator[list[str]]) -> list[str] | None:
    """Return the next record; None at the end, or for a record that cannot be read."""
    try:
        return next(reader, None)
    except csv.Error:
        return None


class _Lines:
    """Lines that can be given back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self._length = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if len(self.taken) == RECORD_LINES or self._length > RECORD_LENGTH:
            raise StopIteration
        line = self._back.popleft() if self._back else next(self._lines)
        self.taken.append(line)
        self._length += len(line)
        return line

    def begin(self) -> None:
        """Begin a record."""
        self.taken.clear()
        self._length = 0

    def give_back(self) -> None:
        """Keep the first line of the record only."""
        self._back.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]
