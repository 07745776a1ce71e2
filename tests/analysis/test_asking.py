"""Which measure next: nothing twice, nothing forgotten, and the best few show with fewer people."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.asking import asking_state, next_measures, top_doubt
from alpclusters.analysis.errors import AnalysisError, ShapeError
from alpclusters.analysis.ranking import rank_measures

pytestmark = pytest.mark.unit

NAMES = [f"m{n:02}" for n in range(26)]


# --- least shown ---------------------------------------------------------------------------------


@given(n=st.integers(2, 12), count=st.integers(1, 14), people=st.integers(1, 25))
def test_all_measures_are_shown_alike_whatever_the_numbers(n, count, people):
    names, shown = NAMES[:n], np.zeros(n, dtype=int)
    for person in range(people):
        choice = next_measures(names, shown, count=count, seed=person)

        assert len(set(choice.measures)) == len(choice.measures) == min(n, count)
        for measure in choice.measures:
            shown[names.index(measure)] += 1

    assert shown.max() - shown.min() <= 1


def test_nobody_is_asked_about_what_they_saw_already():
    choice = next_measures(NAMES, [0] * 26, count=8, seen=NAMES[:20])

    assert sorted(choice.measures) == NAMES[20:]
    assert (choice.status, choice.reasons) == ("ok", ("fewer_left",))


def test_who_saw_everything_is_asked_nothing():
    choice = next_measures(NAMES, [5] * 26, count=3, seen=NAMES)

    assert (choice.measures, choice.status, choice.reasons) == ((), "undefined", ("all_seen",))


def test_the_order_on_the_phone_is_another_for_everybody():
    orders = {next_measures(NAMES[:6], [0] * 6, count=6, seed=seed).measures for seed in range(20)}

    assert len(orders) > 10


# --- the best few --------------------------------------------------------------------------------


def clear_room():
    """Five far above, five far below, and two about the place where the best five end."""
    estimate = np.array([4.6, 4.5, 4.5, 4.4, 3.42, 3.38, 2.0, 2.0, 1.9, 1.8, 1.7, 1.5])
    return NAMES[:12], estimate, np.eye(12) * 0.04


def test_what_decides_is_asked_before_what_is_clear():
    names, estimate, covariance = clear_room()
    asked = [
        next_measures(
            names, [20] * 12, count=4, top=5, estimate=estimate, covariance=covariance, seed=seed
        ).measures
        for seed in range(20)
    ]

    assert all({"m04", "m05"} <= set(measures) for measures in asked)
    # A quarter of the places go to the least shown, here by lot among all.
    assert len({measure for measures in asked for measure in measures}) > 6


def test_what_lags_behind_is_asked_before_what_decides():
    names, estimate, covariance = clear_room()
    shown = [20] * 10 + [3, 4]

    asked = next_measures(
        names, shown, count=2, top=5, estimate=estimate, covariance=covariance
    ).measures

    assert set(asked) == {"m10", "m11"}


def test_what_was_shown_three_times_as_often_is_left_in_peace():
    names, estimate, covariance = clear_room()
    shown = [8, 8, 8, 8, 90, 8, 8, 8, 8, 8, 8, 8]

    for seed in range(10):
        asked = next_measures(
            names, shown, count=5, top=5, estimate=estimate, covariance=covariance, seed=seed
        ).measures
        assert "m04" not in asked
        assert "m05" in asked


def test_without_estimates_the_least_shown_come_first():
    choice = next_measures(NAMES[:4], [5, 1, 2, 9], count=2, top=2)

    assert sorted(choice.measures) == ["m01", "m02"]
    assert choice.reasons == ("no_estimates",)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"count": 0}, AnalysisError),
        ({"count": 1, "top": 4}, AnalysisError),
        ({"count": 1, "cap": 0.5}, AnalysisError),
        ({"count": 1, "shown": [1, 2]}, ShapeError),
        ({"count": 1, "shown": [1, 2, -1, 4]}, AnalysisError),
        ({"count": 1, "top": 2, "estimate": [1, 2], "covariance": np.eye(2)}, ShapeError),
    ],
)
def test_what_makes_no_sense_is_refused(options, error):
    arguments = {"shown": [1, 2, 3, 4], **options}
    shown = arguments.pop("shown")

    with pytest.raises(error):
        next_measures(NAMES[:4], shown, **arguments)


# --- what is known -------------------------------------------------------------------------------


def answered(people=40, kinds=("effect",)):
    """Columns of people who rate four of six measures, ever worse from the first to the last."""
    g = np.random.default_rng(3)
    rows = [
        (float(np.clip(np.round(4.6 - 0.6 * m + g.normal(0, 0.6)), 1, 5)), person, m, kind)
        for person in range(people)
        for m in g.choice(6, 4, replace=False).tolist()
        for kind in kinds
    ]
    return [list(column) for column in zip(*rows, strict=True)]


def test_estimates_of_what_stands_are_those_of_the_ranking():
    values, people, measures, _ = answered()
    found = asking_state(values, people, measures, asked=range(6), scale=(1, 5))
    ranked = rank_measures(
        values,
        people,
        measures,
        scale=(1, 5),
        residuals="one",
        cluster=False,
        prior="normal",
        inside=False,
        draws=50,
    )

    expected = [(ranked.measure(m).estimate - 1) / 4 for m in range(6)]
    assert found.estimate == pytest.approx(expected, abs=1e-9)
    assert found.covariance.shape == (6, 6)
    assert found.residual == pytest.approx(ranked.variances.residual / 16)


def test_a_measure_nobody_rated_lies_in_the_middle_and_is_the_least_sure():
    values, people, measures, _ = answered()
    found = asking_state(values, people, measures, asked=[*range(6), 99], scale=(1, 5))

    assert found.estimate[6] == pytest.approx(found.estimate[:6].mean())
    assert found.covariance[6, 6] > found.covariance.diagonal()[:6].max()


def test_two_criteria_make_one_estimate_that_is_surer():
    values, people, measures, kinds = answered(kinds=("effect", "durability"))
    both = asking_state(values, people, measures, asked=range(6), scale=(1, 5), criterion=kinds)
    one = asking_state(*answered()[:3], asked=range(6), scale=(1, 5))

    assert both.status == "ok"
    assert both.covariance[0, 0] < one.covariance[0, 0]


# --- doubt ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("gap", [0.0, 0.3, 1.0])
def test_doubt_about_two_measures_is_the_chance_that_the_other_is_better(gap):
    from scipy.special import ndtr  # noqa: PLC0415 - heavy

    covariance = np.array([[0.3, 0.1], [0.1, 0.2]])
    found = top_doubt([3 + gap, 3.0], covariance, top=1, draws=40_000)

    expected = ndtr(-gap / np.sqrt(0.3 + 0.2 - 2 * 0.1))
    assert found.doubt == pytest.approx(expected, abs=0.008)
    assert found.among.sum() == pytest.approx(1)


def test_enough_is_half_a_wrong_one():
    unsure = top_doubt(np.zeros(10), np.eye(10), top=5)
    sure = top_doubt(np.arange(10), np.eye(10) * 0.01, top=5)

    assert unsure.doubt == pytest.approx(2.5, abs=0.1)
    assert (unsure.is_enough, sure.is_enough) == (False, True)


# --- how many people it saves --------------------------------------------------------------------

SPREAD, RATER, REST = 0.4, 0.5, 0.8
PER_PHONE, TOP, PEOPLE = 8, 5, 80


class Room:
    """People who come one after the other; the model's equations with known variances."""

    def __init__(self, seed):
        self.g = np.random.default_rng(seed)
        self.truth = self.g.normal(0, SPREAD, len(NAMES))
        self.matrix = np.eye(len(NAMES)) / SPREAD**2
        self.right = np.zeros(len(NAMES))
        self.shown = np.zeros(len(NAMES), dtype=int)

    def posterior(self):
        covariance = np.linalg.inv(self.matrix)
        return covariance @ self.right, covariance

    def ask(self, rows):
        answers = self.truth[rows] + self.g.normal(0, RATER) + self.g.normal(0, REST, len(rows))
        # Strictness is a normal effect: the inverse of REST² I + RATER² J.
        inverse = np.linalg.inv(np.eye(len(rows)) * REST**2 + RATER**2)
        self.matrix[np.ix_(rows, rows)] += inverse
        self.right[rows] += inverse @ answers
        self.shown[rows] += 1


