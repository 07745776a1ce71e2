import json

import pytest

from alpclusters.analysis.second_round import compare_rounds
from alpclusters.platform.evaluation.domain.computing import compute
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe
from alpclusters.platform.evaluation.domain.storage import from_json, to_json
from tests.factories.evaluation import NOW, join, make_cafe, make_measure, rate
from tests.factories.judging import FOUR, TEN, four_cafe, rate_again

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FIRST = (*TEN, *("4532", "5341", "3432", "4422", "5331", "3542", "4441", "2332", "5422", "4351"))
SECOND = tuple(row.translate(str.maketrans("15", "24")) for row in FIRST)


def compared(cafe):
    return compute(cafe).criteria[0].second_round


def change_of(found, key="fair"):
    pk = make_measure(key).pk
    return next(item for item in found.comparison.measures if item.measure == pk)


def test_one_rating_has_no_second():
    evaluation = compute(four_cafe())

    assert (evaluation.rounds, evaluation.has_second_rating) == ((1,), False)


def test_change_is_what_the_library_says_of_the_same_people():
    found = compared(rate_again(four_cafe(FIRST), SECOND))
    rounds = [
        [(who, "fair", int(row[0])) for who, row in enumerate(rows)] for rows in (FIRST, SECOND)
    ]
    expected = compare_rounds(*rounds, scale=(1, 5)).measures[0]

    fair = change_of(found)
    assert fair.attendance.n_paired == 20
    assert fair.change.mean == round(expected.change.mean, 1)
    assert expected.change.p_value <= fair.change.p_value
    assert fair.agreement.consensus_second == round(expected.agreement.consensus_second, 1)
    assert (found.comparison.n_both, found.comparison.attrition, found.n_aside) == (20, 0.0, 0)


def test_everybody_counts_with_the_last_answer_given():
    evaluation = compute(rate_again(four_cafe(FIRST), SECOND[:10]))

    assert (evaluation.rounds, evaluation.n_people) == ((1, 2), 20)
    last = [int(row[0]) for row in (*SECOND[:10], *FIRST[10:])]
    fair = evaluation.criteria[0].summary(make_measure().pk)
    assert (fair.n, fair.mean) == (20, pytest.approx(sum(last) / 20))
    assert evaluation.arrivals.n_informed == 40
    assert evaluation.arrivals.n_answers == 80


@pytest.mark.parametrize("n", [1, 9])
def test_second_answers_of_few_count_nowhere_and_that_is_said(n):
    before = compute(four_cafe(FIRST))

    evaluation = compute(rate_again(four_cafe(FIRST), SECOND[:n]))

    fair = make_measure().pk
    assert evaluation.criteria[0].summary(fair) == before.criteria[0].summary(fair)
    assert evaluation.rounds == (1,)
    assert (evaluation.again, evaluation.arrivals.n_informed) == ((), 0)
    assert evaluation.criteria[0].second_round.reasons == ("few_again",)


def test_question_left_empty_the_second_time_keeps_its_first_answer():
    again = [f"{row[:3]} " for row in SECOND]
    evaluation = compute(rate_again(four_cafe(FIRST), again))

    visit = evaluation.criteria[0].summary(make_measure("visit").pk)
    assert visit.mean == pytest.approx(sum(int(row[3]) for row in FIRST) / 20)
    assert (evaluation.n_again(evaluation.criteria[0].pk, make_measure("visit").pk)) == 0


def test_answer_taken_back_the_second_time_leaves_the_first():
    cafe = four_cafe(FIRST)
    person = cafe.participants.order_by("pk").first()
    rate(person, 1, round=2)
    rate(person, None, round=2)

    assert compute(cafe).criteria[0].summary(make_measure().pk).mean == pytest.approx(
        sum(int(row[0]) for row in FIRST) / 20
    )


@pytest.mark.parametrize("n_again", [0, 9, 20])
def test_sources_add_up_to_the_people_whoever_rated_again(n_again):
    cafe = rate_again(four_cafe(FIRST), SECOND[:n_again])
    for value in (3, 4, 3, 4, 5):
        rate(join(cafe), value, source="paper")
        rate(join(cafe), 2, source="proxy")

    found = compute(cafe)

    assert found.n_people == 30
    assert [(line.source, line.n_people) for line in found.arrivals.sources] == [
        ("phone", 20),
        ("proxy", 5),
        ("paper", 5),
    ]


def test_three_people_in_both_ratings_are_told_as_a_reason_only():
    found = compared(rate_again(four_cafe(FIRST), SECOND[:3]))

    assert (found.comparison, found.reasons) == (None, ("few_again",))


