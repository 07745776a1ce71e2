"""One answer per measure of an AlpCafé, from the counts that are told and from nothing else."""

import json
from dataclasses import replace

import numpy as np
import pytest

from alpclusters.analysis.consensus import Interval, Ratings
from alpclusters.analysis.decisions import decide
from alpclusters.analysis.disclosure import deal_answers
from alpclusters.analysis.ranking import rank_measures, rating_columns
from alpclusters.platform.evaluation.domain.coarsening import coarse_decisions
from alpclusters.platform.evaluation.domain.computing import compute
from alpclusters.platform.evaluation.domain.opinion_results import OTHERS
from alpclusters.platform.evaluation.domain.storage import from_json, to_json
from tests.factories.judging import FOUR, GOLDEN, four_cafe, two_camps

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

REGIONS = ("AT32", "ITC4")


def decisions_of(evaluation):
    """Return the outcome of every measure by its key."""
    decisions = evaluation.criteria[0].decisions
    return {evaluation.measure(one.measure).key: one for one in decisions.measures}


def test_cafe_has_the_answers_of_the_method_on_the_counts_that_are_told():
    # As whoever has the published counts may compute it: 6 is "cannot judge", nobody left one out.
    counts = np.array([[6 if sign == "." else int(sign) for sign in row] for row in GOLDEN])
    dealt = deal_answers(counts, np.zeros_like(counts)).tolist()
    rows = [(who, m, v) for who, row in enumerate(dealt) for m, v in enumerate(row) if v != 6]
    ratings = Ratings.from_rows(rows, scale=(1, 5))
    expected = decide(rank_measures(*rating_columns(ratings), scale=(1, 5)), ratings)

    evaluation = compute(four_cafe())

    found = decisions_of(evaluation)
    assert list(found) == [FOUR[one.measure] for one in expected.measures]
    for wanted in expected.measures:
        one = found[FOUR[wanted.measure]]
        assert (one.outcome, one.n, one.n_against) == (wanted.outcome, wanted.n, wanted.n_against)
        assert one.value == round(wanted.value, 1)
    assert found["fair"].outcome == "valued_by_all"
    assert evaluation.criteria[0].decisions.conventions == expected.conventions


def test_chances_are_told_in_steps_and_never_above_what_they_are():
    found = compute(four_cafe()).criteria[0].decisions.measures

    shares = [part.value for one in found for part in one.probabilities]
    assert all(round(20 * share, 6) == round(20 * share) for share in shares)
    for one in found:
        assert sum(part.value for part in one.probabilities) <= 1
        is_named = max(part.value for part in one.probabilities) >= 0.80
        assert is_named == (one.outcome != "open")


def test_regions_that_are_shown_for_every_measure_are_looked_at():
    found = compute(four_cafe([*GOLDEN, *GOLDEN], regions=REGIONS)).criteria[0].decisions

    assert found.groups == REGIONS
    assert found.sizes == (20, 20)
    assert not found.are_camps
    for one in found.measures:
        assert [view.group for view in one.groups] == list(REGIONS)
        assert sum(view.n for view in one.groups) == one.n


def test_values_of_groups_stay_on_the_scale():
    # Draws of a group's mean know no ends.
    found = compute(four_cafe([*GOLDEN, *GOLDEN], regions=REGIONS)).criteria[0].decisions
    first, *others = found.measures
    beyond = replace(first.groups[0], value=5.12, interval=Interval(4.61, 5.46))
    drawn = replace(found, measures=(replace(first, groups=(beyond,)), *others))

    view = coarse_decisions(drawn).measures[0].groups[0]

    assert (view.value, view.interval) == (5.0, Interval(4.6, 5.0))


def test_people_who_are_in_no_region_that_is_shown_are_a_group_of_their_own():
    found = compute(four_cafe([*GOLDEN, *GOLDEN], regions=("AT32", "AT32", "ITC4", None))).criteria[
        0
    ]

    assert set(found.decisions.groups) == {"AT32", "ITC4", OTHERS}
    assert {one.n for one in found.decisions.measures} == {
        item.summary.n for item in found.description.measures
    }


def test_no_group_is_looked_at_where_one_is_withheld():
    # All of the second region valued one measure alike: its counts by region are not told.
    rows = [
        row if place % 2 == 0 else "5" + row[1:] for place, row in enumerate([*GOLDEN, *GOLDEN])
    ]
    result = compute(four_cafe(rows, regions=REGIONS)).criteria[0]

    states = {cell.state for item in result.description.measures for cell in item.splits["region"]}
    assert "withheld" in states
    assert result.decisions.groups == ()
    assert all(one.groups == () and one.divides is None for one in result.decisions.measures)


def test_camps_are_no_groups_of_decisions_since_no_answers_of_a_person_stand_together():
    evaluation = compute(two_camps(60))

    assert evaluation.opinion.verdict == "camps"
    assert evaluation.criteria[0].decisions.groups == ()
    outcomes = {one.outcome for one in evaluation.criteria[0].decisions.measures}
    assert "bridge" not in outcomes


def test_measure_that_few_judged_is_not_decided_on():
    rows = [row if place < 8 else row[:3] + "." for place, row in enumerate(GOLDEN)]
    found = decisions_of(compute(four_cafe(rows)))

    assert "visit" not in found or found["visit"].outcome == "not_judged_enough"
    assert found["fair"].outcome == "valued_by_all"


def test_without_a_ranking_nothing_is_decided():
    assert compute(four_cafe(GOLDEN[:3])).criteria[0].decisions is None


def test_decisions_survive_json():
    data = json.loads(json.dumps(to_json(compute(four_cafe([*GOLDEN, *GOLDEN], regions=REGIONS)))))

    assert data["criteria"][0]["decisions"]["measures"][0]["groups"]
    again = from_json(data)
    assert to_json(again) == data
    assert again.criteria[0].decisions.measures[0].likeliest


def test_snapshot_made_before_decisions_is_read_without_them():
    data = to_json(compute(four_cafe()))
    for record in data["criteria"]:
        del record["decisions"]

    assert from_json(data).criteria[0].decisions is None
