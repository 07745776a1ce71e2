"""From ratings to results: which answers go into which method, and what may be shown of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from alpclusters.analysis.consensus import Description, Ratings, agreement_summary
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.errors import ScaleError
from alpclusters.analysis.opinion import (
    Votes,
    consensus_statements,
    group_informed_consensus,
    opinion_groups,
    opinion_structure,
    representative_statements,
)
from alpclusters.analysis.ranking import Ranking, TooLargeError, rank_measures, rating_columns
from alpclusters.cli.evaluation_decisions import decided
from alpclusters.cli.evaluation_places import group_places, people_per_mark
from alpclusters.cli.evaluation_regions import Places
from alpclusters.cli.evaluation_rounds import Rounds
from alpclusters.reports.evaluation.results import CriterionResults, EvaluationResults, Opinion
from alpclusters.reports.evaluation_subject import is_vote

REJECTED: Final = -1
RESAMPLES: Final = 50
MAX_SEARCHED_CELLS: Final = 40_000_000  # people times items; beyond, resampling takes minutes

type Groups = Mapping[str, Mapping[str, str | None]]


def apply_methods(  # noqa: PLR0913 - keyword-only, what a file may hold
    ratings: Mapping[str, Ratings],
    descriptions: Mapping[str, Description],
    *,
    hidden: Mapping[Id, str] | None = None,
    groups: Groups | None = None,
    agree_from: float | None = None,
    rounds: Rounds | None = None,
    places: Places | None = None,
    with_polis: bool = False,
) -> EvaluationResults:
    """Decide on the items, rank them, measure agreement and look for camps, per criterion.

    With a first round the second is compared with it; with regions common denominators are
    looked for. ``with_polis`` adds the cut that Polis would make, for comparison.

    ``hidden`` items, each with the reason such as ``rejected``, are in no result; items and
    groups of fewer than five people are not ranked and not listed.
    """
    hidden = hidden or {}
    left_out = {name: _left_out(one, hidden) for name, one in descriptions.items()}
    rankings, combined = _rankings(ratings, left_out)
    by_criterion = {}
    for name, table in ratings.items():
        ranking, reasons = rankings[name]
        opinion = _opinion(
            table, descriptions[name], hidden, groups or {}, agree_from, with_polis=with_polis
        )
        missing = {"ranking": reasons} if ranking is None else {}
        if opinion is None:
            missing["opinion"] = _why_no_groups(table)
        by_criterion[name] = CriterionResults(
            decisions=decided(
                kept_items(table, left_out[name]),
                descriptions[name],
                ranking,
                opinion,
                left_out[name],
            ),
            agreement=agreement_summary(kept_items(table, hidden)),
            ranking=ranking,
            opinion=opinion,
            second_round=rounds.compared(table, name) if rounds else None,
            common_ground=places.common_ground(
                kept_items(table, left_out[name]), descriptions[name]
            )
            if places
            else None,
            missing=missing,
        )
    return EvaluationResults(
        by_criterion=by_criterion,
        combined=combined,
        left_out=left_out,
        rounds=rounds.names if rounds else (),
    )


def kept_items(ratings: Ratings, without: frozenset[Id] | Mapping[Id, str]) -> Ratings:
    """Return the ratings of the other items only."""
    ids = [item for item in ratings.measure_ids if item not in without]
    place = {item: row for row, item in enumerate(ids)}
    to_new = np.array([place.get(item, -1) for item in ratings.measure_ids], dtype=np.int32)
    judged, cannot = to_new[ratings.measure] >= 0, to_new[ratings.cannot[1]] >= 0
    return replace(
        ratings,
        rater=ratings.rater[judged],
        measure=to_new[ratings.measure[judged]],
        value=ratings.value[judged],
        cannot=(ratings.cannot[0][cannot], to_new[ratings.cannot[1][cannot]]),
        measure_ids=tuple(ids),
    )


def _left_out(description: Description, hidden: Mapping[Id, str]) -> dict[Id, str]:
    words = {"shown": "", "withheld": "small_group", "empty": "no_ratings"}
    found = {
        item.measure: hidden.get(item.measure) or words[item.state] for item in description.measures
    }
    return {item: reason for item, reason in found.items() if reason}


# --- ranking ------------------------------------------------------------------------------


type Found = tuple[Ranking | None, tuple[str, ...]]


def _rankings(
    ratings: Mapping[str, Ratings], left_out: Mapping[str, Mapping[Id, str]]
) -> tuple[dict[str, Found], Ranking | None]:
    tables = {name: kept_items(table, left_out[name]) for name, table in ratings.items()}
    if len(tables) == 1:
        name, table = next(iter(tables.items()))
        return {name: _ranked(table, left_out[name])}, None
    combined = _combined({name: table for name, table in tables.items() if table.standing})
    known = {} if combined is None else {str(c.criterion): c.ranking for c in combined.criteria}
    found = {
        name: (known[name], ()) if name in known else _ranked(table, left_out[name])
        for name, table in tables.items()
    }
    return found, combined


def _ranked(table: Ratings, left_out: Mapping[Id, str]) -> Found:
    columns = rating_columns(table)
    if not columns.ratings.size and "small_group" in left_out.values():
        return None, ("small_group",)
    try:
        found = rank_measures(*columns, scale=_scale(table))
    except TooLargeError:
        return None, ("too_large",)
    return _with_assumed(found, table), ()


def _combined(tables: Mapping[str, Ratings]) -> Ranking | None:
    """Rank over all criteria, weighted equally; None where one fit would be too large."""
    if len(tables) < 2 or not all(_scale(table) for table in tables.values()):  # noqa: PLR2004
        return None
    columns = {name: rating_columns(table) for name, table in tables.items()}
    try:
        return rank_measures(
            np.concatenate([one.ratings for one in columns.values()]),
            [who for one in columns.values() for who in one.raters],
            [what for one in columns.values() for what in one.measures],
            criterion=[name for name, one in columns.items() for _ in one.raters],
            scale=_scale(next(iter(tables.values()))),
        )
    except TooLargeError:
        return None


def _scale(table: Ratings) -> tuple[float, ...] | None:
    """Return the points; a single one is no scale to declare."""
    return table.scale if len(table.scale) > 1 else None


def _with_assumed(found: Ranking, table: Ratings) -> Ranking:
    """Pass on that the reader took the scale from the values."""
    is_told = not table.scale_assumed or "scale_assumed" in found.reasons
    if is_told or found.status == "undefined":
        return found
    return replace(found, status="limited", reasons=(*found.reasons, "scale_assumed"))


# --- opinion groups -----------------------------------------------------------------------


def _opinion(
    table: Ratings,
    description: Description,
    hidden: Mapping[Id, str],
    groups: Groups,
    agree_from: float | None,
    *,
    with_polis: bool,
) -> Opinion | None:
    votes = _votes(table, description, agree_from)
    if votes is None or len(table.rater_ids) * len(table.measure_ids) > MAX_SEARCHED_CELLS:
        return None
    moderated = [REJECTED if item in hidden else 1 for item in table.measure_ids]
    split = _safe_split(description, groups)
    structure = opinion_structure(table, moderated=moderated)
    is_declared = split and not structure.has_groups
    declared = [groups[split].get(str(who)) for who in table.rater_ids] if is_declared else None
    found = opinion_groups(
        votes, declared=declared, structure=structure, moderated=moderated, resamples=RESAMPLES
    )
    if found.kind == "declared" and (found.members < 0).any():
        # Those left over would follow from the figures by group.
        found = opinion_groups(votes, structure=structure, moderated=moderated)
    consensus = group_informed_consensus(votes, found.members, moderated=moderated)
    used = split if found.kind == "declared" else ""
    safe = _safe_items(description, used)
    columns = zip(table.measure_ids, consensus.listed.tolist(), strict=True)
    shared = frozenset(item for item, is_listed in columns if is_listed and item in safe)
    listed = shared if found.k > 1 else frozenset()  # of no groups there is nothing to share
    return Opinion(
        items=table.measure_ids,
        groups=found,
        consensus=consensus,
        representative=representative_statements(
            votes, found.members, moderated=_only(table, listed)
        ),
        majority=consensus_statements(votes, moderated=_only(table, safe - set(hidden))),
        listed=listed,
        places=group_places(found) if found.kind == "found" else (),
        per_mark=people_per_mark(found.n_placed),
        split=used,
        polis=opinion_groups(votes, moderated=moderated, compat="polis", resamples=0)
        if with_polis
        else None,
    )


def _votes(table: Ratings, description: Description, agree_from: float | None) -> Votes | None:
    """Return votes; ratings are cut at the threshold and at its mirror on the scale."""
    cuts = None if is_vote(description) else agree_from
    try:
        if cuts is None:
            return Votes.from_ratings(table)
        return Votes.from_ratings(table, agree_from=cuts, disagree_to=_mirror(table, cuts))
    except ScaleError:
        return None


def _mirror(table: Ratings, agree_from: float) -> float | None:
    """Return the greatest point that is as far from the low end as agreement from the high."""
    if not table.scale:
        return None
    mirror = table.scale[0] + table.scale[-1] - agree_from
    below = [point for point in table.scale if point <= mirror and point < agree_from]
    return below[-1] if below else None


def _why_no_groups(table: Ratings) -> tuple[str, ...]:
    if not table.value.size:
        return ("no_ratings",)
    if len(table.rater_ids) * len(table.measure_ids) > MAX_SEARCHED_CELLS:
        return ("too_large",)
    return ("thresholds_missing",)


def _safe_split(description: Description, groups: Groups) -> str:
    """Return the first split that may serve as declared groups: no group is too small."""
    return next((name for name in groups if not _has_small_group(groups[name], description)), "")


def _has_small_group(labels: Mapping[str, str | None], description: Description) -> bool:
    """Tell whether a group could be worked out as the rest: fewer people than are shown."""
    least = description.conventions.threshold("k_anonymity") or 1
    sizes: dict[str | None, int] = {}
    for label in labels.values():
        sizes[label] = sizes.get(label, 0) + 1
    return min(sizes.values(), default=0) < least


def _safe_items(description: Description, split: str) -> frozenset[Id]:
    """Return the items that are shown, with all cells of a declared split shown."""
    return frozenset(
        item.measure
        for item in description.measures
        if item.state == "shown"
        and not (split and any(cell.state == "withheld" for cell in item.splits[split]))
    )


def _only(table: Ratings, items: frozenset[Id]) -> list[int]:
    return [0 if item in items else REJECTED for item in table.measure_ids]
