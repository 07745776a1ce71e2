"""What single coders chose and how differences were settled: only of work that is finished.

Of an activity that waits for its second coder or for a settlement nothing is passed on: it would
tell one coder what the other one chose. Coders are numbers that mean nothing outside.
"""

from collections.abc import Iterator, Mapping
from itertools import batched
from typing import Any, Final

from alpclusters.platform.evidence.domain.archive.scope import Scope
from alpclusters.platform.evidence.models import Activity, Coding, Settlement

BATCH: Final = 500

type Row = dict[str, Any]


def codings(scope: Scope) -> Iterator[Row]:
    """One row per activity, coder and field."""
    numbers: dict[int, int] = {}
    names = ("activity_id", "place", "coder_id", "codebook__number", "values")
    for part in _finished(scope):
        rows = Coding.objects.filter(activity__in=part, closed_at__isnull=False).order_by("place")
        of_activity: dict[int, list[Row]] = {pk: [] for pk in part}
        for row in rows.values(*names):
            of_activity[row["activity_id"]].append(row)
        for pk, chosen in of_activity.items():
            for row in chosen:
                yield from _choices(row, scope.activities[pk], numbers)


def _choices(row: Row, activity: str, numbers: dict[int, int]) -> Iterator[Row]:
    coder = row["coder_id"]
    number = None if coder is None else numbers.setdefault(coder, len(numbers) + 1)
    values: Mapping[str, Any] = row["values"]
    for name in sorted(values):
        yield {
            "activity": activity,
            "place": row["place"],
            "field": name,
            "coder": number,
            "codebook": row["codebook__number"],
            "value": listed(values[name]),
        }


def settlements(scope: Scope) -> Iterator[Row]:
    """Values that stand where two coders differed, without who decided."""
    for part in _finished(scope):
        rows = Settlement.objects.filter(activity__in=part).order_by("field")
        of_activity: dict[int, list[Row]] = {pk: [] for pk in part}
        for found in rows.values("activity_id", "field", "value", "is_joint"):
            of_activity[found["activity_id"]].append(dict(found))
        for pk, settled in of_activity.items():
            for row in sorted(settled, key=lambda one: str(one["field"])):
                value = listed(row["value"])
                yield {**row, "activity": scope.activities[pk], "value": value}


def _finished(scope: Scope) -> Iterator[tuple[int, ...]]:
    """Return the activities whose coding is settled, batch by batch, in the order of the keys."""
    for part in batched(scope.activities, BATCH):
        rows = Activity.objects.filter(pk__in=part, state=Activity.State.SETTLED)
        settled = set(rows.order_by().values_list("pk", flat=True))
        yield tuple(pk for pk in part if pk in settled)


def listed(value: object) -> list[Any]:
    """Return one code, several or a number as a list."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list) else [value]
