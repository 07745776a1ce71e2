"""Answers become spells: what ends, what is censored, what is left out."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.survival import ANSWERS, kaplan_meier, place_events, sensitivity, spells
from alpclusters.analysis.survival.results import DAYS_OF_YEAR

pytestmark = pytest.mark.unit


def of_one(*answers, zero=1000, **options):
    """Spells of one link: answers as (day after zero, word)."""
    days = [zero + day for day, _ in answers]
    return spells([0] * len(days), days, [word for _, word in answers], [zero], **options)


def days_of(found):
    return [
        (round(float(d) * DAYS_OF_YEAR, 6), e)
        for d, e in zip(found.duration, found.event.tolist(), strict=True)
    ]


def test_event_stands_in_the_middle_of_its_stretch():
    assert days_of(of_one((365, "alive"), (730, "ended"))) == [(547.5, 1)]


def test_dormant_ends_a_spell_as_ended_does():
    assert days_of(of_one((365, "alive"), (730, "dormant"), (900, "ended"))) == [(547.5, 1)]


@pytest.mark.parametrize(("place", "day"), [("left", 365.0), ("middle", 547.5), ("right", 730.0)])
def test_event_stands_where_it_is_asked_for(place, day):
    found = of_one((365, "alive"), (730, "ended"), place=place)

    assert days_of(found) == [(day, 1)]
    assert place_events(of_one((365, "alive"), (730, "ended")), place=place).duration == (
        found.duration
    )


def test_without_an_answer_alive_the_stretch_begins_with_the_end_of_the_funding():
    assert days_of(of_one((-50, "alive"), (400, "ended"))) == [(200.0, 1)]


def test_alive_is_censored_at_the_last_answer_not_at_today():
    assert days_of(of_one((365, "alive"), (730, "alive"))) == [(730.0, 0)]


def test_link_without_an_answer_after_its_funding_is_counted_not_used():
    found = of_one((-10, "alive"))

    assert (found.n_unanswered, len(found.duration)) == (1, 0)
    assert (found.status, found.reasons) == ("undefined", ("no_spells",))


def test_reopened_link_begins_a_new_spell():
    found = of_one((300, "ended"), (700, "reopened"), (1000, "alive"))

    assert days_of(found) == [(150.0, 1), (300.0, 0)]
    assert found.number.tolist() == [1, 2]


def test_alive_after_an_end_is_a_reopening():
    found = of_one((300, "dormant"), (700, "alive"), (1000, "ended"))

    assert days_of(found) == [(150.0, 1), (150.0, 1)]


def test_link_that_ended_before_its_funding_did_is_counted_not_used():
    found = of_one((-100, "ended"), (50, "ended"))

    assert (found.n_ended_before, found.n_unanswered, len(found.duration)) == (1, 0, 0)


def test_link_that_ended_with_its_funding_counts_at_time_zero():
    assert days_of(of_one((0, "ended"))) == [(0.0, 1)]


def test_late_entry_comes_under_observation_then():
    found = of_one((800, "ended"), entered=[1400])

    assert days_of(found) == [(600.0, 1)]
    assert found.entry.tolist() == pytest.approx([400 / DAYS_OF_YEAR])


def test_link_that_ended_before_anybody_entered_it_is_counted_not_used():
    found = of_one((300, "ended"), entered=[1400])

    assert (found.n_ended_unseen, len(found.duration)) == (1, 0)


def test_late_entry_at_the_left_stands_a_day_after_its_entry():
    found = of_one((800, "ended"), entered=[1400], place="left")

    assert days_of(found) == [(401.0, 1)]
    assert kaplan_meier(found.duration, found.event, entry=found.entry).steps[0].at_risk == 1


def test_alive_stands_where_one_day_says_both():
    found = of_one((365, "ended"), (365, "alive"))

    assert days_of(found) == [(365.0, 0)]
    assert found.n_contradictions == 1


def test_link_without_the_end_of_its_funding_is_counted_not_used():
    found = spells([0, 1], [10, 20], ["alive", "alive"], [np.nan, 0])

    assert (found.n_undated, found.link.tolist(), found.n_links) == (1, [1], 2)


@pytest.mark.parametrize(
    "change",
    [
        {"link": [5]},
        {"day": [np.nan]},
        {"answer": ["perhaps"]},
        {"answer": []},
        {"zero": [np.inf]},
        {"entered": [1, 2]},
        {"place": "centre"},
    ],
)
def test_bad_answers_are_refused(change):
    proper = {"link": [0], "day": [10], "answer": ["alive"], "zero": [0]}

    with pytest.raises(AnalysisError):
        spells(**{**proper, **change})


LINKS = st.lists(
    st.tuples(
        st.integers(0, 4), st.integers(-400, 3000), st.sampled_from([str(a) for a in ANSWERS])
    ),
    max_size=40,
)
ENTERED = st.lists(st.one_of(st.just(np.nan), st.integers(-100, 2500)), min_size=5, max_size=5)


def of_links(answers, entered, **options):
    link, day, word = zip(*answers, strict=True) if answers else ((), (), ())
    return spells(link, day, word, [0] * 5, entered=entered, **options)


@given(LINKS, ENTERED)
def test_every_spell_can_be_estimated_wherever_its_events_stand(answers, entered):
    found = of_links(answers, entered)

    assert (found.lower <= found.duration).all()
    assert (found.duration <= found.upper).all()
    for place in ("left", "middle", "right"):
        placed = place_events(found, place=place)
        curve = kaplan_meier(placed.duration, placed.event, entry=placed.entry)
        assert curve.n == len(found.duration)


@given(LINKS, ENTERED)
def test_first_spell_of_every_link_is_a_row_or_counted(answers, entered):
    found = of_links(answers, entered)

    first = int((found.number == 1).sum())
    left_out = found.n_unanswered + found.n_ended_before + found.n_ended_unseen
    assert first <= found.n_links == 5
    assert first + left_out >= 5


@given(LINKS, ENTERED, st.randoms())
def test_order_of_answers_does_not_matter(answers, entered, random):
    mixed = of_links(random.sample(answers, len(answers)), entered)

    assert mixed.duration.tolist() == of_links(answers, entered).duration.tolist()


@given(LINKS)
@example([(0, 1, "alive"), (0, 2, "ended"), (1, 2, "ended")])
def test_middle_lies_between_left_and_right_where_all_have_ended(answers):
    last = [(k, 5000, "ended") for k in range(5)]
    found = of_links([*answers, *last], None)

    for reading in sensitivity(found, times=[0.5, 1, 2, 4]):
        left, middle, right = (r.survival for r in (reading.left, reading.middle, reading.right))
        # The same share as a product of other factors may differ in its last digit.
        assert left <= middle + 1e-12
        assert middle <= right + 1e-12


def test_left_may_exceed_right_where_an_event_meets_fewer_at_risk():
    found = spells([0, 1, 2], [2, 183, 1], ["ended", "alive", "alive"], [0, 0, 0])

    reading = sensitivity(found, times=[0.5])[0]

    assert reading.left.survival == pytest.approx(2 / 3)
    assert reading.right.survival == 0.5
