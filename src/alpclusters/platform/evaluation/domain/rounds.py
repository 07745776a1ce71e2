"""Two AlpCafés of one project and region side by side, as two groups of people.

A participant has one token per AlpCafé, so nobody can be followed from one to the next and no
change is computed. What the same people say when they rate again in one AlpCafé is in
`second_rating`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from alpclusters.platform.evaluation.domain.records import CriterionResult, Evaluation
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.models import Snapshot


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """What one AlpCafé said of a measure."""

    n: int
    estimate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class BothRounds:
    """One measure on one criterion in both AlpCafés; None where nothing may be shown."""

    criterion: int
    measure: int
    first: RoundFigures | None
    second: RoundFigures | None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The earlier AlpCafé and its figures beside this one; ``is_model`` says which estimate."""

    earlier: Snapshot
    evaluation: Evaluation
    rows: tuple[BothRounds, ...]
    is_model: bool


def side_by_side(snapshot: Snapshot, evaluation: Evaluation) -> SideBySide | None:
    """Find the AlpCafé before this one in project and region, and put both beside each other.

    None if there is none that is public, or if no measure was rated in both.
    """
    cafe = snapshot.cafe
    earlier = (
        Snapshot.objects.released()
        .filter(cafe__project=cafe.project_id, cafe__region=cafe.region_id)
        .filter(cafe__held_on__lt=cafe.held_on)
        .with_cafe()
        .order_by("-cafe__held_on", "-cafe_id", "-number")
        .first()
    )
    if earlier is None:
        return None
    before = evaluation_of(earlier)
    pairs = _common(before, evaluation)
    is_model = bool(pairs) and all(_is_sound(result) for pair in pairs for result in pair)
    rows = tuple(row for first, second in pairs for row in _rows(first, second, is_model=is_model))
    return SideBySide(earlier, before, rows, is_model) if rows else None


def _common(
    first: Evaluation, second: Evaluation
) -> Sequence[tuple[CriterionResult, CriterionResult]]:
    by_pk = {result.pk: result for result in first.criteria}
    return [(by_pk[result.pk], result) for result in second.criteria if result.pk in by_pk]


def _is_sound(result: CriterionResult) -> bool:
    return result.ranking is not None and result.ranking.status == "ok"


def _rows(
    first: CriterionResult, second: CriterionResult, *, is_model: bool
) -> Sequence[BothRounds]:
    before = {item.measure for item in first.description.measures}
    return [
        BothRounds(
            second.pk, measure, *(_figures(r, measure, is_model=is_model) for r in (first, second))
        )
        for item in second.description.measures
        if item.measure in before
        for measure in [int(item.measure)]
    ]


def _figures(result: CriterionResult, measure: int, *, is_model: bool) -> RoundFigures | None:
    summary = result.summary(measure)
    if summary is None:
        return None
    ranked = result.ranking.of(measure) if is_model and result.ranking else None
    if ranked is not None:
        return RoundFigures(summary.n, ranked.estimate, ranked.low, ranked.high)
    ends = summary.mean_interval
    return RoundFigures(
        summary.n, summary.mean, ends.low if ends else None, ends.high if ends else None
    )
