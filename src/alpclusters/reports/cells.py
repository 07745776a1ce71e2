"""Print the cells of a table: equal decimals in a column, marks as words of the language."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Cell,
    Chip,
    Column,
    Counted,
    Inline,
    Interval,
    Mark,
    Marker,
    Row,
    Run,
    Status,
    StatusKind,
    Table,
    plain,
)
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_number,
    format_percent,
    format_share_interval,
    needed_decimals,
)


def mark_word(mark: Mark, language: str) -> str:
    """Return the word of an honest mark: simulated, unverified, withheld, machine translation."""
    text = translator(language)
    words = {
        Mark.SIMULATED: text.gettext("simulated"),
        Mark.UNVERIFIED: text.gettext("unverified"),
        Mark.WITHHELD: text.gettext("withheld"),
        Mark.MACHINE: text.gettext("machine translation"),
    }
    return words[mark]


def status_word(status: Status, language: str) -> str:
    """Return the word of a status, or the word the block brings itself."""
    text = translator(language)
    words = {
        StatusKind.FAR_BEHIND: text.gettext("far behind"),
        StatusKind.NO_REPORT: text.gettext("no current report"),
        StatusKind.DELAYED: text.gettext("delayed"),
        StatusKind.ON_TRACK: text.gettext("on track"),
        StatusKind.PLANNED: text.gettext("planned"),
        StatusKind.DONE: text.gettext("done"),
        StatusKind.STOPPED: text.gettext("stopped"),
    }
    return status.word or words[status.kind]


def simulated_label(language: str) -> str:
    """Return the words of the chip on every page of a simulated document."""
    return translator(language).gettext("Example data (simulated)")


@dataclass(frozen=True, slots=True)
class ColumnFormat:
    """How the values of one column are printed."""

    column: Column
    language: str
    decimals: int
    is_worded: bool  # intervals take the word "to", because one end is negative

    def text(self, cell: Cell) -> str:  # noqa: C901, PLR0911 - one line per kind of cell
        """Return the printed words of a cell."""
        match cell:
            case None:
                return ""
            case Marker.WITHHELD:
                return mark_word(Mark.WITHHELD, self.language)
            case Marker.UNKNOWN:
                return translator(self.language).gettext("unknown")
            case Interval():
                return self._interval(cell)
            case Counted():
                value = format_number(cell.value, self.language, self.decimals)
                return f"{value} (n\u00a0{format_integer(cell.n, self.language)})"
            case Status():
                return status_word(cell, self.language) + (
                    f"\n{cell.detail}" if cell.detail else ""
                )
            case Chip():
                return mark_word(cell.mark, self.language)
            case str() | tuple():
                return inline_text(cell, self.language)
            case date():
                return format_date_short(cell, self.language)
            case int() | float() | Decimal():
                return self._number(cell)

    def _number(self, value: int | float | Decimal) -> str:  # noqa: PYI041 - types are printed so
        if self.column.kind == "percent":
            return format_percent(value, self.language, self.decimals)
        signed = self.column.signed
        return format_number(value, self.language, self.decimals, signed=signed)

    def _interval(self, cell: Interval) -> str:
        if self.column.kind == "percent":
            return format_share_interval(cell.low, cell.high, self.language, self.decimals)
        return format_interval(
            cell.low, cell.high, self.language, self.decimals, worded=self.is_worded
        )


def inline_text(text: str | tuple[Inline, ...], language: str) -> str:
    """Return the words of a text with its chips and statuses in words."""
    if isinstance(text, str):
        return text
    return "".join(_inline(piece, language) for piece in text)


def _inline(piece: Inline, language: str) -> str:
    match piece:
        case Run():
            return piece.text
        case Chip():
            return f"[{mark_word(piece.mark, language)}]"
        case Status():
            return status_word(piece, language)
        case _:
            return plain((piece,))


def column_formats(table: Table, language: str) -> tuple[ColumnFormat, ...]:
    """Return one format per column; decimals follow the column or all its values."""
    rows = (*table.value_rows, *((table.total,) if table.total else ()))
    return tuple(
        _column_format(column, [row[i] for row in rows], language)
        for i, column in enumerate(table.columns)
    )


def _column_format(column: Column, cells: list[Cell], language: str) -> ColumnFormat:
    ends = [end for c in cells if isinstance(c, Interval) for end in (c.low, c.high)]
    numbers = [c for c in cells if isinstance(c, int | float | Decimal) and not isinstance(c, bool)]
    counted = [c.value for c in cells if isinstance(c, Counted)]
    scale = 100 if column.kind == "percent" else 1
    values = [Decimal(str(v)) * scale for v in (*numbers, *counted, *ends)]
    decimals = needed_decimals(values) if column.decimals is None else column.decimals
    return ColumnFormat(column, language, decimals, any(end < 0 for end in ends))


def row_texts(formats: tuple[ColumnFormat, ...], row: Row) -> tuple[str, ...]:
    """Return the printed words of a row."""
    return tuple(form.text(cell) for form, cell in zip(formats, row, strict=True))


def column_title(column: Column) -> str:
    """Return the head of a column with its unit: "Cost in EUR" is the title's own wording."""
    return f"{column.title} ({column.unit})" if column.unit else column.title
