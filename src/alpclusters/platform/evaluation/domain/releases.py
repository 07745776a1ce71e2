"""Show a snapshot to the public, unless it beside an earlier one would give people away.

Whoever kept an earlier version, also one that was taken back, can subtract it from the new one.
What is left are the answers of those who came in between or changed their mind. So a new version
is shown only where it says the same, or where at least ten answers differ in every figure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import transaction

from alpclusters.analysis.consensus import GroupCell, MeasureDescription
from alpclusters.analysis.conventions import SMALLEST_GROUP
from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evaluation.domain.closeness import Behind, are_far
from alpclusters.platform.evaluation.domain.publications import (
    as_publication,
    ever_public,
    read_told,
)
from alpclusters.platform.evaluation.domain.records import FORMAT, Evaluation
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of, is_unchanged
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.trust.domain.log import Kind, record

type Cell = tuple[int, int, str, str]
"""Criterion, measure, split, group; of all people split and group are empty."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told of one cell.

    Attributes
    ----------
    counts : tuple of int, or None
        People per answer and "cannot judge", or per band; None where neither is told.
    n_again : int or None
        People whose second rating is among them; None for one to four.
    """

    counts: tuple[int, ...] | None
    n_again: int | None

    def is_far(self, other: Self) -> bool:
        """Say whether both may be seen: they are the same, or ten answers differ."""
        if self == other:
            return True
        if self.counts is None or other.counts is None or len(self.counts) != len(other.counts):
            return False
        one, two = (Behind(sum(each.counts or ()), each.n_again) for each in (self, other))
        return are_far(one, two) or self._are_many(other.counts)

    def _are_many(self, counts: tuple[int, ...]) -> bool:
        differences = [new - old for old, new in zip(self.counts or (), counts, strict=True)]
        came = sum(n for n in differences if n > 0)
        went = -sum(n for n in differences if n < 0)
        return max(came, went) >= SMALLEST_GROUP

    def is_alike(self, other: Self) -> bool:
        """Say whether nearly all of those who came are of one mind: they are a group too."""
        if self.counts is None or other.counts is None or len(self.counts) != len(other.counts):
            return False
        came = [new - old for old, new in zip(self.counts, other.counts, strict=True)]
        return min(came) >= 0 and sum(came) > 0 and max(came) >= sum(came) - 1


@dataclass(frozen=True, slots=True)
class Released:
    """What became of a wish to show a snapshot.

    Attributes
    ----------
    public : Snapshot
        The version that the public sees now.
    is_earlier : bool
        Whether that is an earlier version, because the new one beside it would show what fewer
        than ten people answered.
    """

    public: Snapshot
    is_earlier: bool = False


@transaction.atomic
def release_snapshot(snapshot: Snapshot, *, now: datetime, by: User | None = None) -> Released:
    """Show a snapshot to the public, or the earlier version that it must not stand beside.

    Raises
    ------
    StateError
        What is stored is not what was computed (``snapshot.altered``): no sentence about it holds.
        Beside what was shown in the hall it would give people away (``snapshot.gives_away``); a
        new evaluation takes that into account.
    """
    _require_unchanged(snapshot)
    earlier = _ever_public(snapshot)
    kept = next((other for other in earlier if not may_follow(other, snapshot)), None)
    if kept is None and gives_away(snapshot):
        if not earlier:
            code = "snapshot.gives_away"
            raise StateError(code, found=str(snapshot.number))
        kept = earlier[0]
    public = snapshot if kept is None else kept
    _require_unchanged(public)
    if public.released_at is None:
        public.released_at = now
        public.first_released_at = public.first_released_at or now
        public.save(update_fields=["released_at", "first_released_at"])
        record(Kind.EVALUATION_RELEASED, actor=by, cafe=public.cafe_id, evaluation=public.number)
    return Released(public, is_earlier=kept is not None)


def gives_away(snapshot: Snapshot) -> bool:
    """Say whether something is certain beside all that was ever public, and was not before."""
    evaluation = evaluation_of(snapshot)
    new = as_publication(snapshot)
    others = [one for one in ever_public(snapshot.cafe) if one.name != new.name]
    told = read_told(
        snapshot.cafe,
        [new, *others],
        criteria=[result.pk for result in evaluation.criteria],
        measures=[item.pk for item in evaluation.measures],
    )
    return bool(told.made_certain_by(new.name))


def _require_unchanged(snapshot: Snapshot) -> None:
    if not is_unchanged(snapshot):
        code = "snapshot.altered"
        raise StateError(code, found=str(snapshot.number))


def take_back(snapshot: Snapshot) -> None:
    """Hide a snapshot; that it was public is remembered, since somebody may have kept it."""
    snapshot.released_at = None
    snapshot.save(update_fields=["released_at"])


def may_follow(earlier: Snapshot, later: Snapshot) -> bool:
    """Say whether two versions side by side tell nothing of fewer than ten people."""
    before, after = (_figures(evaluation_of(one)) for one in (earlier, later))
    cells = [(before[cell], after[cell]) for cell in before.keys() & after.keys()]
    return all(one.is_far(other) and not one.is_alike(other) for one, other in cells)


def _ever_public(snapshot: Snapshot) -> list[Snapshot]:
    """Return the other versions that the public has seen, the newest first.

    Versions of an older format gave people away by themselves; they are no measure of anything.
    """
    others = snapshot.cafe.snapshots.filter(first_released_at__isnull=False)
    found = others.exclude(pk=snapshot.pk).order_by("-number")
    return [one for one in found if one.data.get("format") == FORMAT]


def _figures(evaluation: Evaluation) -> Mapping[Cell, Figures]:
    return dict(_each(evaluation))


def _each(evaluation: Evaluation) -> Iterator[tuple[Cell, Figures]]:
    for result in evaluation.criteria:
        for item in result.description.measures:
            place = (result.pk, int(item.measure))
            yield (*place, "", ""), Figures(_counted(item), evaluation.n_again(*place))
            for split, cells in item.splits.items():
                for cell in cells:
                    part = (*place, split, str(cell.group or ""))
                    yield part, Figures(_counted(cell), evaluation.n_again(*part))


def _counted(found: MeasureDescription | GroupCell) -> tuple[int, ...] | None:
    """Return the counts that are told; bands count as bands."""
    if found.summary is not None:
        return (*found.summary.counts, found.summary.cannot_judge)
    if found.coarse is not None and found.coarse.counts is not None:
        return found.coarse.counts
    return None
