"""Opinions in an AlpCafé: whether there are camps, groups only where there are, or declared ones.

No group and no place on the map speaks of fewer than ten people: places are means of bundles,
declared groups have one place each, statements need five answers in every group and no
small rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import K_ANONYMITY, SMALLEST_GROUP
from alpclusters.analysis.scales import join_scales
from alpclusters.platform.evaluation.domain.coarsening import coarse_share
from alpclusters.platform.evaluation.domain.opened import (
    Labels,
    Opened,
    exchange,
    item_of,
    labels_of,
    open_groups,
    ratings_of,
)
from alpclusters.platform.evaluation.domain.opinion_places import lay_out, own_place
from alpclusters.platform.evaluation.domain.opinion_results import (
    OTHERS,
    OpinionGroup,
    OpinionResult,
    Place,
    Stability,
    Statement,
    StoredStructure,
)
from alpclusters.platform.evaluation.domain.records import SPLITS
from alpclusters.platform.evaluation.domain.tables import RatingTable

if TYPE_CHECKING:
    from alpclusters.analysis.opinion import (
        OpinionGroups,
        RepresentativeStatement,
        Structure,
        Votes,
    )

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

    ratings: Ratings
    votes: "Votes"
    people: tuple[Id, ...]
    items: tuple[tuple[int, int], ...]
    n_by_item: IntArray  # votes of everybody, those who answered little included
    least: int


def find_opinions(
    table: RatingTable, opened: Sequence[Opened], labels: Mapping[str, Labels]
) -> OpinionResult | None:
    """Say whether people stand in camps, over all criteria; None without answers.

    Groups are those of the camps, or without camps those people declared.
    """
    filled = [one for one in opened if one.measures and one.scale.has_order]
    if not filled:
        return None
    from alpclusters.analysis.opinion import (  # noqa: PLC0415 - needs SciPy
        opinion_groups,
        opinion_structure,
    )

    split, groups = _declared(filled, labels)
    within = {one.pk: groups for one in filled}
    room = _room(exchange(table, within, purpose=f"opinion {split}"), filled)
    if len(room.people) < K_ANONYMITY:
        return _nothing("too_few_people")
    own = [groups[person] or "other" for person in room.people] if split else None
    structure = opinion_structure(room.ratings)
    found = opinion_groups(
        room.votes,
        declared=None if structure.has_groups else own,
        structure=structure,
        min_group=SMALLEST_GROUP,
    )
    return _result(room, found, structure, filled, split)


def _room(table: RatingTable, opened: Sequence[Opened]) -> _Room:
    from alpclusters.analysis.opinion import Votes  # noqa: PLC0415

    everybody = ratings_of(table, opened)
    joined = join_scales([one.scale for one in opened])
    cuts = {"agree_from": joined.agree_from, "disagree_to": joined.disagree_to}
    votes = Votes.from_ratings(everybody, **cuts)
    least = max(1, min(MIN_VOTES, votes.shape[1]))
    placed = {everybody.rater_ids[row] for row in np.flatnonzero(votes.n_by_person() >= least)}
    ratings = ratings_of(
        replace(table, rows=tuple(r for r in table.rows if r[0] in placed)), opened
    )
    return _Room(
        ratings=ratings,
        votes=Votes.from_ratings(ratings, **cuts),
        people=ratings.rater_ids,
        items=tuple(item_of(name) for name in ratings.measure_ids),
        n_by_item=votes.totals()[2],
        least=least,
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
    room: _Room,
    found: "OpinionGroups",
    structure: "Structure",
    opened: Sequence[Opened],
    split: str,
) -> OpinionResult:
    is_split = found.k >= FEWEST_GROUPS
    is_told = is_split and _are_large(room, found)
    own = split if is_told and found.kind == "declared" else ""
    listed = _listed(room, found)
    cells = _shown_cells(opened, own)
    layout = lay_out(found, structure, has_groups=is_told)
    is_seen = bool(layout.cloud) or (is_told and found.kind == "found")
    too_small = "declared_too_small" if found.kind == "declared" else "found_too_small"
    return OpinionResult(
        kind=found.kind if is_told else "found",
        split=own,
        groups=_groups(room, found, layout.groups, listed, cells) if is_told else (),
        shared=_shared(room, found, listed) if is_told else (),
        n_people=found.n_placed if found.n_placed >= K_ANONYMITY else None,
        stability=_stability(found) if is_told else None,
        status="limited" if is_split and not is_told else found.status,
        reasons=(too_small,) if is_split and not is_told else found.reasons,
        conventions=found.conventions,
        verdict=structure.verdict,
        structure=_stored(room, structure),
        cloud=layout.cloud,
        own=own_place(room.items, room.votes, found, structure, layout, least=room.least)
        if is_seen
        else None,
    )


def _stored(room: _Room, structure: "Structure") -> StoredStructure:
    drawn, shares = structure.continuum_depths, structure.shares
    rising, falling = structure.ends()
    return StoredStructure(
        reasons=structure.reasons,
        n_people=structure.n_people,
        n_items=int(structure.statements.sum()),
        depth=_known(structure.depth),
        deepest=float(drawn.max()) if drawn.size else None,
        continuum_draws=int(drawn.size),
        camp_draws=int(structure.camp_depths.size),
        axis_share=float(shares[0]) if shares.size else None,
        strictness_share=_known(structure.strictness_share),
        is_strictness=structure.is_strictness,
        rising=tuple(room.items[place] for place in rising),
        falling=tuple(room.items[place] for place in falling),
        conventions=structure.conventions,
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


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
    room: _Room,
    found: "OpinionGroups",
    places: Sequence[tuple[Place, ...]],
    listed: BoolArray,
    cells: Mapping[_Cell, int],
) -> tuple[OpinionGroup, ...]:
    from alpclusters.analysis.opinion import representative_statements  # noqa: PLC0415

    moderated = np.where(listed, 0, -1)
    lists = representative_statements(room.votes, found.members, moderated=moderated).lists
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


def _shared(room: _Room, found: "OpinionGroups", listed: BoolArray) -> tuple[tuple[int, int], ...]:
    from alpclusters.analysis.opinion import group_informed_consensus  # noqa: PLC0415

    shared = group_informed_consensus(room.votes, found.members, moderated=np.where(listed, 0, -1))
    agreed = (shared.agree_parts > HALF).all(axis=0)
    return tuple(room.items[place] for place in shared.shared_agreement if agreed[place])