def test_two_who_left_cannot_be_worked_out():
    found = compared(rate_again(four_cafe(FIRST), SECOND[:18]))

    fair = change_of(found)
    assert (found.comparison.n_first, found.comparison.n_both) == (20, 18)
    assert found.n_aside >= 5
    assert 10 <= fair.attendance.n_paired <= 13
    assert fair.attendance.attrition == pytest.approx(0.1)
    assert "few_unpaired" not in fair.cautions


def test_newcomers_of_the_second_rating_are_not_paired():
    cafe = rate_again(four_cafe(FIRST), SECOND)
    for value in (1, 2, 3, 4, 5, 5):
        rate(join(cafe), value, round=2)

    fair = change_of(compared(cafe))

    assert (fair.attendance.n_second, fair.attendance.n_paired) == (26, 20)
    assert fair.attendance.joined == 6


def test_measure_of_three_people_has_no_change():
    measures = (*FOUR, "secret")
    rows = [f"{row}{'1' if n < 3 else ' '}" for n, row in enumerate(FIRST)]
    again = [f"{row}{'5' if n < 3 else ' '}" for n, row in enumerate(SECOND)]
    cafe = rate_again(four_cafe(rows, measures=measures), again, measures=measures)

    found = compared(cafe)

    assert make_measure("secret").pk not in {item.measure for item in found.comparison.measures}


def test_nothing_is_told_of_a_measure_that_all_answered_alike_the_first_time():
    """A mean change beside the counts of everybody would tell that answer (test_publications)."""
    rows = ["4432", "4332", "4432", "4532", "4422", "4331"] * 2
    again = ["5322", "3431", "4332", "5423", "3331", "4432"] * 2
    found = compared(rate_again(four_cafe(rows), again))

    fair, pilot = change_of(found), change_of(found, "pilot")
    assert (fair.state, fair.agreement, fair.change) == ("withheld", None, None)
    assert pilot.agreement is not None


def test_migration_never_follows_fewer_than_five():
    found = compared(rate_again(four_cafe(FIRST), SECOND))

    for item in found.comparison.measures:
        matrix = item.migration.matrix if item.migration else None
        for part in () if matrix is None else (matrix, matrix.T):
            assert all(n == 0 or n >= 5 for n in part.sum(axis=1))
        assert all(n == 0 or n >= 5 for n in (matrix.ravel() if matrix is not None else ()))


def test_comparison_survives_json():
    data = json.loads(json.dumps(to_json(compute(rate_again(four_cafe(FIRST * 2), SECOND * 2)))))

    evaluation = from_json(data)

    assert to_json(evaluation) == data
    assert change_of(evaluation.criteria[0].second_round).change.interval.low < 0


def test_snapshot_of_the_second_format_is_still_read():
    data = to_json(compute(four_cafe()))
    for name in ("rounds", "again", "arrivals", "top_three"):
        del data[name]
    for record in data["criteria"]:
        del record["second_round"], record["common"]

    evaluation = from_json({**data, "format": 2})

    assert (evaluation.rounds, evaluation.arrivals, evaluation.top_three) == ((1,), None, None)
    assert evaluation.criteria[0].ranking.is_usable


def test_first_rating_stays_public_beside_the_second():
    cafe = four_cafe(FIRST)
    first = evaluate_cafe(cafe, made_by=None, now=NOW)
    release_snapshot(first, now=NOW)
    second = evaluate_cafe(rate_again(cafe, SECOND[:12]), made_by=None, now=NOW)

    assert not release_snapshot(second, now=NOW).is_earlier


def test_small_cafe_has_no_arrivals():
    cafe = make_cafe()
    for value in (1, 2, 3):
        rate(join(cafe), value)

    assert compute(cafe).arrivals is None


def test_answers_are_counted_by_source_and_by_how_they_came():
    cafe = four_cafe()
    for value in (3, 4, 3, 4, 5):
        rate(join(cafe), value, source="paper", is_late=True)

    found = compute(cafe).arrivals

    assert [(line.source, line.n_people, line.n_answers) for line in found.sources] == [
        ("phone", 20, 80),
        ("paper", 5, 5),
    ]
    assert (found.n_answers, found.n_late, found.n_informed, found.is_plain) == (85, 5, 0, False)


def test_of_a_source_that_few_used_nothing_is_told_nor_what_gives_it_away():
    cafe = four_cafe()
    for value in (3, 4):
        rate(join(cafe), value, source="paper", is_late=True)

    found = compute(cafe).arrivals

    assert [(line.source, line.n_people, line.n_answers) for line in found.sources] == [
        ("phone", None, None),
        ("paper", None, None),
    ]
    assert (found.n_answers, found.n_late, found.n_informed, found.is_plain) == (82, None, 0, False)
