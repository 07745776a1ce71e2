"""RCR84: the worked example of the method, and every reason why somebody is not counted."""

from datetime import date, timedelta

import pytest

from alpclusters.platform.actors.models import Partner
from alpclusters.platform.network.domain.links.indicators import Reason, count_rcr84
from tests.factories.links import make_body, make_link
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
START, END = date(2019, 4, 1), date(2022, 6, 30)
LATER = END + timedelta(days=500)


@pytest.fixture
def project():
    return make_project(starts_on=START, ends_on=END)


def partners(project, *countries):
    bodies = [make_body(country=code) for code in countries]
    for body in bodies:
        Partner.objects.create(project=project, organisation=body)
    return bodies


def agree(one, other, after_end, **fields):
    days = timedelta(days=after_end)
    return make_link(one, other, type="agreement", agreed_on=END + days, **fields)


def test_worked_example_of_the_method(project):
    """Action-plan.md section 13: A counts three, B is one country, C comes too late."""
    de, fr, at, it_1, it_2, ch = partners(project, "DE", "FR", "AT", "IT", "IT", "CH")
    for pair in ((de, fr), (fr, at), (de, at)):
        agree(*pair, 200)
    agree(it_1, it_2, 100)
    agree(ch, it_2, 400)

    found = count_rcr84(project, today=LATER)

    assert found.value == 3
    assert {one.organisation for one in found.counted} == {de, fr, at}
    assert {one.organisation: one.reason for one in found.not_counted} == {
        it_1: Reason.SAME_COUNTRY,
        it_2: Reason.SAME_COUNTRY,
        ch: Reason.TOO_LATE,
    }
    assert (found.until, found.is_final) == (END + timedelta(days=365), True)


@pytest.mark.parametrize(
    ("after_end", "fields", "reason"),
    [
        (365, {}, None),
        (366, {}, Reason.TOO_LATE),
        ((START - END).days, {}, None),
        ((START - END).days - 1, {}, Reason.BEFORE_PROJECT),
        (-10, {"ended_on": END}, Reason.ENDED_WITH_PROJECT),
        (-10, {"ended_on": END + timedelta(days=1)}, None),
        (10, {"standing": "entered"}, Reason.NOT_CONFIRMED),
        (10, {"standing": "refused"}, Reason.NO_AGREEMENT),
    ],
)
def test_agreement_counts_within_its_time_and_once_confirmed(project, after_end, fields, reason):
    one, other = partners(project, "AT", "SI")
    agree(one, other, after_end, **fields)

    found = count_rcr84(project, today=LATER)

    assert found.value == (2 if reason is None else 0)
    assert {row.reason for row in found.not_counted} == ({reason} if reason else set())


def test_link_that_is_only_alive_is_no_agreement(project):
    make_link(*partners(project, "AT", "SI"), status="active_self")

    found = count_rcr84(project, today=LATER)

    assert [row.reason for row in found.not_counted] == [Reason.NO_AGREEMENT] * 2


def test_agreement_with_somebody_outside_the_project_counts_for_nobody(project):
    (one,) = partners(project, "AT")
    agree(one, make_body(country="SI"), 10)

    assert count_rcr84(project, today=LATER).value == 0


def test_country_of_the_region_stands_in_and_greece_is_one_country(project):
    one, other = partners(project, "EL", "GR")
    agree(one, other, 10)
    nowhere, there = partners(project, "", "AT")
    agree(nowhere, there, 10)

    reasons = {
        row.organisation: row.reason for row in count_rcr84(project, today=LATER).not_counted
    }

    assert reasons == {
        one: Reason.SAME_COUNTRY, other: Reason.SAME_COUNTRY,
        nowhere: Reason.COUNTRY_UNKNOWN, there: Reason.COUNTRY_UNKNOWN,
    }  # fmt: skip


def test_before_the_year_is_over_the_number_may_grow(project):
    assert not count_rcr84(project, today=END + timedelta(days=365)).is_final


def test_project_without_an_end_has_no_value():
    found = count_rcr84(make_project(), today=LATER)

    assert (found.value, found.until) == (None, None)
