"""One answer per item, by camps that were found or groups that people declared."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from alpclusters.analysis.consensus import Description, Ratings
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.decisions import Decisions, decide, decide_votes
from alpclusters.analysis.decisions.rules import MAX_GROUPS
from alpclusters.analysis.ranking import Ranking
from alpclusters.reports.evaluation.results import Opinion
from alpclusters.reports.evaluation_subject import is_vote

_FEW = frozenset({"small_group", "no_ratings"})
_VOTES = (1, 0, -1)  # agree, pass, disagree: the order of decide_votes


def decided(
    table: Ratings,
    description: Description,
    ranking: Ranking | None,
    opinion: Opinion | None,
    left_out: Mapping[Id, str],
) -> Decisions | None:
    """Decide on the items of a table; None for ratings that could not be ranked.

    Parameters
    ----------
    table : Ratings
        Without the items that are in no result.
    description : Description
    ranking : Ranking or None
        Of ``table``.
    opinion : Opinion or None
        Its groups are looked at where the verdict found camps, or where they are declared.
    left_out : mapping of str or int to str
        Items that are not in ``table``, with the reason.
    """
    if not table.value.size:
        return None
    found = _decided(table, description, ranking, opinion)
    few = tuple(item for item, reason in left_out.items() if reason in _FEW)
    return replace(found, unjudged=few) if found else None


def _decided(
    table: Ratings, description: Description, ranking: Ranking | None, opinion: Opinion | None
) -> Decisions | None:
    groups = _groups(table, opinion)
    are_camps = bool(groups) and opinion is not None and opinion.groups.kind == "found"
    if is_vote(description):
        return _on_votes(table, groups, are_camps=are_camps)
    if ranking is None:
        return None
    return decide(ranking, table, groups=groups, are_camps=are_camps)


def _groups(table: Ratings, opinion: Opinion | None) -> dict[Id, Id]:
    """Return the group of each person, its number from 1 or its declared name."""
    if opinion is None or not _tells_apart(opinion):
        return {}
    found = opinion.groups
    names: tuple[Id, ...] = found.names or tuple(range(1, found.k + 1))
    people = zip(table.rater_ids, found.members.tolist(), strict=True)
    return {who: names[member] for who, member in people if member >= 0}


def _tells_apart(opinion: Opinion) -> bool:
    """Whether groups were declared, or are camps that are no mere readiness to agree."""
    found = opinion.groups
    if found.k <= 1:
        return False
    if found.kind == "declared":
        return True
    structure = found.structure
    return bool(structure and structure.has_groups and "yes_saying" not in structure.reasons)


def _on_votes(table: Ratings, groups: Mapping[Id, Id], *, are_camps: bool) -> Decisions:
    names = tuple(dict.fromkeys(sorted(groups.values(), key=str)))
    if not 1 < len(names) <= MAX_GROUPS:
        names, groups = (), {}
    member = np.array(
        [names.index(groups[who]) if who in groups else -1 for who in table.rater_ids]
    )
    if not names:
        member = np.zeros(len(table.rater_ids), dtype=np.int64)
    counts = np.zeros((len(table.measure_ids), max(len(names), 1), len(_VOTES)), dtype=np.int64)
    at = member[table.rater]
    for place, vote in enumerate(_VOTES):
        cast = (at >= 0) & (table.value == vote)
        np.add.at(counts[:, :, place], (table.measure[cast], at[cast]), 1)
    voted = np.unique(table.rater)
    sizes = np.bincount(member[voted][member[voted] >= 0], minlength=len(names)).tolist()
    return decide_votes(
        counts, table.measure_ids, groups=names, sizes=sizes if names else (), are_camps=are_camps
    )
