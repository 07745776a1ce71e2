"""Who was not in the room: margins met with group columns, and what headlines survive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus import Description, MeasureDescription, Ratings
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.errors import RecordError
from alpclusters.analysis.weighting import mrp, poststratify, rake
from alpclusters.cli.evaluation_persons import split_name
from alpclusters.platform.evaluation.domain.weighing import (
    HEADLINES,
    LEAST,
    LISTED,
    survived,
)
from alpclusters.platform.evaluation.domain.weighting_results import (
    MarginUse,
    WeighedItem,
    Weighting,
)
from alpclusters.reports.evaluation.results import CriterionResults, EvaluationResults
from alpclusters.reports.evaluation_subject import Rated, by_agreement, by_mean, is_vote
from alpclusters.sources.csv_tables import normalised
from alpclusters.sources.margins import Margin

HALF: Final = 0.5
FIVE_POINTS: Final = (1.0, 2.0, 3.0, 4.0, 5.0)
THRESHOLD: Final = 3.5  # five eighths of the way from the lowest to the highest

type Labels = Mapping[str, Mapping[str, str | None]]
type FloatArray = NDArray[np.float64]
type IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MatchedMargins:
    """Margins met with the people of the file."""

    uses: tuple[MarginUse, ...]
    codes: tuple[Mapping[str, int], ...]
    targets: tuple[tuple[float, ...], ...]

    def of(self, people: Sequence[str]) -> list[IntArray]:
        """Return the codes of some people, per column."""
        return [np.array([by[who] for who in people], dtype=np.int64) for by in self.codes]


def match_margins(margins: Sequence[Margin], groups: Labels) -> MatchedMargins:
    """Find the column and groups of each margin.

    Raises
    ------
    RecordError
        A column that no column of the file is, or none of whose groups is there.
    """
    heads = {normalised(name): name for name in groups}
    uses, codes, targets = [], [], []
    for margin in margins:
        name = normalised(margin.column)
        split = heads.get(name) or heads.get(normalised(split_name(margin.column)))
        if split is None:
            code = "margins.unknown_column"
            known = ", ".join(groups)
            raise RecordError(code, where=margin.where, found=margin.column, expected=known)
        places = {group.casefold(): place for place, group in enumerate(margin.shares)}
        labels = groups[split]
        named = {label for label in labels.values() if label is not None}
        here = {label.casefold() for label in named}
        if not here & set(places):
            code = "margins.no_group"
            known = ", ".join(sorted(named))
            raise RecordError(
                code, where=margin.where, found=", ".join(margin.shares), expected=known
            )
        codes.append(
            {who: places.get((label or "").casefold(), -1) for who, label in labels.items()}
        )
        targets.append(tuple(margin.shares.values()))
        uses.append(
            MarginUse(
                column=margin.column,
                split=split,
                source=margin.source,
                date=margin.date,
                absent=tuple(
                    (group, share)
                    for group, share in margin.shares.items()
                    if group.casefold() not in here and share
                ),
                unweighed=tuple(sorted(one for one in named if one.casefold() not in places)),
            )
        )
    return MatchedMargins(tuple(uses), tuple(codes), tuple(targets))


def weigh(
    table: Ratings,
    description: Description,
    order: Sequence[Id],
    matched: MatchedMargins | None,
) -> Weighting:
    """Weigh the first items of an order, and say what the headlines among them survive."""
    is_share = is_vote(description)
    threshold = _threshold(table, is_share=is_share)
    by_id = {item.measure: item for item in description.measures}
    items = [
        _weighed(table, by_id[item], threshold, matched, is_share=is_share, rank=rank)
        for rank, item in enumerate(order[:LISTED])
        if by_id[item].summary
    ]
    everybody = [str(table.rater_ids[who]) for who in np.unique(table.rater)]
    weights = rake(matched.of(everybody), matched.targets) if matched and everybody else None
    return Weighting(
        items=tuple(items),
        threshold=threshold,
        is_share=is_share,
        margins=matched.uses if matched else (),
        n=len(everybody),
        effective_n=weights.effective_n if weights else 0.0,
        reasons=weights.reasons if weights else (),
    )


def _threshold(table: Ratings, *, is_share: bool) -> float:
    if is_share:
        return HALF
    if table.scale == FIVE_POINTS or not table.scale:
        return THRESHOLD
    return (table.scale[0] + table.scale[-1]) / 2


def _weighed(
    table: Ratings,
    item: MeasureDescription,
    threshold: float,
    matched: MatchedMargins | None,
    *,
    is_share: bool,
    rank: int,
) -> WeighedItem:
    rows = np.flatnonzero(table.measure == table.measure_ids.index(item.measure))
    y = np.asarray(table.value[rows] == 1 if is_share else table.value[rows], dtype=np.float64)
    reasons = _why_unweighted(item, y.size, matched) if matched else ()
    raked = modelled = None
    if matched and not reasons:
        groups = matched.of([str(table.rater_ids[who]) for who in table.rater[rows]])
        raked = poststratify(y, groups, matched.targets)
        modelled = mrp(y, groups, matched.targets)
    weighed = WeighedItem(
        item=item.measure,
        n=y.size,
        plain=float(y.mean()) if y.size else 0.0,
        raked=raked,
        modelled=modelled,
        reasons=reasons,
    )
    if rank >= HEADLINES or not y.size:
        return weighed
    return weighed.surviving(**survived(item, y, threshold, is_share=is_share))


def _why_unweighted(item: MeasureDescription, n: int, matched: MatchedMargins) -> tuple[str, ...]:
    """Weighted figures beside those by group must not tell those of a small group."""
    cells = [cell for use in matched.uses for cell in item.splits.get(use.split, ())]
    if any(cell.state == "withheld" for cell in cells):
        return ("small_group",)
    return ("too_few",) if n < LEAST else ()


def with_weighting(
    results: EvaluationResults,
    ratings: Mapping[str, Ratings],
    descriptions: Mapping[str, Description],
    margins: MatchedMargins | None,
) -> EvaluationResults:
    """Return the results with what each criterion's first items are weighted, and survive."""
    found = {
        name: replace(
            one,
            weighting=weigh(
                ratings[name],
                descriptions[name],
                _order(descriptions[name], one, results.left_out[name]),
                margins,
            ),
        )
        for name, one in results.by_criterion.items()
    }
    return replace(results, by_criterion=found)


def _order(
    description: Description, found: CriterionResults, left_out: Mapping[Id, str]
) -> list[Id]:
    """Return the items as people see them: as decided; else by tier, by agreement or by mean."""
    decided = found.decisions.measures if found.decisions else ()
    judged = [one.measure for one in decided if one.probabilities]
    if judged:
        return judged
    if found.ranking is not None and found.ranking.order:
        return list(found.ranking.order)
    known = [
        Rated(item.measure, str(item.measure), item.summary, item)
        for item in description.measures
        if item.measure not in left_out and item.summary and item.summary.n
    ]
    return [item.id for item in (by_agreement if is_vote(description) else by_mean)(known)]
