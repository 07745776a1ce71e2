"""What a block tells that was shown in the hall, as statements about groups of people.

Beside n and mean an interval and quartiles stand there: more is assumed to be told than is
printed, namely how many gave each answer.
"""

from collections.abc import Iterator
from typing import Any, Final

from alpclusters.analysis.disclosure.answers import is_judgement
from alpclusters.analysis.disclosure.statements import Public, Statement
from alpclusters.platform.cafe.models import Block as Shown
from alpclusters.platform.evaluation.domain.change_statements import change_row_statements
from alpclusters.platform.evaluation.domain.histories import CANNOT, BlockKey, People
from alpclusters.platform.evaluation.domain.records import REGION
from alpclusters.platform.evaluation.domain.statements import View, summed, told_counts

type Json = dict[str, Any]
_NEARLY: Final = 1e-6


def hall_statements(block: str, blocks: Json, view: View, release: str) -> Iterator[Public]:
    """Say what a block of results tells, of all that were computed with it.

    Tiers come from answers that were dealt out anew, the cloud from answers that changed places:
    they tell what is kept thereby, counts of everybody, for tiers of each region that is shown too.
    """
    data = blocks[block]
    match block:
        case Shown.HEAT:
            yield from _heat(data, view, release)
        case Shown.TIERS:
            yield from _tiers(data, view, release)
            yield from _regions(blocks, view, release)
        case Shown.GROUPS:
            yield from _groups(data["splits"], view, release)
        case Shown.CLOUD:
            yield from _cloud(data, view, release)
        case Shown.CHANGE:
            yield from _change(data, view, release)


def _heat(data: Json, view: View, release: str) -> Iterator[Public]:
    for row in data["rows"]:
        for cell in row["cells"]:
            yield from _cell((cell["criterion"], row["measure"]), cell, None, view, release)


def _tiers(data: Json, view: View, release: str) -> Iterator[Public]:
    for one in data["criteria"]:
        for row in one["rows"]:
            cell = {name: row[name] for name in ("n", "cannot_judge") if name in row}
            yield from _cell((one["criterion"], row["measure"]), cell, None, view, release)


def _change(data: Json, view: View, release: str) -> Iterator[Public]:
    for one in data["criteria"]:
        for row in one["rows"]:
            history = view.history((one["criterion"], row["measure"]))
            if history is not None:
                yield from change_row_statements(row, history, view.moment, view.everyone, release)


def _cloud(data: Json, view: View, release: str) -> Iterator[Public]:
    for row in data["rows"]:
        for criterion in (data["x"], data["y"]) if not row.get("withheld") else ():
            block = view.block((criterion, row["measure"]))
            if block is not None:
                yield from told_counts(block, view.everyone, release)


def _regions(blocks: Json, view: View, release: str) -> Iterator[Public]:
    splits = blocks.get(Shown.GROUPS, {}).get("splits", {})
    yield from _groups({name: one for name, one in splits.items() if name == REGION}, view, release)


def _groups(splits: Json, view: View, release: str) -> Iterator[Public]:
    members = view.members({name: list(one["groups"]) for name, one in splits.items()})
    for name, one in splits.items():
        for row in one["rows"]:
            for cell in row["cells"]:
                group = members.get(name, {}).get(cell["group"], frozenset())
                yield from _cell((row["criterion"], row["measure"]), cell, group, view, release)


def _cell(
    key: BlockKey, cell: Json, group: People | None, view: View, release: str
) -> Iterator[Statement]:
    """Say what one cell tells; of everybody where no group is named."""
    block = view.block(key)
    if "n" not in cell or block is None:
        return
    people = view.everyone if group is None else group

    def stated(one: Statement, low: float, high: float) -> Statement:
        return Statement(one.block, one.people, one.weights, low, high, release)

    n = cell["n"]
    judged = summed(block, people, lambda value: int(is_judgement(value)), release)
    yield stated(judged, n, n)
    if cell.get("mean") is not None:
        total = summed(block, people, lambda v: v if isinstance(v, int) else 0, release)
        yield stated(total, n * cell["mean"] - _NEARLY, n * cell["mean"] + _NEARLY)
    share = cell.get("cannot_judge")
    if share is not None and share < 1:
        unsure = summed(block, people, lambda value: int(value == CANNOT), release)
        k = round(share * n / (1 - share))
        yield stated(unsure, k, k)
    yield from told_counts(block, people, release)
