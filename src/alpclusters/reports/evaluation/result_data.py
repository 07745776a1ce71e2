"""Results of the methods as plain records for summary.json, with the same cells withheld."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

from alpclusters.analysis.consensus import AgreementSummary, MeasureAgreement, Share
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.opinion import MajorityStatement, RepresentativeStatement
from alpclusters.analysis.ranking import RankedMeasure, Ranking, WeightSensitivity
from alpclusters.reports.evaluation.across import denominators_record
from alpclusters.reports.evaluation.decisions import decision_record, decisions_record
from alpclusters.reports.evaluation.results import (
    CriterionResults,
    EvaluationResults,
    Opinion,
    ranked_by_id,
    tier_name,
    top_counts,
)
from alpclusters.reports.evaluation.second_round_data import second_round_record

UNDEFINED: Final = "undefined"

type Record = dict[str, object]


# --- the head -----------------------------------------------------------------------------


def results_record(results: EvaluationResults) -> Record:
    """Return what holds for all items: status, reasons, conventions, tiers, groups.

    With several criteria ``criteria`` has one entry each, and ``ranking`` adds them up.
    """
    records = {name: _criterion_record(found) for name, found in results.by_criterion.items()}
    if len(records) == 1:
        return next(iter(records.values()))
    missing = {"status": UNDEFINED, "reasons": ["criterion_undefined"]}
    combined = missing if results.combined is None else _ranking_record(results.combined)
    return {"ranking": combined, "criteria": records}


def _criterion_record(found: CriterionResults) -> Record:
    ranking = _missing(found, "ranking")
    opinion = _missing(found, "opinion")
    record: Record = {
        "decisions": decisions_record(found),
        "ranking": ranking if found.ranking is None else _ranking_record(found.ranking),
        "agreement": _agreement_record(found.agreement),
        "opinion": opinion if found.opinion is None else _opinion_record(found.opinion),
    }
    if found.second_round is not None:
        record["second_round"] = second_round_record(found.second_round)
    if found.weighting is not None:
        record["weighting"] = found.weighting.as_record()
    if found.common_ground is not None:
        record["denominators"] = denominators_record(found.common_ground)
    return record


def _missing(found: CriterionResults, part: str) -> Record:
    return {"status": UNDEFINED, "reasons": list(found.missing.get(part, ()))}


def _ranking_record(ranking: Ranking) -> Record:
    variances = ranking.variances
    record: Record = {
        "status": ranking.status,
        "reasons": list(ranking.reasons),
        "conventions": ranking.conventions.as_record(),
        "n_ratings": ranking.n_ratings,
        "n_raters": ranking.n_raters,
        "order": list(ranking.order),
        "tiers": [
            {
                "tier": tier.number,
                "name": tier_name(tier.number),
                "items": list(tier.measures),
                "overlap": tier.overlap,
            }
            for tier in ranking.tiers
        ],
    }
    if variances is not None:
        record["intercept"] = ranking.intercept
        record["variances"] = {
            "measure": variances.measure,
            "rater": variances.rater,
            "residual": variances.residual,
            "measure_share": _known(variances.measure_share),
            "rater_share": _known(variances.rater_share),
        }
        record["reliability"] = ranking.reliability
    if ranking.weight_sensitivity is not None:
        record["other_weights"] = _other_weights(ranking, ranking.weight_sensitivity)
    if ranking.criteria:
        record["criteria_weights"] = {str(c.criterion): c.weight for c in ranking.criteria}
    return record


def _other_weights(ranking: Ranking, found: WeightSensitivity) -> list[Record]:
    """Return with which share of all weights an item comes first, and with which mean weights."""
    if not found.acceptability.size:
        return []
    return [
        {
            "item": item.measure,
            "first": float(found.acceptability[row, 0]),
            "weights": {
                str(name): _known(float(weight))
                for name, weight in zip(found.criteria, found.central_weights[row], strict=True)
            },
        }
        for row, item in enumerate(ranking.measures)
    ]


def _agreement_record(agreement: AgreementSummary) -> Record:
    record = agreement.as_record()
    record.pop("measures")
    return record


def _opinion_record(opinion: Opinion) -> Record:
    groups, shared = opinion.groups, opinion.consensus
    return {
        "verdict": groups.structure.verdict if groups.structure else None,
        "structure": _structure_record(opinion),
        "status": groups.status,
        "reasons": list(groups.reasons),
        "conventions": groups.conventions.as_record(),
        "kind": groups.kind,
        "split": opinion.split or None,
        "k": groups.k,
        "sizes": list(groups.sizes),
        "names": list(groups.names),
        "placed": groups.n_placed,
        "not_placed": int((groups.members < 0).sum()),
        "silhouettes": {
            str(k): _known(float(value)) for k, value in enumerate(groups.silhouettes, start=2)
        },
        "variance_shares": [_known(float(value)) for value in groups.variance_shares],
        "polis_cut": {"k": opinion.polis.k, "sizes": list(opinion.polis.sizes)}
        if opinion.polis
        else None,
        "stability": groups.stability.as_record() if groups.stability else None,
        "group_informed_consensus": {
            "status": shared.status,
            "reasons": list(shared.reasons),
            "conventions": shared.conventions.as_record(),
            "agreement": _listed_items(opinion, shared.shared_agreement),
            "rejection": _listed_items(opinion, shared.shared_rejection),
        },
        "representative": {
            "status": opinion.representative.status,
            "reasons": list(opinion.representative.reasons),
            "conventions": opinion.representative.conventions.as_record(),
            "groups": [
                {"group": number, "items": [_statement(opinion, item) for item in found]}
                for number, found in enumerate(opinion.representative.lists, start=1)
            ],
        },
        "majority": {
            "status": opinion.majority.status,
            "reasons": list(opinion.majority.reasons),
            "conventions": opinion.majority.conventions.as_record(),
            "agree": [_statement(opinion, item) for item in opinion.majority.agree],
            "disagree": [_statement(opinion, item) for item in opinion.majority.disagree],
        },
    }


def _structure_record(opinion: Opinion) -> Record | None:
    """Return the verdict's figures, and the items at either end of each axis."""
    structure = opinion.groups.structure
    if structure is None:
        return None
    ends = [structure.ends(axis) for axis in range(structure.shares.size)]
    return {
        **structure.as_record(),
        "conventions": structure.conventions.as_record(),
        "axes": [
            {
                "share": float(share),
                "name": name or None,
                "rising": [opinion.items[place] for place in rising],
                "falling": [opinion.items[place] for place in falling],
            }
            for share, name, (rising, falling) in zip(
                structure.shares, structure.axis_names, ends, strict=True
            )
        ],
    }


