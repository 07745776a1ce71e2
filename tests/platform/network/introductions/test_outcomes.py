"""Figures of introductions: counted by hand, kept back where there are few."""

from datetime import UTC, datetime

import pytest

from alpclusters.platform.network.domain.introductions.answering import (
    decline_introduction,
    lapse_introduction,
    withdraw_introduction,
)
from alpclusters.platform.network.domain.introductions.follow_ups import Answer, record_outcome
from alpclusters.platform.network.domain.introductions.outcomes import (
    labels_at_year,
    outcome_figures,
    share_of,
)
from tests.factories.introductions import NOW, make_accepted, make_introduction, make_side

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LATER = datetime(2027, 4, 1, 9, 0, tzinfo=UTC)


def tell(introduction, outcomes, *, months):
    rows = introduction.follow_ups.filter(months=months).select_related("introduction")
    for one, outcome in zip(rows.order_by("pk"), outcomes, strict=False):
        record_outcome(one, Answer(outcome), by=introduction.asked_by, now=LATER)


@pytest.fixture
def six():
    """Three accepted, one declined, one lapsed, one withdrawn, one waiting."""
    trento = make_side("Trento", region="ITH2")
    others = [make_side(region="SI03") for _ in range(7)]
    accepted = [make_accepted(trento, other) for other in others[:3]]
    decline_introduction(make_introduction(trento, others[3]), by=others[3].user, now=NOW)
    lapse_introduction(make_introduction(trento, others[4]), now=NOW)
    withdraw_introduction(make_introduction(trento, others[5]), by=trento.user, now=NOW)
    make_introduction(trento, others[6])
    tell(accepted[0], ["contact", "project"], months=3)
    tell(accepted[1], ["nothing", "nothing"], months=3)
    tell(accepted[0], ["project"], months=12)
    return accepted


@pytest.mark.usefixtures("six")
def test_shares_are_of_those_decided_and_of_those_told():
    found = outcome_figures(is_simulated=False, now=LATER)

    assert (found.n_asked, found.n_waiting, found.n_withdrawn) == (7, 1, 1)
    assert (found.accepted.k, found.accepted.n, found.accepted.share) == (3, 5, 0.6)
    # Wilson, 95 %: 3 of 5.
    assert [round(one, 4) for one in found.accepted.interval] == [0.2307, 0.8824]
    three, twelve = found.at_months
    assert (three.n_due, three.n_told, three.n_both, three.n_apart) == (3, 2, 2, 1)
    assert {key: (one.k, one.n) for key, one in three.reached.items()} == {
        "contact": (1, 2),
        "agreement": (1, 2),
        "project": (1, 2),
    }
    assert (twelve.n_due, twelve.n_told) == (3, 1)


@pytest.mark.usefixtures("six")
def test_border_counts_the_two_countries_whoever_asked():
    (border,) = outcome_figures(is_simulated=False, now=LATER).borders

    assert (border.first, border.second, border.n_asked) == ("IT", "SI", 7)
    assert (border.accepted.k, border.accepted.n) == (3, 5)
    assert (border.agreed.k, border.agreed.n) == (1, 2)


@pytest.mark.usefixtures("six")
def test_public_sees_no_share_of_fewer_than_five():
    found = outcome_figures(is_simulated=False, now=LATER, public=True)

    assert found.accepted.share == 0.6
    three = found.at_months[0].reached["contact"]
    assert (three.is_suppressed, three.k, three.share, three.interval) == (True, None, None, None)


@pytest.mark.usefixtures("six")
def test_what_is_not_old_enough_is_not_counted():
    found = outcome_figures(is_simulated=False, now=NOW)

    assert [one.n_due for one in found.at_months] == [0, 0]
    assert outcome_figures(is_simulated=True, now=LATER).n_asked == 0


def test_nothing_known_is_no_share():
    empty = share_of(0, 0)

    assert (empty.k, empty.n, empty.share, empty.interval) == (None, 0, None, None)


def test_label_of_a_year_is_the_furthest_that_a_side_tells(six):
    assert labels_at_year(is_simulated=False) == {six[0].pk: "project"}
