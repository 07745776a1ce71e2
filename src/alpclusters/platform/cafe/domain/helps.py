"""A host calls for help: an entry of the log that holds until somebody has come.

``call_for_help`` changes nothing but the log; undoing it says that help has come.
"""

from collections.abc import Iterable
from datetime import datetime

from alpclusters.platform.cafe.domain.cards import table_of
from alpclusters.platform.cafe.domain.commands import Change, Order, State, register
from alpclusters.platform.cafe.domain.log import Line, lines_of
from alpclusters.platform.cafe.models import AlpCafe

COMMAND = "call_for_help"


def call_for_help(order: Order) -> Change:
    """Tell the facilitators that a table needs them."""
    table = table_of(order)
    number = table.number if table else 0
    return Change({"called": False}, {"called": True, "table": number}, [f"help:{number}"])


def open_calls(cafe: AlpCafe) -> list[Line]:
    """Return the calls nobody has answered yet, newest first; ``entry.by_table`` is the table."""
    return open_among(lines_of(cafe))


def open_among(lines: Iterable[Line]) -> list[Line]:
    """Return the calls among the commands of an AlpCafé that nobody has answered yet."""
    return [line for line in lines if line.entry.command == COMMAND and line.holds]


def is_called(cafe: AlpCafe, table: int) -> bool:
    """Say whether a table waits for help."""
    return any(line.entry.by_table == table for line in open_calls(cafe))


def _nothing(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    del cafe, before, after, now


register(COMMAND, call_for_help, _nothing, is_strict=False)
