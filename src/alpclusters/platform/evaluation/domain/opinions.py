"""Opinion groups of an AlpCafé: found from 40 people on, below that the declared ones.

No group and no place on the map speaks of fewer than ten people: places are means of bundles,
declared groups have one place each, statements need five answers in every group and no
small rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import K_ANONYMITY, SMALLEST_GROUP
from alpclusters.platform.evaluation.domain.bundles import bundle
from alpclusters.platform.evaluation.domain.coarsening import coarse_share
from alpclusters.platform.evaluation.domain.exchanged import exchange
from alpclusters.platform.evaluation.domain.opened import (
    Labels,
    Opened,
    item_of,
    labels_of,
    open_groups,
    ratings_of,
)
from alpclusters.platform.evaluation.domain.records import SPLITS
from alpclusters.platform.evaluation.domain.science import (
    OTHERS,
    OpinionGroup,
    OpinionResult,
    Place,
    Stability,
    Statement,
)
from alpclusters.platform.evaluation.domain.tables import RatingTable

if TYPE_CHECKING:
    from alpclusters.analysis.opinion import OpinionGroups, RepresentativeStatement, Votes

FEWEST_GROUPS: Final = 2
MIN_VOTES: Final = 7
HALF: Final = 0.5
LETTERS: Final = "ABCDE"

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
type _Cell = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class _Room:
    """Those who answered enough, what they answered, what may be listed of it."""

    votes: "Votes"
    people: tuple[Id, ...]
    items: tuple[tuple[int, int], ...]
    n_by_item: IntArray  # votes of everybody, those who answered little included


def find_opinions(
    table: RatingTable, opened: Sequence[Opened], labels: Mapping[str, Labels]
) -> OpinionResult | None:
    """Find or take groups of people who answer alike, over all criteria; None without answers."""
    filled = [one for one in opened if one.measures]
    if not filled:
        return None
    from alpclusters.analysis.opinion import opinion_groups  # noqa: PLC0415 - needs SciPy

    split, groups = _declared(filled, labels)
    within = {one.pk: groups for one in filled}
    room = _room(exchange(table, within, purpose=f"opinion {split}"), filled)
    if len(room.people) < K_ANONYMITY:
        return _nothing("too_few_people")
    own = [groups[person] or "other" for person in room.people] if split else None
    found = opinion_groups(room.votes, declared=own, min_group=SMALLEST_GROUP)
    if found.k >= FEWEST_GROUPS and not _are_large(room, found):
        return _nothing("declared_too_small" if found.kind == "declared" else "found_too_small")
    return _result(room, found, filled, split if found.kind == "declared" else "")


def _room(table: RatingTable, opened: Sequence[Opened]) -> _Room:
    from alpclusters.analysis.opinion import Votes  # noqa: PLC0415

    ratings = ratings_of(table, opened)
    votes = Votes.from_ratings(ratings)
    least = max(1, min(MIN_VOTES, votes.shape[1]))
    rows = np.flatnonzero(votes.n_by_person() >= least)
    return _Room(
        votes=votes.of_people(rows),
        people=tuple(ratings.rater_ids[row] for row in rows),
        items=tuple(item_of(name) for name in ratings.measure_ids),
        n_by_item=votes.totals()[2],
    )


def _declared(opened: Sequence[Opened], labels: Mapping[str, Labels]) -> tuple[str, Labels]:
    """Return the split with at least two groups that may be told apart, and who is in which."""
    descriptions = [one.description for one in opened]
    for split in SPLITS:
        groups = open_groups(descriptions, split)
        if len(groups) >= FEWEST_GROUPS:
            return split, labels_of(labels[split], groups)
    return "", {}


def _nothing(reason: str) -> OpinionResult:
    return OpinionResult("found", "", (), (), None, None, "limited", (reason,), None)


def _result(
    room: _Room, found: "OpinionGroups", opened: Sequence[Opened], split: str
) -> OpinionResult:
    is_split = found.k >= FEWEST_GROUPS
    listed = _listed(room, found)
    return OpinionResult(
        kind=found.kind,
        split=split,
        groups=_groups(room, found, listed, _shown_cells(opened, split)) if is_split else (),
        shared=_shared(room, found, listed) if is_split else (),
        n_people=found.n_placed if found.n_placed >= K_ANONYMITY else None,
        stability=_stability(found),
        status=found.status,
        reasons=found.reasons,
        conventions=found.conventions,
    )


def _are_large(room: _Room, found: "OpinionGroups") -> bool:
    """Say whether all groups have ten people and those outside them are none, or five and more.

    Those without a declared group would follow from the rest.
    """
    outside = len(room.people) - sum(found.sizes)
    is_known = found.kind == "found" or not (found.members < 0).any()
    is_rest_safe = outside == 0 or outside >= K_ANONYMITY
    return is_known and is_rest_safe and min(found.sizes) >= SMALLEST_GROUP


def _stability(found: "OpinionGroups") -> Stability | None:
    one = found.stability
    if one is None:
        return None
    return Stability(one.word, one.median, one.low, int(one.indices.size))


def _listed(room: _Room, found: "OpinionGroups") -> BoolArray:
    """Tell items with five answers in every group and five or none outside all groups."""
    k = max(found.k, 1)
    seen = room.votes.counts(found.members, n_groups=k).seen
    outside = room.n_by_item - seen.sum(axis=0)
    is_protected = (outside == 0) | (outside >= K_ANONYMITY)
    return np.asarray((seen >= K_ANONYMITY).all(axis=0) & is_protected)


def _shown_cells(opened: Sequence[Opened], split: str) -> dict[_Cell, int]:
    """Return n by group, criterion and measure of the cells of a split that are shown."""
    if not split:
        return {}
    return {
        (str(cell.group), one.pk, int(item.measure)): cell.summary.n
        for one in opened
        for item in one.description.measures
        for cell in item.splits[split]
        if cell.state == "shown" and cell.summary is not None
    }


def _groups(
    room: _Room, found: "OpinionGroups", listed: BoolArray, cells: Mapping[_Cell, int]
) -> tuple[OpinionGroup, ...]:
    from alpclusters.analysis.opinion import representative_statements  # noqa: PLC0415

    moderated = np.where(listed, 0, -1)
    lists = representative_statements(room.votes, found.members, moderated=moderated).lists
    places = _places(found)
    keys = _keys(found)
    return tuple(
        OpinionGroup(
            key=key,
            n=found.sizes[number],
            places=places[number],
            statements=_statements(
                room, lists[number], None if found.kind == "found" else key, cells
            ),
        )
        for number, key in enumerate(keys)
    )


def _keys(found: "OpinionGroups") -> list[str]:
    if found.kind == "found":
        return list(LETTERS[: found.k])
    return [OTHERS if name == "other" else str(name) for name in found.names]


def _statements(
    room: _Room,
    picked: Sequence["RepresentativeStatement"],
    group: str | None,
    cells: Mapping[_Cell, int],
) -> tuple[Statement, ...]:
    """Keep what may be said: of a declared group only what its own cell shows of all its people.

    Where few of the group answered too little to take part, their answers would follow; where
    all of a small group stand on one side, everybody's answer is known.
    """
    return tuple(
        Statement(*room.items[item.statement], item.side, coarse_share(item.n_success / item.n))
        for item in picked
        if item.n_success
        and (group is None or _may_be_told(item, cells.get((group, *room.items[item.statement]))))
    )


def _may_be_told(item: "RepresentativeStatement", n_shown: int | None) -> bool:
    is_unanimous = item.n_success == item.n < SMALLEST_GROUP
    return item.n == n_shown and not is_unanimous


def _places(found: "OpinionGroups") -> list[tuple[Place, ...]]:
    """Return where the groups lie: found ones in bundles, declared ones as one place."""
    parts = [found.projection[found.members == number] for number in range(found.k)]
    bundles = [bundle(part) if found.kind == "found" else [np.arange(len(part))] for part in parts]
    means = [
        [part[rows].mean(axis=0) for rows in group]
        for part, group in zip(parts, bundles, strict=True)
    ]
    reach = max((float(np.abs(mean).max()) for group in means for mean in group), default=0.0)
    return [
        tuple(_place(mean / (reach or 1.0), rows.size) for mean, rows in zip(*group, strict=True))
        for group in zip(means, bundles, strict=True)
    ]


def _place(mean: FloatArray, n: int) -> Place:
    return Place(float(mean[0]), float(mean[1]), n)


def _shared(room: _Room, found: "OpinionGroups", listed: BoolArray) -> tuple[tuple[int, int], ...]:
    from alpclusters.analysis.opinion import group_informed_consensus  # noqa: PLC0415

    shared = group_informed_consensus(room.votes, found.members, moderated=np.where(listed, 0, -1))
    agreed = (shared.agree_parts > HALF).all(axis=0)
    return tuple(room.items[place] for place in shared.shared_agreement if agreed[place])
