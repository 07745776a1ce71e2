"""Results of the methods as rows: ranking.csv, agreement.csv, opinion.csv."""

from collections.abc import Iterable, Sequence
from typing import Final

from alpclusters.analysis.consensus import MeasureAgreement, Share
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.ranking import RankedMeasure, Ranking
from alpclusters.reports.evaluation_result_records import group_counts
from alpclusters.reports.evaluation_results import (
    EvaluationResults,
    Opinion,
    ranked_by_id,
    tier_name,
    top_counts,
)

RANKING: Final = (
    *("item", "criterion", "n", "cannot_judge_share", "mean", "estimate", "estimate_low"),
    *("estimate_high", "shown", "rank", "rank_low", "rank_high", "expected_rank"),
)
AGREEMENT: Final = (
    *("item", "criterion", "state", "n", "cannot_judge", "median", "consensus", "ipr"),
    *("unanimous", "appropriateness"),
)
PARTS: Final = ("low", "middle", "high")
OPINION: Final = (
    *("item", "criterion", "group", "group_name", "n", "agree", "disagree", "agree_part"),
    *("disagree_part", "all_groups_agree", "all_groups_disagree", "represents"),
)
ALL_CRITERIA: Final = "all_criteria"

type Rows = Iterable[Sequence[object]]


def ranking_rows(results: EvaluationResults) -> Rows:
    """Yield estimate, ranks and tier per item and criterion, best first; then all criteria."""
    rankings = {name: found.ranking for name, found in results.by_criterion.items()}
    if results.combined is not None:
        rankings[ALL_CRITERIA] = results.combined
    top = next((found for found in map(top_counts, rankings.values()) if found), ())
    heads = [f"top_{k}" for k in top]
    yield (*RANKING, *heads, "tier", "tier_name", "borderline", "status", "reasons")
    for name, ranking in rankings.items():
        if ranking is not None:
            yield from (_rank_row(item, name, len(heads)) for item in in_order(ranking))
        yield from _left_out_rows(results, name, len(heads))


def in_order(ranking: Ranking) -> list[RankedMeasure]:
    """Return the items best first; those without an estimate at the end."""
    by_id = ranked_by_id(ranking)
    rest = [item for item in ranking.measures if item.measure not in set(ranking.order)]
    return [*(by_id[item] for item in ranking.order), *rest]


def _rank_row(item: RankedMeasure, criterion: str, n_top: int) -> tuple[object, ...]:
    ends, ranks = item.interval, item.rank_interval or (None, None)
    top: list[float | None] = [share for _, share in item.top]
    return (
        *(item.measure, criterion, item.n, item.cannot_judge_share, item.mean, item.estimate),
        *(ends and ends.low, ends and ends.high, item.shown, item.rank, *ranks),
        *(
            item.expected_rank,
            *(top or [None] * n_top),
            item.tier,
            item.tier and tier_name(item.tier),
        ),
        *(_yes(item.borderline if item.tier else None), item.status, " ".join(item.reasons)),
    )


def _left_out_rows(results: EvaluationResults, criterion: str, n_top: int) -> Rows:
    gap = (None,) * (len(RANKING) - 2 + n_top + 3)
    for item, reason in results.left_out.get(criterion, {}).items():
        yield (item, criterion, *gap, "undefined", reason)


def agreement_rows(results: EvaluationResults) -> Rows:
    """Yield how the answers to each item lie together."""
    shares = [f"{part}_{end}" for part in PARTS for end in ("n", "share", "from", "to")]
    yield (*AGREEMENT, *shares, "status", "reasons")
    for name, found in results.by_criterion.items():
        yield from (_agreement_row(item, name) for item in found.agreement.measures)


def _agreement_row(item: MeasureAgreement, criterion: str) -> tuple[object, ...]:
    return (
        *(item.measure, criterion, item.state, item.n, item.cannot_judge, item.median),
        *(item.consensus, item.ipr, _yes(item.is_unanimous), item.appropriateness),
        *(cell for part in PARTS for cell in _share_cells(getattr(item, part))),
        *(item.status, " ".join(item.reasons)),
    )


def _share_cells(share: Share | None) -> tuple[object, ...]:
    if share is None:
        return (None,) * 4
    return (share.n, share.share, share.interval.low, share.interval.high)


def opinion_rows(results: EvaluationResults) -> Rows:
    """Yield the counts of each opinion group per listed item, and what all groups share."""
    yield OPINION
    for name, found in results.by_criterion.items():
        if found.opinion is not None and found.opinion.groups.k:
            yield from _opinion_rows(found.opinion, name)


def _opinion_rows(opinion: Opinion, criterion: str) -> Rows:
    sides = _sides(opinion)
    shared, names = opinion.consensus, opinion.groups.names
    for place, item in enumerate(opinion.items):
        if item not in opinion.listed:
            continue
        products = (float(shared.agree[place]), float(shared.disagree[place]))
        for group, counts in enumerate(group_counts(opinion, place)):
            parts = (shared.agree_parts[group, place], shared.disagree_parts[group, place])
            yield (
                *(item, criterion, group + 1, names[group] if names else None),
                *(counts["n"], counts["agree"], counts["disagree"], *map(float, parts)),
                *(*products, sides.get((group, item))),
            )


def _sides(opinion: Opinion) -> dict[tuple[int, Id], str]:
    """Return the side on which an item speaks for a group, where it is in the group's list."""
    return {
        (group, opinion.items[item.statement]): item.side
        for group, found in enumerate(opinion.representative.lists)
        for item in found
    }


def _yes(value: bool | None) -> str | None:  # noqa: FBT001 - one cell
    return None if value is None else "yes" if value else "no"