def _listed_items(opinion: Opinion, places: Iterable[int]) -> list[Id]:
    return [opinion.items[place] for place in places if opinion.items[place] in opinion.listed]


def _statement(opinion: Opinion, item: RepresentativeStatement | MajorityStatement) -> Record:
    record = item.as_record()
    return {
        "item": opinion.items[item.statement],
        **{k: v for k, v in record.items() if k != "statement"},
    }


# --- one item -----------------------------------------------------------------------------


def item_records(results: EvaluationResults, criterion: str) -> dict[Id, Record]:
    """Return per item its estimate, ranks, tier, agreement and figures by opinion group."""
    found = results.by_criterion[criterion]
    ranked = ranked_by_id(found.ranking)
    left_out = results.left_out.get(criterion, {})
    agreed = {item.measure: item for item in found.agreement.measures}
    places = {item: row for row, item in enumerate(found.opinion.items)} if found.opinion else {}
    why = found.missing.get("ranking", ())
    return {
        item: {
            "decision": decision_record(found, item),
            **rank_record(ranked.get(item), (left_out[item],) if item in left_out else why),
            "agreement": _item_agreement(agreed.get(item)),
            "opinion": _item_opinion(found.opinion, item, places.get(item)),
        }
        for item in dict.fromkeys((*agreed, *left_out))
    }


def combined_records(results: EvaluationResults) -> dict[Id, Record]:
    """Return per item the figures of all criteria added up; empty without them."""
    if results.combined is None:
        return {}
    return {item.measure: rank_record(item, ()) for item in results.combined.measures}


def rank_record(item: RankedMeasure | None, why: tuple[str, ...]) -> Record:
    """Return the figures of one item in the ranking; None and the reason where there are none."""
    interval, ranks = (item.interval, item.rank_interval) if item else (None, None)
    return {
        "estimate": item.estimate if item else None,
        "estimate_interval": interval.as_record() if interval else None,
        "shown": item.shown if item else None,
        "rank": item.rank if item else None,
        "tied": item.tied if item else None,
        "rank_interval": {"low": ranks[0], "high": ranks[1]} if ranks else None,
        "expected_rank": item.expected_rank if item else None,
        "top": {str(k): share for k, share in item.top} if item else {},
        "tier": item.tier if item else None,
        "borderline": item.borderline if item and item.tier else None,
        "ranking_reasons": list(item.reasons if item else why),
    }


def _item_agreement(item: MeasureAgreement | None) -> Record | None:
    if item is None:
        return None
    record = item.as_record()
    for name in ("measure", "n", "cannot_judge", "cannot_judge_share"):
        record.pop(name)
    return record


def _item_opinion(opinion: Opinion | None, item: Id, place: int | None) -> Record | None:
    if opinion is None or place is None or item not in opinion.listed:
        return None
    shared = opinion.consensus
    return {
        "agree": float(shared.agree[place]),
        "agree_root": float(shared.agree_root[place]),
        "disagree": float(shared.disagree[place]),
        "disagree_root": float(shared.disagree_root[place]),
        "groups": group_counts(opinion, place),
    }


def group_counts(opinion: Opinion, place: int) -> list[Record]:
    """Return the people of each group who agree, disagree and answered."""
    shared = opinion.consensus
    return [
        {
            "group": group + 1,
            "n": int(shared.n[group, place]),
            "agree": int(shared.n_agree[group, place]),
            "disagree": int(shared.n_disagree[group, place]),
        }
        for group in range(len(shared.labels))
    ]


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


# --- Results of the methods as rows: ranking.csv, agreement.csv, opinion.csv ----------------------


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
