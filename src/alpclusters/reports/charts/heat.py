"""Heat tables are real tables: value and n in each cell, the shade only repeats the value."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from alpclusters.reports.blocks import WITHHELD, Cell, Column, Counted, Row, Table, Text
from alpclusters.reports.numbers import EN_DASH, format_number, format_percent

N_CLASSES: Final = 6
RATIO_LIMITS: Final = (0.25, 0.5, 0.8, 1.25, 1.6, 2.0)


def sequential_step(value: float, limits: Sequence[float]) -> int:
    """Return the class 1 to 6 of a value: ``limits`` are the lower ends of classes 2 to 6."""
    return 1 + sum(value >= limit for limit in limits)


def ratio_step(ratio: float) -> int:
    """Return the diverging class -3 to 3 of observed divided by expected."""
    low, middle, fair, above, high, most = RATIO_LIMITS
    if ratio <= low:
        return -3
    if ratio <= middle:
        return -2
    if ratio <= fair:
        return -1
    return sum(ratio >= limit for limit in (above, high, most))


def class_words(
    limits: Sequence[float], language: str, decimals: int = 1, *, is_share: bool = False
) -> tuple[str, ...]:
    """Return the words of the classes: < 2,6 | 2,6–2,9 | ... | ≥ 4,2; shares as whole per cent."""
    step = 0.01 if is_share else 10.0**-decimals

    def shown(value: float) -> str:
        if is_share:
            return format_percent(value, language)
        return format_number(value, language, decimals)

    first = f"<\u00a0{shown(limits[0])}"

    def span(low: float, high: float) -> str:
        return (
            shown(low) if high - low < 1.5 * step else f"{shown(low)}{EN_DASH}{shown(high - step)}"
        )

    inner = [span(low, high) for low, high in pairwise(limits)]
    return (first, *inner, f"≥\u00a0{shown(limits[-1])}")


def build_heat_table(  # noqa: PLR0913 - a table has that many parts
    *,
    language: str,
    corner: str,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[tuple[float, int] | None]],
    limits: Sequence[float],
    caption: str = "",
    note: Text = "",
    decimals: int = 1,
) -> Table:
    """Build a heat table from (value, n) pairs; None is a withheld cell.

    Parameters
    ----------
    cells : sequence of shape (n_rows, n_columns)
        Pairs of value and n, or None where the group is small or protects one.
    limits : sequence of 5 numbers
        Lower ends of the classes 2 to 6.
    """
    heads = (Column(corner), *(Column(name, "number", decimals=decimals) for name in columns))
    body = tuple(_row(name, values, limits) for name, values in zip(rows, cells, strict=True))
    words = class_words(limits, language, decimals)
    return Table(heads, body, caption=caption, note=note, legend=words)


def _row(name: str, values: Sequence[tuple[float, int] | None], limits: Sequence[float]) -> Row:
    return (name, *(_cell(value, limits) for value in values))


def _cell(value: tuple[float, int] | None, limits: Sequence[float]) -> Cell:
    if value is None:
        return WITHHELD
    return Counted(value[0], value[1], sequential_step(value[0], limits))
