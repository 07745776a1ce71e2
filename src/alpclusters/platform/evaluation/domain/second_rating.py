"""The second rating of the same people against their first, with nobody's answer in it."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.consensus.ratings import CANNOT_JUDGE, Id
from alpclusters.analysis.conventions import K_ANONYMITY, SMALLEST_GROUP
from alpclusters.analysis.scales import Scale
from alpclusters.analysis.second_round import (
    AgreementChange,
    Attendance,
    Comparison,
    MeasureChange,
    Migration,
    compare_rounds,
    rounds_by_item,
)
from alpclusters.platform.evaluation.domain.histories import (
    Pairs,
    aside_seed,
    band_names,
    bands_by_step,
    pairs_of,
    set_aside,
)
from alpclusters.platform.evaluation.domain.opened import Opened
from alpclusters.platform.evaluation.domain.publications import Told
from alpclusters.platform.evaluation.domain.records import CriterionResult, Evaluation
from alpclusters.platform.evaluation.domain.science import SecondRoundResult
from alpclusters.platform.evaluation.domain.statements import View, evaluation_statements
from alpclusters.platform.evaluation.domain.tables import FIRST, SECOND, Tables

IntArray = NDArray[np.int64]


def compare_criterion(tables: Tables, opened: Opened) -> SecondRoundResult | None:
    """Compare both ratings of the measures that are shown; None where there is one round only."""
    if not {FIRST, SECOND} <= tables.keys():
        return None
    if not opened.scale.has_mean:
        return SecondRoundResult(None, reasons=("no_order",))
    if not opened.measures:
        return SecondRoundResult(None, reasons=("small_group",))
    first, second = (tables[n].ratings(opened.pk, opened.measures) for n in (FIRST, SECOND))
    people = [_people(one) for one in (first, second)]
    n_both = len(people[0] & people[1])
    if n_both < SMALLEST_GROUP:
        return SecondRoundResult(None, reasons=("small_group" if n_both else "no_pairs",))
    pairs = _pairs(first, second, tables, opened.pk)
    found = compare_rounds(
        set_aside(first, pairs, mark="first"), set_aside(second, pairs, mark="second")
    )
    comparison = replace(
        found,
        measures=tuple(
            _protected(item, pairs[item.measure], opened.scale) for item in found.measures
        ),
        n_first=len(people[0]),
        n_second=len(people[1]),
        n_both=n_both,
        attrition=1 - n_both / len(people[0]),
    )
    shown = [item.measure for item in comparison.measures if item.state == "shown"]
    aside = max((len(pairs[measure].aside) for measure in shown), default=0)
    ways = [way for way in tables[SECOND].ways if way.criterion == opened.pk]
    return SecondRoundResult(
        comparison if shown else _withheld_whole(comparison),
        n_aside=aside,
        n_informed=sum(way.is_informed for way in ways),
        n_answers=len(ways),
    )


def _people(ratings: Ratings) -> frozenset[Id]:
    return frozenset(ratings.rater_ids[place] for place in np.unique(ratings.rater))


def _pairs(first: Ratings, second: Ratings, tables: Tables, criterion: int) -> dict[Id, Pairs]:
    return {
        item: pairs_of(rounds, seed=aside_seed(tables, criterion, int(item)))
        for item, rounds in rounds_by_item(first, second).items()
    }


def _withheld_whole(found: Comparison) -> Comparison:
    return replace(found, status="limited", reasons=("small_group",))


# --- one measure --------------------------------------------------------------------------


def _protected(item: MeasureChange, pairs: Pairs, scale: Scale) -> MeasureChange:
    n_paired = item.attendance.n_paired or 0
    is_closed = pairs.is_closed or pairs.is_alike or n_paired < SMALLEST_GROUP
    if item.state != "shown" or is_closed:
        return withheld(item)
    agreement = item.agreement if _may_be_told(item.agreement) else None
    told = () if agreement else ("all_alike",)
    return replace(
        item,
        attendance=_counted(item.attendance, pairs),
        migration=_moved(item.migration, scale),
        agreement=agreement,
        # Those set aside are no leavers.
        leavers=None if pairs.aside else item.leavers,
        status="limited" if told else item.status,
        reasons=(*item.reasons, *told),
        cautions=tuple(c for c in item.cautions if not (c == "leavers_differ" and pairs.aside)),
    )


def withheld(item: MeasureChange) -> MeasureChange:
    """Return the measure without any figure."""
    nobody = Attendance(None, None, None, None, None, None, None)
    return MeasureChange(
        item.measure, "withheld", nobody, None, None, None, None, "limited", ("small_group",), ()
    )


def _counted(attendance: Attendance, pairs: Pairs) -> Attendance:
    """Count those set aside as people who rated twice."""
    n_first = attendance.n_first or 0
    attrition = 1 - pairs.n_both / n_first if n_first else None
    return replace(attendance, attrition=attrition, joined=pairs.joined)


def _may_be_told(found: AgreementChange | None) -> bool:
    """Say whether in no round all, or all but one, gave the same answer."""
    if found is None:
        return False
    counts = (found.histogram_first, found.histogram_second)
    return all(max(one) < sum(one) - 1 for one in counts)


def _moved(found: Migration | None, scale: Scale) -> Migration | None:
    """Keep the finest matrix whose rows and columns give nobody away: steps, bands, or none."""
    if found is None or found.matrix is None:
        return found
    n = len(found.states) - (found.states[-1] == CANNOT_JUDGE)
    steps = found.matrix[:n, :n]
    if _is_safe(steps):
        return replace(found, matrix=_frozen(steps), states=found.states[:n])
    bands = _banded(steps, scale)
    is_told = _is_safe(bands)
    return replace(
        found,
        matrix=_frozen(bands) if is_told else None,
        states=band_names(scale) if is_told else (),
    )


def _banded(steps: IntArray, scale: Scale) -> IntArray:
    names, of_step = band_names(scale), list(bands_by_step(scale).values())
    bands = np.zeros((len(names), len(names)), dtype=np.int64)
    for row, column in np.ndindex(*steps.shape):
        bands[names.index(of_step[row]), names.index(of_step[column])] += steps[row, column]
    return bands


def _is_safe(matrix: IntArray) -> bool:
    if ((matrix > 0) & (matrix < K_ANONYMITY)).any():
        return False
    return all(_is_group_safe(line) for part in (matrix, matrix.T) for line in part)


def _is_group_safe(line: IntArray) -> bool:
    n = int(line.sum())
    is_alike = np.count_nonzero(line) == 1 and n < SMALLEST_GROUP
    return n == 0 or (n >= K_ANONYMITY and not is_alike)


def _frozen(matrix: IntArray) -> IntArray:
    copy = matrix.copy()
    copy.setflags(write=False)
    return copy


# --- What a second rating may tell beside everything else: the audit of the whole decides ---------


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
