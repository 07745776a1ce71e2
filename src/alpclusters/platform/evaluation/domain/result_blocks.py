"""The blocks of results as JSON: n, share of "cannot judge", interval and convention at each.

Figures come from the evaluation, which withholds small groups, those that would give them
away and small groups of one mind; nothing is computed here a second time.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from alpclusters.analysis.consensus import MeasureDescription, Summary
from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.errors import InputError
from alpclusters.analysis.scales import Kind, Scale
from alpclusters.analysis.small_groups import withhold_groups
from alpclusters.platform.cafe.domain.top_threes import Chosen, TopThreeCount, tell
from alpclusters.platform.cafe.models import AlpCafe, Block, Source
from alpclusters.platform.evaluation.domain.choosing import count_told
from alpclusters.platform.evaluation.domain.computing import compute_with_answers
from alpclusters.platform.evaluation.domain.records import CriterionResult, Evaluation
from alpclusters.platform.evaluation.domain.science import Ranked
from alpclusters.platform.evaluation.domain.tables import RatingTable

# --- The cloud: how many people gave which pair of answers on two criteria, in steps --------------
#
# A pair of answers joins two answers of a person: who knows one would read the other. So the pairs
# are those after the exchange (`exchanged`), and a cell tells its size in steps.


STEPS: Final = ((1, 4), (5, 9), (10, 19), (20, 39), (40, None))
"""Smallest and largest number of people of the steps 1 to 5 of a cell."""
EXCHANGED: Final = "exchanged"
"""Says of a stored cloud that answers changed places before."""

type Json = dict[str, Any]
type Answers = Mapping[int, float | None]


def build_cloud(cafe: AlpCafe, found: Evaluation, exchanged: RatingTable) -> Json:
    """Count the pairs of answers to the two criteria of the cloud, measure by measure.

    Of a measure that ``found`` does not count on both nothing is told.
    """
    across, up = cafe.cloud_x_id, cafe.cloud_y_id
    if across is None or up is None:
        return {"rows": []}
    answers = exchanged.answers()
    counted = {result.pk: result for result in found.criteria}
    rows = []
    for item in found.measures:
        both = [counted.get(pk) for pk in (across, up)]
        is_told = all(one is not None and one.summary(item.pk) is not None for one in both)
        again = [found.n_again(pk, item.pk) for pk in (across, up)]
        x, y = (answers.get((item.pk, pk), {}) for pk in (across, up))
        rows.append(_row(item.pk, x, y, again) if is_told else _withheld(item.pk))
    steps = [list(step) for step in STEPS]
    return {"x": across, "y": up, "steps": steps, EXCHANGED: True, "rows": rows}


def stored_cloud(data: Json) -> Json:
    """Return a cloud that was stored; one of the true pairs tells nothing any more."""
    if data.get(EXCHANGED):
        return data
    return {**data, "rows": [_withheld(row["measure"]) for row in data["rows"]]}


def step_of(n: int) -> int:
    """Return the step of a number of people, from 1.

    Examples
    --------
    >>> [step_of(n) for n in (1, 4, 5, 19, 200)]
    [1, 1, 2, 3, 5]
    """
    return sum(1 for low, _high in STEPS if n >= low)


def _row(measure: int, across: Answers, up: Answers, again: list[int | None]) -> Json:
    pairs = Counter(
        (int(x), int(y))
        for who, x in across.items()
        if x is not None and (y := up.get(who)) is not None
    )
    if pairs.total() < K_ANONYMITY:
        return _withheld(measure)
    cells = [[x, y, step_of(n)] for (x, y), n in sorted(pairs.items())]
    few = None if None in again else min(n or 0 for n in again)
    return {"measure": measure, "n": pairs.total(), "again": few, "cells": cells}


def _withheld(measure: int) -> Json:
    return {"measure": measure, "withheld": True}


# --- The blocks of results as JSON: n, share of "cannot judge", interval and convention at each


def build_blocks(cafe: AlpCafe) -> Json:
    """Compute all blocks but the comments, which a person chooses."""
    found, exchanged = compute_with_answers(cafe)
    blocks: Json = {
        Block.PARTICIPATION: _participation(found),
        Block.TIERS: {"criteria": [_tiers(found, result) for result in found.criteria]},
        Block.HEAT: {"rows": _heat(found)},
        Block.GROUPS: _groups(found),
        Block.TOP_THREE: _top_three(cafe),
        Block.CLOUD: build_cloud(cafe, found, exchanged),
        Block.CHANGE: {"criteria": [_change(result) for result in found.criteria]},
    }
    for block in (Block.PARTICIPATION, Block.TIERS, Block.HEAT, Block.GROUPS, Block.CLOUD):
        blocks[block] |= {"rounds": list(found.rounds), "n": found.n_people}
        if found.n_people is not None:
            blocks[block]["again"] = found.n_again()
    return {"names": _names(found), "blocks": {str(key): value for key, value in blocks.items()}}


def build_comments(cafe: AlpCafe, chosen: Iterable[int] | None) -> Json:
    """Return the comments that a person read and chose, in an order of chance.

    Raises
    ------
    InputError
        ``cafe.no_comments`` if none is chosen.
    """
    wanted = {int(pk) for pk in chosen or ()}
    rows = list(cafe.comments.filter(pk__in=wanted).order_by("pk"))
    if not rows:
        raise InputError("cafe.no_comments")
    secrets.SystemRandom().shuffle(rows)
    people = cafe.comments.values("participant_id").distinct().count()
    return {
        "n": people,
        "items": [
            {"measure": row.measure_id, "text": row.text, "language": row.language} for row in rows
        ],
    }


# --- one block each -----------------------------------------------------------------------


def _participation(found: Evaluation) -> Json:
    """Count the people who rated once, and by the way their answers came; the parts add up."""
    people = (
        {line.source: line.n_people for line in found.arrivals.sources} if found.arrivals else {}
    )
    data = {
        "answers": found.n_answers,
        "cannot_judge": found.cannot_judge_share,
        "sources": {source: people.get(source, 0) for source in Source.values},
    }
    return _told_participation(data)


def _told_participation(data: Json) -> Json:
    """Name one number of people with its parts; small ones and who only joined are not told."""
    sources = data["sources"]
    if all(value is not None for value in sources.values()):
        hidden = withhold_groups(list(sources.values())).groups
        told = zip(sources.items(), hidden, strict=True)
        sources = {source: None if flag else value for (source, value), flag in told}
    return {name: value for name, value in data.items() if name != "joined"} | {"sources": sources}


def _tiers(found: Evaluation, result: CriterionResult) -> Json:
    """Rank by the model where it stands, else show means without tiers."""
    ranking = result.ranking
    is_model = ranking is not None and ranking.is_usable
    conventions = ranking.conventions if ranking and is_model else result.description.conventions
    ranked = {item.measure: item for item in ranking.measures} if ranking and is_model else {}
    return {
        "criterion": result.pk,
        "n": ranking.n_raters if ranking else None,
        "again": found.n_again(result.pk),
        "kind": "model" if is_model else "mean",
        "reasons": list(ranking.reasons) if ranking else [],
        "convention": _convention(conventions.as_record()),
        "rows": [
            _tier_row(found, result, item, ranked.get(int(item.measure)))
            for item in result.description.measures
        ],
        "tiers": [list(tier.measures) for tier in ranking.tiers] if ranking and is_model else [],
    }


def _tier_row(
    found: Evaluation,
    result: CriterionResult,
    item: MeasureDescription,
    place: Ranked | None,
) -> Json:
    again = found.n_again(result.pk, int(item.measure))
    figures = _figures(item.summary, again, state=item.state)
    if "n" not in figures:
        return {"measure": int(item.measure), **figures}
    estimate = figures.pop("mean")
    row = {"measure": int(item.measure), **figures, "estimate": estimate, "tier": None}
    if place is None:
        return row
    own = {"estimate": place.estimate, "low": place.low, "high": place.high, "tier": place.tier}
    return {**row, **own}


def _heat(found: Evaluation) -> list[Json]:
    return [
        {
            "measure": item.pk,
            "cells": [
                {
                    "criterion": result.pk,
                    **_figures(result.summary(item.pk), found.n_again(result.pk, item.pk)),
                }
                for result in found.criteria
            ],
        }
        for item in found.measures
    ]


def _groups(found: Evaluation) -> Json:
    splits = {}
    for split, groups in found.groups.items():
        names = {group.key: dict(group.names) for group in groups}
        rows = [
            {
                "measure": int(item.measure),
                "criterion": result.pk,
                "cells": _cells(found, result, item, split),
            }
            for result in found.criteria
            for item in result.description.measures
        ]
        splits[split] = {"groups": names, "rows": rows}
    return {"splits": splits}


def _cells(
    found: Evaluation, result: CriterionResult, item: MeasureDescription, split: str
) -> list[Json]:
    return [
        {"group": group, **_figures(cell.summary, again, state=cell.state)}
        for cell in item.splits.get(split, ())
        for group in [str(cell.group or "")]
        for again in [found.n_again(result.pk, int(item.measure), split, group)]
    ]


def _figures(summary: Summary | None, again: int | None, *, state: str = "shown") -> Json:
    if summary is None or state == "withheld":
        return {"empty": True} if state == "empty" else {"withheld": True}
    ends = summary.mean_interval
    return {
        "n": summary.n,
        # Of them in the second rating, None for one to four: it decides what may follow.
        "again": again,
        "mean": summary.mean,
        "low": ends.low if ends else None,
        "high": ends.high if ends else None,
        # Beside one's own first answer in the second rating.
        "median": summary.median,
        "lower_quartile": summary.lower_quartile,
        "upper_quartile": summary.upper_quartile,
        "cannot_judge": summary.cannot_judge_share,
    }


def _top_three(cafe: AlpCafe) -> Json:
    ids = dict(cafe.cafe_measures.values_list("measure__key", "measure_id"))
    return _choices(count_told(cafe), ids)


def stored_block(block: str, data: Json) -> Json:
    """Return a block that was stored, without what earlier ones told of few people."""
    if block == Block.PARTICIPATION:
        return _told_participation(data)
    if block == Block.CLOUD:
        return stored_cloud(data)
    rows = data.get("rows", ()) if block == Block.TOP_THREE else ()
    if not any("places" in row for row in rows):
        return data
    chosen = [Chosen(str(row["measure"]), row["points"], sum(row["places"])) for row in rows]
    found = tell(chosen, n=data["n"] or 0, weights=data["points"], round_=data["round"])
    return data | _choices(found, {one.measure: int(one.measure) for one in chosen})


def _choices(found: TopThreeCount, ids: Mapping[str, int]) -> Json:
    return {
        "n": found.n,
        "round": found.round,
        "points": list(found.weights),
        "withheld": found.is_withheld,
        "first": [ids[key] for key in found.first],
        "rows": [
            {"measure": ids[line.measure], "withheld": True}
            if line.points is None
            else {"measure": ids[line.measure], "points": line.points}
            for line in found.lines
        ],
    }


def _change(result: CriterionResult) -> Json:
    second = getattr(result, "second_round", None)
    if second is None or second.comparison is None:
        reasons = list(second.reasons) if second else ["no_pairs"]
        return {"criterion": result.pk, "reasons": reasons, "rows": []}
    found = second.comparison
    return {
        "criterion": result.pk,
        "n": found.n_both,
        "n_first": found.n_first,
        "n_second": found.n_second,
        "convention": _convention(found.conventions.as_record()),
        "rows": [_change_row(item) for item in found.measures],
    }


def _change_row(item: Any) -> Json:
    change = item.change
    if item.state != "shown" or change is None:
        return {"measure": int(item.measure), "withheld": True}
    ends = change.interval
    return {
        "measure": int(item.measure),
        "n": item.attendance.n_paired,
        **_means(item.agreement),
        "change": change.mean,
        "low": ends.low if ends else None,
        "high": ends.high if ends else None,
    }


def _means(agreement: Any) -> Json:
    """Return the mean of both rounds, where the counts of both may be told."""
    if agreement is None:
        return {}
    return {
        "first": agreement.mean_first,
        "second": agreement.mean_second,
    }


# --- what all share -----------------------------------------------------------------------


def _end_labels(scale: Scale) -> list[Json]:
    """Return the words of the lowest and the highest step; without an order those of all."""
    shown = scale.labels if scale.kind != Kind.ORDERED else (scale.labels[0], scale.labels[-1])
    return [dict(words) for words in shown]


def _names(found: Evaluation) -> Json:
    return {
        "measures": {str(item.pk): dict(item.names) for item in found.measures},
        "criteria": {
            str(result.pk): {
                "name": dict(result.names),
                "kind": result.scale.kind.value,
                "steps": list(result.scale.steps),
                "labels": _end_labels(result.scale),
            }
            for result in found.criteria
        },
    }


def _convention(record: Mapping[str, Any]) -> Json:
    """Keep of the conventions what stands beside a figure."""
    kept = ("method", "version", "level", "intervals", "draws", "seed")
    return {key: record[key] for key in kept if key in record}