def random_rows(room, _person):
    return room.g.choice(len(NAMES), PER_PHONE, replace=False)


def best_rows(room, person):
    estimate, covariance = room.posterior()
    choice = next_measures(
        NAMES,
        room.shown,
        count=PER_PHONE,
        top=TOP,
        estimate=estimate,
        covariance=covariance,
        residual=REST**2,
        rater=RATER**2,
        seed=person,
    )
    return np.array([NAMES.index(one) for one in choice.measures])


@cache
def doubts(rule, runs):
    """Mean doubt after each person, the greatest gap to the even share, and the hits at the end."""
    paths, least, hits = [], [], []
    for seed in range(runs):
        room = Room(seed)
        path = []
        for person in range(PEOPLE):
            room.ask(rule(room, person))
            path.append(top_doubt(*room.posterior(), top=TOP, draws=400, seed=seed).doubt)
        paths.append(path)
        least.append(room.shown.min() / (PEOPLE * PER_PHONE / len(NAMES)))
        best = set(np.argsort(-room.posterior()[0])[:TOP])
        hits.append(len(best & set(np.argsort(-room.truth)[:TOP])) / TOP)
    return np.mean(paths, axis=0), min(least), np.mean(hits)


def assert_people_are_saved(runs, most):
    by_lot, _, hits_by_lot = doubts(random_rows, runs)
    chosen, least, hits = doubts(best_rows, runs)

    needed = int(np.argmax(chosen <= by_lot[-1])) + 1
    assert chosen[-1] < by_lot[-1]
    assert needed <= most  # for the doubt that random order leaves after 80 people
    assert least >= 0.5 - 2 / (PEOPLE * PER_PHONE / len(NAMES))
    assert hits >= hits_by_lot - 0.05


def test_the_best_five_show_with_fewer_people():
    assert_people_are_saved(runs=8, most=68)


@pytest.mark.full
def test_the_best_five_show_with_at_most_60_of_80_people():
    assert_people_are_saved(runs=120, most=60)
