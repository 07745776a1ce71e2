"""The change between two rounds as data: summary.json and second_round.csv."""

from collections.abc import Iterable, Sequence
from typing import Final

from alpclusters.analysis.consensus import Interval
from alpclusters.analysis.second_round import Comparison, MeasureChange
from alpclusters.reports.evaluation.results import EvaluationResults

ATTENDANCE: Final = ("n_first", "n_second", "n_paired", "attrition", "joined")
MOVES: Final = ("raised", "lowered", "stable")
HEAD: Final = (
    *("item", "criterion", "state", *ATTENDANCE, *MOVES, "mean_change", "change_low"),
    *("change_high", "p_value", "p_adjusted", "consensus_first", "consensus_second"),
    *("consensus_change", "consensus_change_low", "consensus_change_high", "net_change"),
    *("status", "reasons", "cautions"),
)

type Record = dict[str, object]


def second_round_record(found: Comparison) -> Record:
    """Return attendance, change, test and agreement per item, with the conventions."""
    record = found.as_record()
    record.pop("measures")
    return {**record, "items": [_item(item) for item in found.measures]}


def _item(item: MeasureChange) -> Record:
    record = item.as_record()
    return {"item": record.pop("measure"), **record}


def second_round_rows(results: EvaluationResults) -> Iterable[Sequence[object]]:
    """Yield one row per item and criterion; what is withheld or undefined is empty."""
    yield HEAD
    for name, found in results.by_criterion.items():
        for item in found.second_round.measures if found.second_round else ():
            yield _row(item, name)


def _row(item: MeasureChange, criterion: str) -> tuple[object, ...]:
    change, agreed = item.change, item.agreement
    return (
        *(item.measure, criterion, item.state),
        *(getattr(item.attendance, name) for name in ATTENDANCE),
        *(getattr(item.migration, name, None) for name in MOVES),
        *(change and change.mean, *_ends(change.interval if change else None)),
        *(getattr(change, name, None) for name in ("p_value", "p_adjusted")),
        *(getattr(agreed, f"consensus_{name}", None) for name in ("first", "second")),
        *(agreed and agreed.change, *_ends(agreed.interval if agreed else None)),
        *(agreed and agreed.net_change, item.status),
        *(" ".join(item.reasons), " ".join(item.cautions)),
    )


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (interval.low, interval.high) if interval else (None, None)
