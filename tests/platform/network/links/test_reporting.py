"""What both sides say over the years, and what the state of the link becomes."""

from datetime import date, timedelta

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.network.domain.links.reports import report_status
from alpclusters.platform.network.models import LinkReport
from tests.factories.links import NOW, TODAY, make_body, make_link

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def said(link, status, on=TODAY, side=None):
    return report_status(link, side or link.first, status, said_on=on, by=None, now=NOW)


def state(link):
    link.refresh_from_db()
    return link.status, link.ended_on


def test_state_follows_the_newest_day_not_the_last_entry():
    link = make_link()
    said(link, "ended", date(2026, 3, 1))
    said(link, "active_self", date(2025, 3, 1))

    assert state(link) == ("ended", date(2026, 3, 1))


def test_link_that_ended_is_open_again_once_somebody_says_so():
    link = make_link()
    said(link, "ended", date(2025, 1, 1))
    said(link, "active_self", date(2026, 1, 1), link.second)

    assert state(link) == ("active_self", None)


def test_second_word_of_a_side_about_the_same_day_corrects_the_first():
    link = make_link()
    said(link, "active_self")
    said(link, "ended")

    assert LinkReport.objects.get().status == "ended"
    assert state(link) == ("ended", TODAY)


def test_of_one_day_the_later_word_counts():
    link = make_link()
    said(link, "ended")
    said(link, "dormant", side=link.second)

    assert state(link)[0] == "dormant"
    assert LinkReport.objects.count() == 2


def test_end_of_the_funding_alone_changes_nothing():
    link = make_link(status="active_funded", funding_ends_on=date(2020, 1, 1))

    assert state(link) == ("active_funded", None)


@pytest.mark.parametrize(
    ("on", "code"), [(TODAY + timedelta(days=1), "day_to_come"), (date(2019, 1, 1), "before_start")]
)
def test_days_that_cannot_be_are_refused(on, code):
    with pytest.raises(InputError, match=f"link.{code}"):
        said(make_link(started_on=date(2020, 1, 1)), "active_self", on)


def test_strangers_and_closed_links_are_refused():
    with pytest.raises(StateError, match=r"link\.not_a_side"):
        said(make_link(), "ended", side=make_body())
    with pytest.raises(StateError, match=r"link\.closed"):
        said(make_link(standing="refused"), "ended")
