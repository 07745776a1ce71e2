"""Evaluate an AlpCafé and keep the result as a snapshot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from alpclusters.analysis.consensus import Summary
from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.computing import compute
from alpclusters.platform.evaluation.domain.records import CriterionResult, Evaluation
from alpclusters.platform.evaluation.domain.storage import digest_of, from_json, to_json
from alpclusters.platform.evaluation.models import Snapshot, SnapshotQuerySet, stored_number
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.trail.domain.edges import tie, tie_all
from alpclusters.platform.trail.models import Edge
from alpclusters.platform.worlds import of_world


@transaction.atomic
def evaluate_cafe(cafe: AlpCafe, *, made_by: User | None, now: datetime) -> Snapshot:
    """Evaluate an AlpCafé as it stands and store the result.

    Unchanged ratings give the snapshot that is there already: same input, same digest.

    Raises
    ------
    StateError
        The AlpCafé was never opened (``snapshot.not_opened``).
    """
    if cafe.state == AlpCafe.State.DRAFT:
        code = "snapshot.not_opened"
        raise StateError(code, expected=AlpCafe.State.CLOSED)
    # Two evaluations at once would take the same number: the second waits here.
    locked = AlpCafe.objects.select_for_update(of=("self",)).get(pk=cafe.pk)
    data = to_json(compute(locked))
    digest = digest_of(data)
    latest = locked.snapshots.order_by("-number").first()
    if latest is not None and latest.digest == digest:
        return latest
    snapshot = Snapshot.objects.create(
        cafe=locked,
        number=latest.number + 1 if latest else 1,
        made_at=now,
        made_by=made_by,
        data=data,
        digest=digest,
    )
    _tie(snapshot, locked, by=made_by, now=now)
    return snapshot


def evaluation_of(snapshot: Snapshot) -> Evaluation:
    """Return what a snapshot holds."""
    return from_json(snapshot.data)


def is_unchanged(snapshot: Snapshot) -> bool:
    """Say whether the stored result still belongs to its digest."""
    return digest_of(snapshot.data) == snapshot.digest


def _tie(snapshot: Snapshot, cafe: AlpCafe, *, by: User | None, now: datetime) -> None:
    tie_all(Edge.Kind.SHOWN_AS, list(cafe.measures.all()), cafe, by=by, now=now)
    tie(Edge.Kind.RATES, cafe, snapshot, by=by, now=now)


# --- What the ratings say, asked by measure and for the whole site --------------------------------


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


# --- Two AlpCafés of one project and region side by side, as two groups of people -----------------
#
# A participant has one token per AlpCafé, so nobody can be followed from one to the next and no
# change is computed. What the same people say when they rate again in one AlpCafé is in
# `second_rating`.


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
