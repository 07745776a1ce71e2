"""One answer per item for summary.json and decisions.csv, with the same cells withheld."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from alpclusters.analysis.consensus import Description, MeasureDescription
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.decisions import CLASSES, Decision, Decisions
from alpclusters.platform.evaluation.domain.opinion_results import OTHERS
from alpclusters.reports.evaluation_results import CriterionResults, tier_name
from alpclusters.reports.evaluation_subject import is_vote

COLUMNS: Final = (
    *("item", "text", "criterion", "state", "place", "outcome"),
    *CLASSES,
    *("n", "n_against", "tier", "tier_name", "estimate", "estimate_low", "estimate_high"),
    *("divides", "divides_probability"),
)

type Record = dict[str, object]
type Named = Callable[[Id], tuple[object, str]]


def decisions_record(found: CriterionResults) -> Record:
    """Return what holds for all items: how many are in each class, and how they were put there."""
    decisions = found.decisions
    if decisions is None:
        return {"status": "undefined", "reasons": list(found.missing.get("ranking", ()))}
    outcomes = [one.outcome for one in decisions.measures]
    return {
        "status": decisions.status,
        "reasons": list(decisions.reasons),
        "conventions": decisions.conventions.as_record(),
        "groups": list(decisions.groups),
        "are_camps": decisions.are_camps,
        "n": {word: outcomes.count(word) for word in dict.fromkeys(outcomes)},
        "order": [one.measure for one in decisions.measures],
        "unjudged": list(decisions.unjudged),
    }


def decision_record(found: CriterionResults, item: Id) -> Record | None:
    """Return the answer for one item; figures of groups only where its counts by group are told."""
    known = {one.measure: one for one in found.decisions.measures} if found.decisions else {}
    decision = known.get(item)
    if decision is None:
        return None
    is_listed = found.opinion is not None and item in found.opinion.listed
    return {
        "outcome": decision.outcome,
        "probabilities": {one.of: one.value for one in decision.probabilities},
        "likeliest": list(decision.likeliest) if decision.outcome == "open" else [],
        "divides": decision.divides if is_listed else None,
        "groups": _groups(decision) if is_listed else [],
    }


def _groups(decision: Decision) -> list[Record]:
    return [
        {
            "group": view.group,
            "n": view.n,
            "value": view.value,
            "interval": view.interval.as_record(),
            "n_against": view.n_against,
            "lower": view.lower,
        }
        for view in decision.groups
    ]


# --- one table ----------------------------------------------------------------------------


def decision_rows(
    descriptions: Mapping[str, Description],
    results: Mapping[str, CriterionResults],
    named: Named,
) -> Iterable[Sequence[object]]:
    """Yield one row per item and criterion, in the order of every list; first the columns.

    Items without an answer stand at the end of their criterion: their ``state`` is ``withheld``
    or ``empty``, or they are in no result. ``named`` gives the id that people know, and the words.
    """
    yield COLUMNS
    for criterion, description in descriptions.items():
        described = {item.measure: item for item in description.measures}
        found = results.get(criterion)
        decisions = found.decisions if found else None
        for place, one in enumerate(decisions.measures if decisions else (), start=1):
            item = described.pop(one.measure)
            head = (*named(one.measure), criterion, item.state, place)
            yield (*head, *_answer(one, item, description, found))
        for item in described.values():
            gap = (None,) * (len(COLUMNS) - 4)
            yield (*named(item.measure), criterion, item.state, *gap)


def _answer(
    one: Decision,
    item: MeasureDescription,
    description: Description,
    found: CriterionResults | None,
) -> Sequence[object]:
    chances: dict[str, float] = {part.of: part.value for part in one.probabilities}
    tier = tier_name(one.tier) if one.tier else None
    return (
        *(one.outcome, *(chances.get(name) for name in CLASSES), one.n, one.n_against),
        *(one.tier, tier, one.value, *_ends(one, item, description, found)),
        *_divides(one, description, found),
    )


def _ends(
    one: Decision,
    item: MeasureDescription,
    description: Description,
    found: CriterionResults | None,
) -> tuple[float | None, float | None]:
    """Return the interval of the estimate: of votes that of the share that agrees."""
    ranked = found.ranked(one.measure) if found else None
    of_share = item.summary.agree_interval if item.summary else None
    ends = of_share if is_vote(description) else ranked and ranked.interval
    return (ends.low, ends.high) if ends else (None, None)


def _divides(
    one: Decision, description: Description, found: CriterionResults | None
) -> tuple[str | None, float | None]:
    """Return the mark and its probability, where figures by group may be told."""
    decisions = found.decisions if found else None
    if one.divides is None or found is None or decisions is None:
        return None, None
    if not tells_groups(one, found, description):
        return None, None
    return "yes" if divides(one, decisions) else "no", one.divides


def divides(one: Decision, decisions: Decisions) -> bool:
    """Say whether groups surely lie a quarter of the scale apart or more on an item."""
    return (one.divides or 0.0) >= dict(decisions.conventions.thresholds)["certain"]


def tells_groups(one: Decision, found: CriterionResults, description: Description) -> bool:
    """Say whether figures of an item by group may be shown."""
    if found.decisions is None:
        return False
    if found.opinion is not None:
        return one.measure in found.opinion.listed
    item = next(item for item in description.measures if item.measure == one.measure)
    # Of an AlpCafé all others are a group too.
    groups = {None if group == OTHERS else group for group in found.decisions.groups}
    return any(
        groups <= {cell.group for cell in cells} and all(cell.state == "shown" for cell in cells)
        for cells in item.splits.values()
    )
