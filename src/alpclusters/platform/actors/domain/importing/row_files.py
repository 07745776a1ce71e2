"""accepted.csv and rejected.csv: written chunk by chunk, cut back when an import goes on."""

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Final, Self

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.actors.domain.importing.outcomes import Fate
from alpclusters.platform.actors.domain.importing.phrases import reason, sentences

ACCEPTED: Final = "accepted.csv"
REJECTED: Final = "rejected.csv"
REPORT: Final = "report.json"
_MARK: Final = b"\xef\xbb\xbf"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class RowFiles(AbstractContextManager["RowFiles"]):
    """The two lists of one import.

    Parameters
    ----------
    folder : Path
        Made if it is missing.
    header, accepted_header : sequence of str
        Heads of the columns of the file.
    language : str
        Of reasons and notes.
    sizes : mapping of str to int
        Bytes of each list that belong to stored rows; empty begins anew.

    Raises
    ------
    SetupError
        The folder cannot be written.
    """

    def __init__(
        self,
        folder: Path,
        *,
        header: Sequence[str],
        accepted_header: Sequence[str],
        language: str,
        sizes: Mapping[str, int],
    ) -> None:
        self._language = language
        self._n_columns = {ACCEPTED: len(accepted_header), REJECTED: len(header)}
        heads = {
            ACCEPTED: _heads(accepted_header, ("line", "outcome", "notes")),
            REJECTED: _heads(header, ("line", "field", "reason")),
        }
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._files = {
                name: _opened(folder / name, head, sizes.get(name)) for name, head in heads.items()
            }
        except OSError as error:
            code, values = "import.folder", {"path": str(folder), "found": error.strerror or ""}
            raise SetupError(code, values=values) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        for file in self._files.values():
            file.close()

    def write(self, fates: Iterable[Fate]) -> None:
        """Add some rows."""
        lines: dict[str, list[list[str]]] = {ACCEPTED: [], REJECTED: []}
        for fate in fates:
            name = REJECTED if fate.draft is None else ACCEPTED
            lines[name].append(self._line(fate))
        for name, rows in lines.items():
            self._files[name].write(_as_csv(rows))

    def sizes(self) -> dict[str, int]:
        """Return the bytes written so far, which are then on the disk."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
        return {name: file.tell() for name, file in self._files.items()}

    def _line(self, fate: Fate) -> list[str]:
        if fate.draft is not None:
            cells = _filled(fate.draft.cells, self._n_columns[ACCEPTED])
            told = " ".join(sentences(fate.notes, self._language))
            return [*cells, str(fate.line), fate.outcome.value, told]
        if fate.error is None:
            raise ValueError("a rejected row has an error")
        cells = _filled(fate.error.cells, self._n_columns[REJECTED])
        where = fate.error.where
        place = where.field or where.column or ""
        return [*cells, str(fate.line), place, reason(fate.error, self._language)]


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> guarded("=1+1"), guarded("Alp")
    ("'=1+1", 'Alp')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _heads(header: Sequence[str], own: Sequence[str]) -> list[str]:
    """Put our columns after those of the file, under names that are free."""
    taken = set(header)
    return [*header, *(f"{name} (AlpClusters)" if name in taken else name for name in own)]


def _filled(cells: Sequence[str], n: int) -> list[str]:
    """Fill a row that is too short; one that is too long keeps its end in its last column."""
    if len(cells) > n > 0:
        return [*cells[: n - 1], " | ".join(cells[n - 1 :])]
    return [*cells, *[""] * (n - len(cells))]


def _opened(path: Path, heads: Sequence[str], size: int | None) -> IO[bytes]:
    if size is not None and path.exists() and path.stat().st_size >= size:
        file = path.open("r+b")
        file.truncate(size)
        file.seek(size)
        return file
    new = path.open("wb")
    new.write(_MARK + _as_csv([list(heads)]))
    return new


def _as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", "surrogatepass")
