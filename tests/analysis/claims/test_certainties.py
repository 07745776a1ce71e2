"""Each sentence of single items and groups: one true case, and one just below its rule."""

from dataclasses import replace

import numpy as np
import pytest

from alpclusters.analysis.claims import (
    among_best,
    axis_word,
    lower_groups,
    may_turn,
    valued_by_every_group,
)
from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.decisions import decide
from alpclusters.analysis.ranking import rank_measures, rating_columns
from alpclusters.analysis.weighting import breakdown

pytestmark = pytest.mark.unit

FOUR = ("fair", "lab", "visit", "label")


def room(people=120):
    """Two regions: both value the fair, "SI" rates the lab far lower than "AT"."""
    regions = {f"p{who}": "AT" if who % 2 else "SI" for who in range(people)}
    means = {"fair": 4.6, "lab": 4.4, "visit": 2.4, "label": 1.8}
    rng = np.random.default_rng(4)
    rows = [
        (who, item, int(np.clip(round(mean - (2.4 if item == "lab" and region == "SI" else 0)
                                      + rng.normal(0, 0.6)), 1, 5)))
        for who, region in regions.items()
        for item, mean in means.items()
    ]  # fmt: skip
    return Ratings.from_rows(rows, scale=(1, 5)), regions


@pytest.fixture(scope="module")
def ranking():
    ratings, _regions = room()
    return rank_measures(*rating_columns(ratings), scale=(1, 5))


@pytest.fixture(scope="module")
def decisions(ranking):
    ratings, regions = room()
    return decide(ranking, ratings, groups=regions)


def with_chance(ranking, measure, chance):
    """The same ranking with another probability of one item to be among the best three."""
    items = tuple(
        replace(one, top=tuple((k, chance if k == 3 else p) for k, p in one.top))
        if one.measure == measure
        else one
        for one in ranking.measures
    )
    return replace(ranking, measures=items)


def test_an_item_is_among_the_best_three_from_ninety_per_cent_on(ranking):
    assert "visit" in among_best(with_chance(ranking, "visit", 0.90), 3)
    assert "visit" not in among_best(with_chance(ranking, "visit", 0.899), 3)


def test_of_three_items_none_is_called_among_the_best_three(ranking):
    three = replace(ranking, order=ranking.order[:3])

    assert among_best(ranking, 3)
    assert among_best(three, 3) == ()


def with_groups(decisions, measure, **changes):
    """The same decision on one measure with another first group."""
    one = decisions.measure(measure)
    first, *rest = one.groups
    changed = replace(one, groups=(replace(first, **changes), *rest))
    measures = tuple(changed if two is one else two for two in decisions.measures)
    return replace(decisions, measures=measures)


def test_all_groups_value_what_is_valued_by_all_with_ten_answers_in_each(decisions):
    assert valued_by_every_group(decisions) == ("fair",)
    assert valued_by_every_group(with_groups(decisions, "fair", n=10)) == ("fair",)
    assert valued_by_every_group(with_groups(decisions, "fair", n=9)) == ()


def test_without_groups_nothing_is_said_of_every_group(ranking):
    ratings, _regions = room()

    assert valued_by_every_group(decide(ranking, ratings)) == ()


def test_a_group_rates_lower_from_ninety_per_cent_and_ten_answers_on(decisions):
    (low,) = lower_groups(decisions.measure("lab"))
    assert low == "SI"
    first = decisions.measure("lab").groups[0]
    for n, lower, is_said in ((10, 0.90, True), (9, 0.99, False), (10, 0.899, False)):
        changed = with_groups(decisions, "lab", n=n, lower=lower).measure("lab")
        assert (first.group in lower_groups(changed)) is is_said


@pytest.mark.parametrize(
    ("share", "n_group", "n_rest", "is_told"),
    [
        (0.6, 20, 20, True),
        (0.0, 20, 20, True),
        (1.0, 20, 20, True),
        (0.6, 19, 40, False),
        (0.6, 40, 19, False),
        (1.001, 40, 40, False),
        (-0.001, 40, 40, False),
        (None, 40, 40, False),
    ],
)
def test_a_turning_share_needs_twenty_answers_on_both_sides_and_lies_within_0_and_1(
    share, n_group, n_rest, is_told
):
    assert may_turn(share, n_group, n_rest) is is_told


def test_a_finding_rests_on_who_came_below_weights_of_one_and_a_half():
    # Two sides 9 to 4: root of 2.25 is 1.5; 2.24 is just below.
    assert breakdown([9.0, -4.0], 0).word == "moderate"
    assert breakdown([8.96, -4.0], 0).word == "rests_on_who_came"


@pytest.mark.parametrize(
    ("verdict", "is_strictness", "reasons", "said"),
    [
        ("gradient", False, (), "opinion"),
        ("gradient", True, (), "strictness"),
        ("gradient", False, ("yes_saying",), None),
        ("one_opinion", True, (), "strictness"),
        ("one_opinion", False, (), None),
        ("camps", True, ("yes_saying",), "strictness"),
        ("camps", False, (), None),
        ("too_few", True, (), None),
    ],
)
def test_an_axis_is_named_by_the_verdict(verdict, is_strictness, reasons, said):
    assert axis_word(verdict, is_strictness=is_strictness, reasons=reasons) == said


def test_camps_along_another_axis_than_readiness_to_agree_are_not_called_readiness_to_agree():
    assert axis_word("camps", is_strictness=True, reasons=()) is None


def test_who_rates_lower_is_what_a_second_computation_from_the_rows_gives(decisions):
    """Difference of plain group means against its own standard error, without any model."""
    ratings, regions = room()
    rows = zip(ratings.rater, ratings.measure, ratings.value, strict=True)
    told = {(ratings.rater_ids[r], ratings.measure_ids[m]): value for r, m, value in rows}

    for item in FOUR:
        low, high = (
            [told[who, item] for who in regions if regions[who] == r] for r in ("SI", "AT")
        )
        gap = np.mean(high) - np.mean(low)
        error = np.sqrt(np.var(low, ddof=1) / len(low) + np.var(high, ddof=1) / len(high))
        is_lower, is_not = gap - 3 * error > 0.5, gap + 3 * error < 0.5
        assert is_lower or is_not, "the example is clear for each item"
        said = lower_groups(decisions.measure(item))
        assert said == (("SI",) if is_lower else ())
