"""Common denominators as data: summary.json and denominators.csv, no small region in either."""

from collections.abc import Iterable, Sequence
from typing import Final

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.denominators import Denominator
from alpclusters.reports.evaluation_results import CommonGround, EvaluationResults

FIGURES: Final = ("verdict", "probability", "low", "high")
RULE: Final = ("threshold", "min_countries", "min_regions")

type Record = dict[str, object]


def rule_of(ground: CommonGround) -> dict[str, float]:
    """Return threshold, countries and regions the rule asks for; empty where it was not applied."""
    if ground.found is None:
        return {}
    return {name: dict(ground.found.conventions.thresholds)[name] for name in (*RULE, "certain")}


def denominators_record(ground: CommonGround) -> Record:
    """Return rule, regions with enough people, and the verdict on each item."""
    found = ground.found
    head: Record = {
        "status": found.status if found else "undefined",
        "reasons": list(found.reasons if found else ground.reasons),
        "regions": [
            {"region": name, "country": country} for name, country in ground.regions.items()
        ],
        "not_estimated": ground.n_regions - len(ground.regions) if ground.regions else None,
    }
    if found is None:
        return head
    return {
        **head,
        "conventions": found.conventions.as_record(),
        "rule": rule_of(ground),
        "common": list(found.common()),
        "items": [_item(item, ground) for item in found.measures],
    }


def _item(item: Denominator, ground: CommonGround) -> Record:
    return {
        "item": item.measure,
        **{name: getattr(item, name) for name in FIGURES},
        "divided": item.is_divided,
        "regions": {str(name): p for name, p in ground.probabilities(item.measure).items()},
        "status": item.status,
        "reasons": list(item.reasons),
    }


def denominator_rows(results: EvaluationResults) -> Iterable[Sequence[object]]:
    """Yield the verdict per item and criterion, then the probability of each region shown."""
    grounds = {
        name: found.common_ground
        for name, found in results.by_criterion.items()
        if found.common_ground
    }
    regions = list(dict.fromkeys(name for one in grounds.values() for name in one.regions))
    heads = [f"reaches_{name}" for name in regions]
    yield ("item", "criterion", *FIGURES, "divided", *RULE, "status", "reasons", *heads)
    for name, ground in grounds.items():
        yield from _rows(ground, name, regions)


def _rows(
    ground: CommonGround, criterion: str, regions: Sequence[Id]
) -> Iterable[tuple[object, ...]]:
    rule = rule_of(ground)
    for item in ground.found.measures if ground.found else ():
        shown = ground.probabilities(item.measure)
        divided = None if item.is_divided is None else ("yes" if item.is_divided else "no")
        yield (
            *(item.measure, criterion, *(getattr(item, name) for name in FIGURES), divided),
            *(rule[name] for name in RULE),
            *(item.status, " ".join(item.reasons), *(shown.get(name) for name in regions)),
        )
