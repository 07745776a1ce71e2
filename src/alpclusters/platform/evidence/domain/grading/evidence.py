"""What bears on lessons, read from the database in a few queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from django.db.models import QuerySet

from alpclusters.analysis.certainty import Piece
from alpclusters.platform.evidence.models import Activity, Bearing, Initiative, SourceType

RELEVANT: Final = frozenset({"alpine", "other_macro_region"})
EU_ONLY: Final = "eu_followup"
_COLUMNS: Final = (
    "pk",
    "lesson",
    "activity",
    "stance",
    "activity__initiative",
    "activity__initiative__family",
    "activity__outcome_status",
    "activity__outcome_months",
    "activity__source_type",
    "activity__context",
    "activity__payer_after",
    "activity__codebook",
    "lesson__is_simulated",
)


@dataclass(frozen=True, slots=True)
class BearingRow:
    """One activity that bears on one lesson."""

    bearing: int
    activity: int
    initiative: int
    codebook: int | None
    piece: Piece | None  # None: coders still differ about the stance
    is_simulated: bool = False


def counting_bearings() -> QuerySet[Bearing]:
    """Return bearings that count (docs/methods/certainty.md, "Which evidence counts").

    Simulated activities count for simulated lessons only, and real ones for real lessons.
    """
    return (
        Bearing.objects.of_one_world()
        .filter(activity__initiative__is_published=True)
        .exclude(activity__initiative__kind=Initiative.Kind.PROGRAMME_LINE)
        .exclude(activity__state=Activity.State.OPEN)
    )


def bearings_of(lesson_ids: Collection[int]) -> Mapping[int, list[BearingRow]]:
    """Return by lesson what bears on it."""
    found: defaultdict[int, list[BearingRow]] = defaultdict(list)
    rows = counting_bearings().filter(lesson__in=lesson_ids).order_by("pk")
    for values in rows.values_list(*_COLUMNS):
        found[values[1]].append(_row(values))
    return found


def _row(values: tuple[Any, ...]) -> BearingRow:
    bearing, _lesson, activity, stance, initiative = values[:5]
    piece = _piece(values) if stance else None
    return BearingRow(bearing, activity, initiative, values[11], piece, values[12])


def _piece(values: tuple[Any, ...]) -> Piece:
    _bearing, _lesson, _activity, stance, initiative, family, outcome, months = values[:8]
    source_type, context, payer = values[8:11]
    return Piece(
        # Not computed yet: one of its own.
        family=family or initiative,
        stance=stance,
        outcome=cast("Any", outcome or "unknown"),
        months=months,
        is_independent=_unless_empty(source_type, source_type != SourceType.OWN_REPORT),
        is_relevant=_unless_empty(context, context in RELEVANT),
        is_eu_only=payer == [EU_ONLY],
    )


def _unless_empty(code: str, answer: bool) -> bool | None:  # noqa: FBT001 - a fact, not a switch
    return answer if code else None
