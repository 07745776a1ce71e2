"""Tables of official statistics by region and year, as Eurostat offers them for download."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.sources.children import ChildError, read_with_child
from alpclusters.sources.texts import check_file

MAX_BYTES: Final = 10_000_000
WALL_CLOCK_S: Final = 20
# Names of the whole among the values of a dimension, in the order in which they are preferred.
WHOLE: Final = ("TOTAL", "T", "_T", "Y_GE15", "NR", "THS", "THS_PER", "A")
_FILE: Final = re.compile(r"(?:estat_)?([a-z][a-z0-9_]*?)(?:_[a-z]{2})?\.(?:tsv|csv|json)(?:\.gz)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell; ``value`` is None where the office gives none, ``flag`` says how sure it is."""

    value: float | None
    flag: str


@dataclass(frozen=True, slots=True)
class StatisticsTable:
    """What a table says of the wanted places.

    Attributes
    ----------
    dataset : str
        The code of the table in small letters, empty where it is not known.
    dimensions : tuple of str
        Besides place and time, in the order of the table.
    cells : mapping
        Figures by the values of the dimensions, place and year.
    """

    dataset: str
    dimensions: tuple[str, ...]
    cells: Mapping[tuple[tuple[str, ...], str, str], Figure]

    @property
    def years(self) -> list[str]:
        """Years, the newest first."""
        return sorted({year for _key, _geo, year in self.cells}, reverse=True)

    @property
    def choices(self) -> dict[str, list[str]]:
        """Per dimension its values, those that stand for the whole first."""
        return {
            name: sorted({key[place] for key, _geo, _year in self.cells}, key=_preference)
            for place, name in enumerate(self.dimensions)
        }

    def figures(self, year: str, chosen: Mapping[str, str]) -> dict[str, Figure]:
        """Return the figures of a year by place, of one value in every dimension."""
        wanted = tuple(chosen[name] for name in self.dimensions)
        return {
            geo: figure
            for (key, geo, when), figure in self.cells.items()
            if key == wanted and when == year
        }

    def as_text(self) -> str:
        """Return the table in the layout with years across: `read_statistics` reads it again."""
        years = self.years
        rows = {(key, geo): [": "] * len(years) for key, geo, _year in self.cells}
        for (key, geo, year), figure in self.cells.items():
            value = ":" if figure.value is None else f"{figure.value:.12g}"
            rows[key, geo][years.index(year)] = f"{value} {figure.flag}"
        head = ",".join((*self.dimensions, "geo\\TIME_PERIOD"))
        lines = [",".join((*key, geo)) + "\t" + "\t".join(row) for (key, geo), row in rows.items()]
        return "\n".join(("\t".join((head, *years)), *lines, ""))


def read_statistics(path: Path, *, name: str, wanted: Iterable[str]) -> StatisticsTable:
    """Read SDMX CSV, JSON-stat or the older layout with years across, packed by gzip or not.

    Parameters
    ----------
    path : Path
        At most 10 MB; read in a process with limits.
    name : str
        How errors call it; ``estat_demo_r_d2jan.tsv.gz`` tells the code of the table.
    wanted : iterable of str
        Codes of places: these are kept, and what lies within those that the table lacks.

    Raises
    ------
    FileFormatError
        Missing, too large, of another kind, with nothing of these places, or with so much that
        it cannot be chosen from.
    """
    check_file(path, max_bytes=MAX_BYTES)
    where = Where(file=name)
    try:
        said = read_with_child(
            "statistics_sandbox", path, ",".join(wanted), wall_clock_s=WALL_CLOCK_S
        )
        answer = json.loads(said)
    except (ChildError, ValueError) as error:
        raise FileFormatError("statistics.unreadable", where=where) from error
    if "error" in answer:
        raise FileFormatError(answer["error"], where=where)
    if not answer["cells"]:
        raise FileFormatError("statistics.nothing_here", where=where)
    return StatisticsTable(
        answer["dataset"] or _dataset_of(name),
        tuple(answer["dimensions"]),
        {
            (tuple(key), geo, year): Figure(value, flag)
            for key, geo, year, value, flag in answer["cells"]
        },
    )


def _dataset_of(name: str) -> str:
    found = _FILE.fullmatch(name.casefold())
    return found[1] if found else ""


def _preference(value: str) -> tuple[int, str]:
    return (WHOLE.index(value) if value in WHOLE else len(WHOLE), value)
