"""What a phone is told so that it finds its own place leads to the place of the analysis."""

from math import sqrt

import numpy as np
import pytest

from alpclusters.analysis.opinion import Votes, opinion_groups, opinion_structure
from alpclusters.platform.evaluation.domain.computing import compute, draft
from alpclusters.platform.evaluation.domain.opened import (
    exchange,
    item_of,
    open_criteria,
    ratings_of,
)
from alpclusters.platform.evaluation.domain.storage import from_json, to_json
from alpclusters.platform.evaluation.domain.tables import rating_tables, standing_table
from tests.factories.judging import along_a_line, four_cafe, two_camps

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def seen_by_the_map(cafe):
    """Return the ratings of everybody after the exchange, as the map of opinions sees them."""
    results = draft(cafe).evaluation.criteria
    table = exchange(standing_table(rating_tables(cafe)), {}, purpose="opinion ")
    return ratings_of(table, open_criteria(table, results, table))


def answers_by_person(ratings):
    """Return the answers of each person by criterion and measure."""
    answers = [{} for _ in ratings.rater_ids]
    cells = zip(ratings.rater, ratings.measure, ratings.value, strict=True)
    for person, item, value in cells:
        if not np.isnan(value):
            answers[person][item_of(ratings.measure_ids[item])] = float(value)
    return answers


def place_of(own, answers):
    """Compute the place of somebody's answers as the record of the snapshot says."""
    known = [item for item in own.items if (item.criterion, item.measure) in answers]
    values = [answers[item.criterion, item.measure] for item in known]
    if own.kind == "camps":
        values = [1 if v >= own.high else -1 if v <= own.low else 0 for v in values]
    rest = [value - item.mean for value, item in zip(values, known, strict=True)]
    level = 0.0 if own.strictness is None else sum(rest) / (len(rest) + own.strictness)
    x = sum(item.x * (r - level) for item, r in zip(known, rest, strict=True))
    y = sum(item.y * (r - level) for item, r in zip(known, rest, strict=True))
    if own.kind == "axis":
        return x / (1 + sum(item.known for item in known)) / own.reach, 0.0
    wide = sqrt(len(own.items) / len(known)) / own.reach
    return x * wide, y * wide


def test_place_along_the_axis_is_that_of_the_analysis():
    cafe = along_a_line()
    own = compute(cafe).opinion.own
    ratings = seen_by_the_map(cafe)
    places = opinion_structure(ratings).places

    found = np.array([place_of(own, answers)[0] for answers in answers_by_person(ratings)])

    assert own.kind == "axis"
    assert len(own.items) == 16
    assert np.corrcoef(found, places[:, 0])[0, 1] > 0.999
    assert np.abs(found - places[:, 0] / own.reach).max() < 0.01


def test_place_of_real_answers_is_near_that_of_an_analysis_without_exchange():
    cafe = along_a_line()
    own = compute(cafe).opinion.own
    given = standing_table(rating_tables(cafe))
    ratings = ratings_of(given, open_criteria(given, draft(cafe).evaluation.criteria, given))

    found = [place_of(own, answers)[0] for answers in answers_by_person(ratings)]

    # Which end of a line is called right follows from the draw: a mirrored line is the same one.
    assert abs(np.corrcoef(found, opinion_structure(ratings).places[:, 0])[0, 1]) > 0.9


def test_place_among_camps_is_that_of_the_analysis():
    cafe = two_camps(60)
    opinion = compute(cafe).opinion
    ratings = seen_by_the_map(cafe)
    structure = opinion_structure(ratings)
    groups = opinion_groups(Votes.from_ratings(ratings), structure=structure)

    found = np.array([place_of(opinion.own, answers) for answers in answers_by_person(ratings)])

    assert opinion.own.kind == "camps"
    assert np.abs(found - groups.projection / opinion.own.reach).max() < 0.01
    means = [found[groups.members == number].mean(axis=0) for number in range(2)]
    for group, mean in zip(opinion.groups, means, strict=True):
        told = np.average(
            [(place.x, place.y) for place in group.places],
            axis=0,
            weights=[place.n for place in group.places],
        )
        assert np.abs(told - mean).max() < 0.1


def test_without_a_map_of_people_no_phone_is_told_anything():
    assert compute(four_cafe()).opinion.own is None


def test_own_places_are_stored_and_old_evaluations_have_none():
    evaluation = compute(along_a_line())
    stored = to_json(evaluation)

    assert from_json(stored).opinion.own == evaluation.opinion.own
    del stored["opinion"]["own"]
    assert from_json(stored).opinion.own is None
