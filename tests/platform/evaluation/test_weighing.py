"""What the headlines of an AlpCafé survive if other people had come."""

import json
from math import sqrt

import pytest

from alpclusters.platform.evaluation.domain.computing import compute
from alpclusters.platform.evaluation.domain.storage import from_json, to_json
from tests.factories.judging import FOUR, four_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NORTH = ["5321"] * 15 + ["4212"] * 15
SOUTH = ["2331"] * 15 + ["1222"] * 15


def two_regions(measures=FOUR[:3]):
    """The north values the first measure, the south does not; nobody values the others."""
    rows = [row[: len(measures)] for pair in zip(NORTH, SOUTH, strict=True) for row in pair]
    return four_cafe(rows, regions=("AT32", "ITC4"), measures=measures)


def fair_of(evaluation):
    fair = next(item.pk for item in evaluation.measures if item.key == "fair")
    return evaluation.criteria[0].weighting.of(fair)


def test_a_headline_says_at_which_weights_it_is_gone_from_the_published_counts_alone():
    evaluation = compute(two_regions())
    weighting = evaluation.criteria[0].weighting
    item = fair_of(evaluation)

    (counts,) = [
        one.summary.counts
        for one in evaluation.criteria[0].description.measures
        if one.measure == item.item
    ]
    above = sum(n * max(step - 3.5, 0) for step, n in enumerate(counts, start=1))
    below = sum(n * max(3.5 - step, 0) for step, n in enumerate(counts, start=1))
    assert weighting.threshold == 3.5
    assert item.plain == pytest.approx(3.0)
    assert item.breakdown.gamma == pytest.approx(sqrt(max(above, below) / min(above, below)))
    assert item.breakdown.word == "rests_on_who_came"
    assert [gamma for gamma, _ in item.worst] == [1.25, 1.5, 2.0]
    assert all(value > item.plain for _, value in item.worst)  # towards the threshold


def test_a_headline_names_the_share_of_a_region_at_which_it_turns():
    item = fair_of(compute(two_regions()))

    (turn,) = [one for one in item.turns if one.split == "region"]
    own, rest = (4.5, 1.5) if turn.group == "AT32" else (1.5, 4.5)
    assert turn.share == pytest.approx((3.5 - rest) / (own - rest))
    assert turn.here == 0.5


def test_the_first_three_measures_have_what_they_survive_in_the_order_of_the_decisions():
    evaluation = compute(two_regions(FOUR))
    criterion = evaluation.criteria[0]

    order = [one.measure for one in criterion.decisions.measures]
    items = criterion.weighting.items
    assert [item.item for item in items] == order
    assert [item.breakdown is not None for item in items] == [True, True, True, False]


def test_the_same_counts_give_the_same_weighting_whoever_gave_which_answers():
    crossed = [
        "".join(signs)
        for signs in zip(
            *([row[place] for row in (NORTH if place % 2 else NORTH[::-1])] for place in range(4)),
            strict=True,
        )
    ]
    one = four_cafe(NORTH)
    other = four_cafe(crossed)

    first, second = (to_json(compute(cafe))["criteria"][0]["weighting"] for cafe in (one, other))
    for found in (first, second):
        for item in found["items"]:
            item.pop("item")

    assert sorted(NORTH) != sorted(crossed)
    assert first == second


def test_a_withheld_measure_is_not_weighed():
    rows = [f"{row[:3]}{' ' if place > 2 else row[3]}" for place, row in enumerate(NORTH)]
    evaluation = compute(four_cafe(rows))

    shown = {item.item for item in evaluation.criteria[0].weighting.items}
    names = {evaluation.measure(measure).key for measure in shown}
    assert names == set(FOUR) - {"visit"}


def test_weighting_survives_json_and_old_snapshots_have_none():
    data = json.loads(json.dumps(to_json(compute(two_regions()))))

    assert to_json(from_json(data)) == data
    assert data["criteria"][0]["weighting"]["items"][0]["breakdown"]["word"]
    del data["criteria"][0]["weighting"]
    assert from_json(data).criteria[0].weighting is None
