"""What the ratings say, asked by measure and for the whole site."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from alpclusters.analysis.consensus import Summary
from alpclusters.platform.evaluation.domain.records import CriterionResult, Evaluation
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.models import Snapshot, SnapshotQuerySet, stored_number
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.worlds import of_world


@dataclass(frozen=True, slots=True)
class CriterionFigures:
    """What one AlpCafé said of one measure on one criterion; None is withheld."""

    criterion: CriterionResult
    summary: Summary | None


@dataclass(frozen=True, slots=True)
class ReleasedResult:
    """What one AlpCafé said of one measure, from its newest released snapshot."""

    snapshot: Snapshot
    evaluation: Evaluation
    figures: tuple[CriterionFigures, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """How much the released evaluations rest on; each AlpCafé counts once."""

    n_cafes: int
    n_people: int
    n_ratings: int
    is_simulated: bool


def released_results_for(
    measure: Measure, *, is_simulated: bool = False, limit: int = 20
) -> list[ReleasedResult]:
    """List what the public may know about a measure, the newest AlpCafé of one world first."""
    rated = newest_released().filter(cafe__cafe_measures__measure=measure).with_cafe()
    own = of_world(rated, is_simulated=is_simulated)
    snapshots = own.order_by("-cafe__held_on", "-pk")[:limit]
    return [found for s in snapshots if (found := _result(s, measure.pk)) is not None]


def newest_released() -> SnapshotQuerySet:
    """Select the newest released snapshot of each AlpCafé."""
    numbers = Snapshot.objects.released().order_by().values("cafe").annotate(last=Max("pk"))
    return Snapshot.objects.filter(pk__in=numbers.values("last"))


def headline(*, is_simulated: bool = False) -> Headline:
    """Sum up what has been released in one world, in one query."""
    released = of_world(newest_released(), is_simulated=is_simulated).order_by("pk")
    rows = list(released.values_list(stored_number("n_people"), stored_number("n_ratings")))
    return Headline(
        n_cafes=len(rows),
        n_people=_sum(row[0] for row in rows),
        n_ratings=_sum(row[1] for row in rows),
        is_simulated=is_simulated,
    )


def _sum(values: Iterable[int | None]) -> int:
    return sum(value for value in values if value is not None)


def _result(snapshot: Snapshot, measure: int) -> ReleasedResult | None:
    evaluation = evaluation_of(snapshot)
    if measure not in {item.pk for item in evaluation.measures}:
        return None
    figures = tuple(
        CriterionFigures(result, result.summary(measure)) for result in evaluation.criteria
    )
    return ReleasedResult(snapshot, evaluation, figures)
