"""What a chart of dots says: rows in tiers, its words and its table, before it is drawn."""

from dataclasses import dataclass
from typing import Literal

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import WITHHELD, Cell, Column, Interval, Row, RowGroup, Table
from alpclusters.reports.charts.parts import shorten
from alpclusters.reports.charts.scales import Axis
from alpclusters.reports.charts.svg import unique_id
from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_n,
    format_number,
    format_percent,
    format_share_interval,
    needed_decimals,
)


@dataclass(frozen=True, slots=True)
class DotRow:
    """One measure: estimate, ends of its interval, people behind it, share of "cannot judge".

    ``value=None`` with ``is_withheld`` hides a group of fewer than five. ``first`` is the estimate
    of the first round (paired people); then ``low`` and ``high`` bound the *change*.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    cannot_judge: float | None = None
    rank: tuple[int, int] | None = None
    first: float | None = None
    is_withheld: bool = False

    @property
    def change(self) -> float | None:
        """Second minus first estimate."""
        if self.value is None or self.first is None:
            return None
        return self.value - self.first

    @property
    def is_changed(self) -> bool:
        """Whether the interval of the change excludes zero."""
        return self.low is not None and self.high is not None and self.low * self.high > 0


@dataclass(frozen=True, slots=True)
class Tier:
    """Rows that cannot be told apart; an empty title draws no heading."""

    rows: tuple[DotRow, ...]
    title: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class DotFigures:
    """Estimates with intervals on one axis; ``label_title`` heads the rows ("Measure").

    ``decimals`` of all figures; None: as many as they have, one or two.
    """

    language: str
    tiers: tuple[Tier, ...]
    axis: Axis
    label_title: str
    title: str = ""
    decimals: int | None = None

    @property
    def rows(self) -> tuple[DotRow, ...]:
        """All rows, the tiers after each other."""
        return tuple(row for tier in self.tiers for row in tier.rows)

    @property
    def has_rounds(self) -> bool:
        """Whether the rows compare two rounds."""
        return any(row.first is not None for row in self.rows)

    @property
    def is_share(self) -> bool:
        """Whether figures are written as per cent; a change of a share is no share."""
        return self.axis.is_share and not self.has_rounds

    @property
    def places(self) -> int:
        """Decimals with which all figures are written."""
        if self.is_share:
            return 0
        if self.decimals is not None:
            return self.decimals
        figures = [n for r in self.rows for n in (r.value, r.low, r.high, r.first) if n is not None]
        return max(1, needed_decimals(figures))

    @property
    def key(self) -> str:
        """What tells its patterns from those of another chart on the same page."""
        return unique_id(self.title, self.tiers)

    # --- words ----------------------------------------------------------------------------

    @property
    def alt(self) -> str:
        """Kind, scale, highest and lowest row, and where all values stand."""
        text = translator(self.language)
        shown = sorted((r for r in self.rows if r.value is not None), key=lambda r: -(r.value or 0))
        if not shown:
            return text.gettext("Points with intervals; no value can be shown.")
        parts = [
            text.gettext("Points with intervals, scale %(low)s to %(high)s, rows: %(n)s.")
            % {**self._ends(), "n": format_integer(len(self.rows), self.language)},
            text.gettext("Highest: %(row)s.") % {"row": self._sentence(shown[0])},
            text.gettext("Lowest: %(row)s.") % {"row": self._sentence(shown[-1])},
            text.gettext("All values are in the table."),
        ]
        return shorten(" ".join(parts))

    def _ends(self) -> dict[str, str]:
        ends = {"low": self.axis.low, "high": self.axis.high}
        if self.is_share:
            return {name: format_percent(end, self.language) for name, end in ends.items()}
        return {name: format_number(end, self.language) for name, end in ends.items()}

    def _sentence(self, row: DotRow) -> str:
        bits = [f"{row.label} {self.number(row.value)}"]
        if row.low is not None and row.high is not None:
            bits.append(f"({self.interval(row)})")
        if row.n is not None:
            bits.append(format_n(row.n, self.language))
        return " ".join(bits)

    def number(self, value: float | None, *, signed: bool = False) -> str:
        """Write a figure with the decimals of the chart."""
        if value is None:
            return ""
        if self.is_share:
            return format_percent(value, self.language)
        return format_number(value, self.language, self.places, signed=signed)

    def interval(self, row: DotRow) -> str:
        """Write the interval of a row; empty without one."""
        if row.low is None or row.high is None:
            return ""
        if self.is_share:
            return format_share_interval(row.low, row.high, self.language)
        worded = row.first is not None
        return format_interval(row.low, row.high, self.language, self.places, worded=worded)

    # --- table ----------------------------------------------------------------------------

    def table(self) -> Table:
        """All values; tiers become group rows."""
        rows: list[Row | RowGroup] = []
        for tier in self.tiers:
            if tier.title:
                rows.append(RowGroup(tier.title, tier.words))
            rows += [self._cells(row) for row in tier.rows]
        return Table(tuple(self._columns()), tuple(rows), name=self.title)

    def _columns(self) -> list[Column]:
        text = translator(self.language)
        kind: Literal["number", "percent"] = "percent" if self.is_share else "number"
        columns = [Column(self.label_title)]
        if self.has_rounds:
            columns += [
                Column(text.gettext("First round"), "number", decimals=self.places),
                Column(text.gettext("Second round"), "number", decimals=self.places),
                Column(text.gettext("Change"), "number", decimals=self.places, signed=True),
            ]
        else:
            columns.append(Column(text.gettext("Estimate"), kind, decimals=self.places))
        columns.append(Column(text.gettext("90% interval"), kind, decimals=self.places))
        if any(row.rank for row in self.rows):
            columns.append(Column(text.gettext("Rank"), "number", decimals=0))
        columns.append(Column("n", "number", decimals=0))
        if any(row.cannot_judge is not None for row in self.rows):
            columns.append(Column(text.gettext("Cannot judge"), "percent", decimals=0))
        return columns

    def _cells(self, row: DotRow) -> Row:
        cells: list[Cell] = [row.first, row.value, row.change] if self.has_rounds else [row.value]
        cells.append(_ends(row.low, row.high))
        if any(other.rank for other in self.rows):
            cells.append(Interval(*row.rank) if row.rank else None)
        cells.append(row.n)
        if any(other.cannot_judge is not None for other in self.rows):
            cells.append(row.cannot_judge)
        if row.is_withheld:
            cells = [WITHHELD for _ in cells]
        return (row.label, *cells)


def _ends(low: float | None, high: float | None) -> Cell:
    return None if low is None or high is None else Interval(low, high)
