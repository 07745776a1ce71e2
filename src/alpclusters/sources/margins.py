"""Reader of margins: how large each group of a column is outside the room, with source and date."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import Where
from alpclusters.analysis.weighting.margins import SUM_TOLERANCE, MarginError
from alpclusters.sources.csv_tables import CsvTable, NotThisKindError, load_csv, normalised
from alpclusters.sources.heads import COLUMN, DATE, GROUP, SHARE, SOURCE

SOURCE_NAME: Final = "margins"
HUNDRED: Final = 100.0
_NUMBER: Final = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,12})?")
_DATE: Final = re.compile(r"[12][0-9]{3}(?:-[0-1][0-9](?:-[0-3][0-9])?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """The groups of one column.

    Attributes
    ----------
    column : str
        As written.
    shares : mapping of str to float
        Per group; they add up to 1.
    source, date : str
        Where the shares are from, and of when: a year, a month or a day.
    where : Where
        The first row of the column, for an error that is noticed later.
    """

    column: str
    shares: Mapping[str, float]
    source: str
    date: str
    where: Where

    @property
    def year(self) -> str:
        """The year of the date."""
        return self.date[:4]


def read_margins(path: Path) -> tuple[Margin, ...]:
    """Read a table of column, group, share, source, date; heads in five languages.

    Parameters
    ----------
    path : Path
        CSV. Shares of a column add up to 1, or to 100 (per cent signs are allowed).

    Returns
    -------
    tuple of Margin
        In the order of the file.

    Raises
    ------
    FileFormatError, RecordError, RecordsError
        As `load_csv`; besides an empty name or source, a share that is no number from 0 to 100,
        a date that is none, a group named twice.
    MarginError
        Shares of a column that add up to neither 1 nor 100.
    """
    table = load_csv(path, source=SOURCE_NAME, guess_western=True)
    for names in (COLUMN, GROUP, SHARE, SOURCE, DATE):
        table.column(*names)
    columns, groups, sources = (_names(table, names) for names in (COLUMN, GROUP, SOURCE))
    shares = table.converted(SHARE, _share, code="margins.not_a_share", expected="0.25")
    dates = table.converted(DATE, _date, code="margins.not_a_date", expected="2024")
    rows: dict[str, list[int]] = defaultdict(list)
    for row, column in enumerate(columns):
        rows[normalised(column)].append(row)
    for own in rows.values():
        _refuse_repeated(table, own, groups)
    return tuple(
        Margin(
            column=columns[own[0]],
            shares=_to_one(table, own, groups, shares),
            source=", ".join(dict.fromkeys(sources[row] for row in own)),
            date=max(dates[row] for row in own),
            where=_where(table, own[0], COLUMN),
        )
        for own in rows.values()
    )


def _names(table: CsvTable, names: tuple[str, ...]) -> list[str]:
    return table.converted(names, _name, code="table.empty_name", expected=names[0])


def _name(text: str) -> str:
    if not text.strip():
        raise NotThisKindError
    return text.strip()


def _share(text: str) -> float:
    bare = text.strip().removesuffix("%").strip()
    if not _NUMBER.fullmatch(bare) or float(bare.replace(",", ".")) > HUNDRED:
        raise NotThisKindError
    return float(bare.replace(",", "."))


def _date(text: str) -> str:
    if not _DATE.fullmatch(text.strip()):
        raise NotThisKindError
    return text.strip()


def _refuse_repeated(table: CsvTable, own: list[int], groups: list[str]) -> None:
    seen: set[str] = set()
    for row in own:
        name = groups[row].casefold()
        if name in seen:
            table.refuse([row], GROUP, code="table.repeated_id", expected="")
        seen.add(name)


def _to_one(
    table: CsvTable, own: list[int], groups: list[str], shares: list[float]
) -> dict[str, float]:
    total = sum(shares[row] for row in own)
    whole = next((one for one in (1.0, HUNDRED) if abs(total / one - 1) <= SUM_TOLERANCE), None)
    if whole is None:
        code = "margins.not_shares"
        raise MarginError(code, where=_where(table, own[0], SHARE), found=f"{total:g}")
    return {groups[row]: shares[row] / total for row in own}


def _where(table: CsvTable, row: int, names: tuple[str, ...]) -> Where:
    return table.where(table.place(*names) or 0, line=table.lines([row])[0])
