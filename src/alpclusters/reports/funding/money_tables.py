"""Tables of amounts: all of them whole, or all of them with two decimals for the cents."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from alpclusters.reports.blocks import Block, Column, RowGroup, Table

CENTS: Final = 2


def in_cents(block: Block) -> Block:
    """Give the amounts of a table two decimals as soon as one of them has cents.

    Columns of numbers hold amounts, or counts where all of a table are whole.
    """
    if not isinstance(block, Table) or not any(_amounts(block)):
        return block
    return replace(block, columns=tuple(map(_with_cents, block.columns)))


def _amounts(table: Table) -> Iterator[bool]:
    """Say of each cell in a column of numbers whether it has cents."""
    places = [at for at, column in enumerate(table.columns) if column.kind == "number"]
    for row in (*table.rows, *((table.total,) if table.total else ())):
        if not isinstance(row, RowGroup):
            yield from (isinstance(row[at], Decimal) and row[at] % 1 != 0 for at in places)


def _with_cents(column: Column) -> Column:
    is_amount = column.kind == "number" and column.decimals is None
    return replace(column, decimals=CENTS) if is_amount else column
