"""One answer per item as plain records for summary.json, with the same cells withheld."""

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.decisions import Decision
from alpclusters.reports.evaluation_results import CriterionResults

type Record = dict[str, object]


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
        "divides": decision.divides,
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
