"""What a second rating may tell beside everything else: the audit of the whole decides."""

from dataclasses import replace
from typing import Final

from alpclusters.analysis.second_round import MeasureChange
from alpclusters.platform.evaluation.domain.publications import Told
from alpclusters.platform.evaluation.domain.records import CriterionResult, Evaluation
from alpclusters.platform.evaluation.domain.second_rating import withheld
from alpclusters.platform.evaluation.domain.statements import View, evaluation_statements

RELEASE: Final = "now"
type Places = set[tuple[int, int]]
"""Criteria and measures."""


def withhold_changes(evaluation: Evaluation, told: Told, view: View) -> Evaluation:
    """Leave out the change of each measure that would make an answer certain for somebody.

    Thresholds and rule U come first (`second_rating`); this is what they cannot see: the figures
    of the pairs beside those of everybody, of groups, of the hall and of earlier evaluations.
    """
    closed: Places = set()
    while True:
        found = _without(evaluation, closed)
        shown = _shown(found)
        given_away = _given_away(found, told, view) & shown if shown else set()
        if not given_away:
            return found
        closed |= given_away


def _given_away(evaluation: Evaluation, told: Told, view: View) -> Places:
    """Return the questions of which something is certain that was not before."""
    return told.beside(evaluation_statements(evaluation, view, RELEASE)).made_certain_by(RELEASE)


def _shown(evaluation: Evaluation) -> Places:
    return {
        (result.pk, int(item.measure))
        for result in evaluation.criteria
        for item in _changes(result)
        if item.state == "shown"
    }


def _changes(result: CriterionResult) -> tuple[MeasureChange, ...]:
    second = result.second_round
    return second.comparison.measures if second and second.comparison else ()


def _without(evaluation: Evaluation, closed: Places) -> Evaluation:
    results = tuple(_closed(result, closed) for result in evaluation.criteria)
    return replace(evaluation, criteria=results) if closed else evaluation


def _closed(result: CriterionResult, closed: Places) -> CriterionResult:
    second = result.second_round
    if second is None or second.comparison is None:
        return result
    measures = tuple(
        withheld(item) if (result.pk, int(item.measure)) in closed else item
        for item in second.comparison.measures
    )
    comparison = replace(second.comparison, measures=measures)
    return replace(result, second_round=replace(second, comparison=comparison))
