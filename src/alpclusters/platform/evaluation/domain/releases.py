"""Show a snapshot to the public, and take back an older one that would give people away."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from alpclusters.analysis.consensus import Summary
from alpclusters.platform.cafe.domain.closeness import Behind, are_far
from alpclusters.platform.evaluation.domain.records import CriterionResult, Evaluation
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.models import Snapshot

type Cell = tuple[int, int, str, str]
"""Criterion, measure, split, group; the total has empty split and group."""


@transaction.atomic
def release_snapshot(snapshot: Snapshot, *, now: datetime) -> tuple[Snapshot, ...]:
    """Show a snapshot to the public; return the older ones it replaces.

    Two snapshots side by side could be subtracted. Where a group shown in both differs by
    fewer than five people, the newer replaces the older.
    """
    if snapshot.released_at is None:
        snapshot.released_at = now
        snapshot.save(update_fields=["released_at"])
    others = snapshot.cafe.snapshots.filter(released_at__isnull=False).exclude(pk=snapshot.pk)
    newer = [other for other in others if other.number > snapshot.number]
    replaced = [other for other in others if other not in newer and _is_too_close(other, snapshot)]
    _take_back(replaced)
    if any(_is_too_close(snapshot, other) for other in newer):
        _take_back([snapshot])
    return tuple(replaced)


def _take_back(snapshots: list[Snapshot]) -> None:
    for snapshot in snapshots:
        snapshot.released_at = None
        snapshot.save(update_fields=["released_at"])


def _is_too_close(older: Snapshot, newer: Snapshot) -> bool:
    before, after = (_shown(evaluation_of(one)) for one in (older, newer))
    return any(
        not are_far(one, other)
        for cell in before.keys() & after
        for one in before[cell]
        for other in after[cell]
    )


def _shown(evaluation: Evaluation) -> dict[Cell, set[Behind]]:
    """Return how many people stand behind the figures of each cell; pairs have both rounds."""
    found: dict[Cell, set[Behind]] = defaultdict(set)
    for result in evaluation.criteria:
        for cell, n in _described(result):
            found[cell].add(Behind(n, evaluation.n_again(*cell)))
        for cell, n in _paired(result):
            found[cell] |= {Behind(n, 0), Behind(n, n)}
    return found


def _described(result: CriterionResult) -> Iterator[tuple[Cell, int]]:
    for item in result.description.measures:
        measure = int(item.measure)
        yield from _cell((result.pk, measure, "", ""), item.summary)
        for split, cells in item.splits.items():
            for cell in cells:
                place = (result.pk, measure, split, str(cell.group or ""))
                yield from _cell(place, cell.summary)


def _paired(result: CriterionResult) -> Iterator[tuple[Cell, int]]:
    compared = result.second_round.comparison if result.second_round else None
    for item in compared.measures if compared else ():
        if item.change is not None and item.attendance.n_paired is not None:
            yield (result.pk, int(item.measure), "", ""), item.attendance.n_paired


def _cell(cell: Cell, summary: Summary | None) -> Iterator[tuple[Cell, int]]:
    if summary is not None:
        yield cell, summary.n
