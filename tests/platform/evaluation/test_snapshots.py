import json

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.snapshots import (
    evaluate_cafe,
    evaluation_of,
    is_unchanged,
)
from alpclusters.platform.evaluation.domain.storage import from_json, to_json
from alpclusters.platform.trail.models import Edge
from tests.factories.evaluation import (
    CANNOT,
    NOW,
    VARIED,
    fill,
    join,
    make_cafe,
    make_snapshot,
    rate,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

GOLDEN = {"AT32": [5, 5, 4, 4, 3, 3, CANNOT], "CH07": [1, 1, 2], "ITC4": [2, 3, 3, 4, 4, 5]}


def golden():
    cafe = make_cafe()
    fill(cafe, GOLDEN)
    return evaluation_of(evaluate_cafe(cafe, made_by=None, now=NOW))


def test_small_cafe_gives_the_figures_computed_by_hand():
    result = golden().criteria[0]

    summary = result.description.measures[0].summary

    # 1 1 2 2 3 3 3 3 4 4 4 4 5 5 5: sum 49, squares 185, t(14; 0.95) = 1.76131.
    assert (summary.n, summary.counts, summary.cannot_judge) == (15, (2, 2, 4, 4, 3), 1)
    assert summary.cannot_judge_share == 1 / 16
    assert summary.median == 3.0
    assert summary.mean == pytest.approx(49 / 15, abs=1e-8)
    assert summary.sd == pytest.approx(1.334523, abs=1e-6)
    assert summary.mean_interval.low == pytest.approx(2.65977, abs=1e-5)
    assert summary.mean_interval.high == pytest.approx(3.87356, abs=1e-5)
    assert summary.agree == 7


def test_counts_of_people_and_answers_add_up():
    evaluation = golden()

    assert (evaluation.n_people, evaluation.n_ratings, evaluation.n_cannot_judge) == (16, 15, 1)
    assert evaluation.cannot_judge_share == 1 / 16


def test_groups_of_seven_three_and_six_people_are_not_shown():
    """The same counts by region would give people away, with or without the smallest group."""
    description = golden().criteria[0].description

    assert description.groups["region"] == ()
    assert description.measures[0].splits["region"] == ()


def test_regions_of_ten_people_are_shown_and_smaller_ones_are_joined():
    cafe = make_cafe()
    fill(cafe, {"AT32": VARIED, "CH07": [1, 1, 2], "ITC4": [2, 3, 3, 4, 4, 5, 1]})

    evaluation = evaluation_of(evaluate_cafe(cafe, made_by=None, now=NOW))

    cells = evaluation.criteria[0].description.measures[0].splits["region"]
    assert [(cell.group, cell.state, cell.summary.n) for cell in cells] == [
        ("AT32", "shown", 16),
        (None, "shown", 10),
    ]
    assert [group.names["de"] for group in evaluation.groups["region"]] == [
        "Region AT32",
        "Andere Regionen",
    ]
    assert [reason.code for reason in evaluation.protection.reasons] == [
        "merged",
        "exchanged",
        "passed",
    ]


def test_split_is_withheld_where_all_of_one_group_answer_alike():
    cafe = make_cafe()
    fill(cafe, {"AT32": [4] * 10, "ITC4": VARIED})

    item = evaluation_of(evaluate_cafe(cafe, made_by=None, now=NOW)).criteria[0].description

    assert item.measures[0].state == "shown"
    assert {cell.state for cell in item.measures[0].splits["region"]} == {"withheld"}


@pytest.mark.parametrize("odd", [3, 5])
def test_nobody_learns_the_answers_of_the_others_by_being_the_only_one_who_differs(odd):
    cafe = make_cafe()
    fill(cafe, {"AT32": [4] * 24 + [odd]})

    description = evaluation_of(evaluate_cafe(cafe, made_by=None, now=NOW)).criteria[0].description

    item = description.measures[0]
    assert (item.state, item.summary) == ("withheld", None)
    assert item.coarse.nearly_all == 2


def test_five_to_nine_people_are_told_in_three_bands():
    cafe = make_cafe()
    fill(cafe, {"AT32": [5, 4, 3, 2, 1, 3, 4]})

    item = evaluation_of(evaluate_cafe(cafe, made_by=None, now=NOW)).criteria[0].description

    assert item.measures[0].summary is None
    assert item.measures[0].coarse.counts == (2, 2, 3)


def test_fewer_than_five_people_give_no_figure_at_all():
    cafe = make_cafe()
    fill(cafe, {"AT32": [5, 4, 3, 2]})

    evaluation = evaluation_of(evaluate_cafe(cafe, made_by=None, now=NOW))

    assert (evaluation.n_people, evaluation.n_ratings) == (None, None)
    assert evaluation.criteria[0].description.measures[0].summary is None
    assert evaluation.criteria[0].description.n_raters == 0


def test_sum_of_ratings_does_not_give_away_a_withheld_measure():
    cafe = make_cafe(measures=("fair", "pilot"))
    fill(cafe, {"AT32": VARIED})
    for person in cafe.participants.all()[:3]:
        rate(person, 1, measure="pilot")

    evaluation = evaluation_of(evaluate_cafe(cafe, made_by=None, now=NOW))

    assert evaluation.n_ratings == 16
    assert evaluation.criteria[0].description.standing == 16


def test_latest_answer_stands_and_an_answer_taken_back_does_not():
    cafe = make_cafe()
    fill(cafe, {"AT32": VARIED})
    changed, withdrawn = join(cafe, region="AT32"), join(cafe, region="AT32")
    for value in (1, CANNOT, 5):
        rate(changed, value)
    for value in (1, None):
        rate(withdrawn, value)

    summary = (
        evaluation_of(evaluate_cafe(cafe, made_by=None, now=NOW))
        .criteria[0]
        .summary(cafe.measures.get().pk)
    )

    assert (summary.n, summary.counts, summary.cannot_judge) == (17, (0, 2, 4, 6, 5), 0)


def test_same_ratings_give_the_same_digest_and_no_second_snapshot():
    snapshot = make_snapshot()

    again = evaluate_cafe(snapshot.cafe, made_by=None, now=NOW)

    assert again.pk == snapshot.pk
    assert is_unchanged(snapshot)


def test_new_rating_gives_a_new_number_and_digest():
    snapshot = make_snapshot()
    rate(join(snapshot.cafe, region="AT32"), 3)

    second = evaluate_cafe(snapshot.cafe, made_by=None, now=NOW)

    assert (snapshot.number, second.number) == (1, 2)
    assert second.digest != snapshot.digest


def test_records_survive_json_unchanged():
    snapshot = make_snapshot()
    text = json.dumps(snapshot.data)

    assert to_json(from_json(json.loads(text))) == snapshot.data


def test_regions_come_before_roles_however_a_database_orders_keys():
    snapshot = make_snapshot()

    by_length = json.loads(json.dumps(snapshot.data), object_pairs_hook=_as_postgresql)

    stored = from_json(by_length)
    assert list(stored.groups) == ["region", "role"]
    description = stored.criteria[0].description
    assert list(description.groups) == ["region", "role"]
    assert list(description.measures[0].splits) == ["region", "role"]


def _as_postgresql(pairs):
    return dict(sorted(pairs, key=lambda pair: (len(pair[0]), pair[0])))


def test_conventions_are_stored_with_the_figures():
    description = golden().criteria[0].description

    assert description.conventions.scale == (1, 2, 3, 4, 5)
    assert description.conventions.level == 0.9
    assert description.conventions.threshold("k_anonymity") == 5
    assert description.conventions.threshold("agree_from") == 4


def test_cafe_that_never_opened_cannot_be_evaluated():
    cafe = make_cafe(state=AlpCafe.State.DRAFT)

    with pytest.raises(StateError, match=r"snapshot\.not_opened"):
        evaluate_cafe(cafe, made_by=None, now=NOW)


def test_snapshot_of_a_newer_program_is_refused():
    snapshot = make_snapshot()

    with pytest.raises(InputError, match=r"snapshot\.format"):
        from_json({**snapshot.data, "format": 99})


def test_snapshot_is_tied_to_cafe_and_measures():
    make_snapshot()

    assert set(Edge.objects.values_list("kind", "from_kind", "to_kind")) == {
        ("shown_as", "measure", "alpcafe"),
        ("rates", "alpcafe", "snapshot"),
    }


@pytest.mark.parametrize("n_people", [6, 30])
def test_evaluation_takes_the_same_queries_for_any_number_of_people(
    n_people, django_assert_num_queries
):
    cafe = make_cafe()
    fill(cafe, {"AT32": [*VARIED, *VARIED, *VARIED, *VARIED][:n_people]})

    with django_assert_num_queries(30):
        evaluate_cafe(cafe, made_by=None, now=NOW)
