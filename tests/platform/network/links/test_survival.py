"""Curves of links: what is counted, what is censored, and what is not shown."""

from datetime import UTC, date, datetime

import pytest

from alpclusters.platform.network.domain.links.survival import (
    CROSS_BORDER,
    SAME_COUNTRY,
    border_of,
    curve_of,
    groups_by_country,
    lasted,
    observe,
    split_by,
)
from alpclusters.platform.network.models import Link
from tests.factories.evidence import make_initiative
from tests.factories.links import TODAY, make_body, make_link, make_report, make_survivors

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ZERO = date(2018, 12, 31)


def observed():
    return observe(Link.objects.counted(), today=TODAY)


def test_curve_by_hand():
    """Ends after 2 and 4 years lie between answers; censored after 3 years.

    Ten links: two end between the first and the second answer (at 1.5 years), three between the
    third and the fourth (at 3.5), five are alive at the fifth. S = .8 at 1.5; .8 * 5/8 = .5 at 3.5.
    """
    make_survivors([(2, "ended")] * 2 + [(4, "dormant")] * 3 + [(5, "active_self")] * 5)

    found = curve_of(observed())

    assert (found.n_links, found.n, found.n_events, found.n_projects) == (10, 10, 5, 10)
    assert [(s.at_risk, s.n_events, round(s.survival, 9)) for s in found.curve.steps] == [
        (10, 2, 0.8),
        (8, 3, 0.5),
    ]
    assert [round(s.time, 1) for s in found.curve.steps] == [1.5, 3.5]
    read = {round(r.time * 12): round(r.value, 9) for r in found.readings}
    assert read == {12: 1.0, 24: 0.8, 36: 0.8, 48: 0.5}
    assert found.at_risk == (10, 8, 8, 5)
    assert found.reading(60) is None


def test_range_is_wider_than_the_middle():
    make_survivors([(2, "ended")] * 2 + [(5, "active_self")] * 8)

    found = {round(r.time * 12): r for r in curve_of(observed()).ranges}

    placed = ("left", "middle", "right")
    at_12, at_24 = ([getattr(found[m], p).survival for p in placed] for m in (12, 24))
    assert at_12 == pytest.approx([0.8, 1.0, 1.0])
    # The second answer came two years and a day after the funding.
    assert at_24 == pytest.approx([0.8, 0.8, 1.0])


def test_nobody_is_censored_at_today():
    make_survivors([(1, "active_self")] * 6)

    assert curve_of(observed()).curve.until == pytest.approx(1.0, abs=0.01)


def test_fewer_than_five_answers_are_not_shown():
    make_survivors([(2, "active_self")] * 4)
    make_link(funding_ends_on=ZERO)

    found = curve_of(observed())

    assert (found.is_suppressed, found.n_links, found.n) == (True, 5, 4)
    assert found.readings == ()


def test_links_without_an_end_of_funding_or_an_answer_are_counted_apart():
    make_link()
    make_link(funding_ends_on=ZERO)
    make_link(funding_ends_on=date(2030, 1, 1))
    make_survivors([(2, "active_self")])

    found = observed()

    assert (found.spells.n_links, found.spells.n_undated, found.spells.n_unanswered) == (4, 2, 1)
    assert found.n_ended_funding == 2


def test_end_before_the_entry_is_left_out_and_late_entries_are_truncated():
    late = datetime(2021, 1, 1, tzinfo=UTC)
    make_survivors([(1, "ended")], entered_at=late)
    make_survivors([(5, "active_self")], entered_at=late)

    found = observed()

    assert found.spells.n_ended_unseen == 1
    assert [round(float(x), 1) for x in found.spells.entry] == [2.0]


def test_what_a_source_shows_was_known_from_the_beginning():
    late = datetime(2021, 1, 1, tzinfo=UTC)
    make_survivors([(1, "ended")], entered_at=late, standing="source", entered_for=None)

    found = observed()

    assert (found.spells.n_ended_unseen, found.spells.entry.tolist()) == (0, [0.0])


def test_link_reopened_is_a_second_spell_that_no_curve_counts():
    (link,) = make_survivors([(1, "ended")])
    make_report(link, date(2022, 1, 1))
    make_survivors([(3, "active_self")] * 5)

    found = observed()

    assert found.n_reopened == 1
    assert curve_of(found).n == 6


def test_waiting_links_are_not_counted():
    make_survivors([(3, "active_self")] * 5, standing="entered")

    assert observed().links == []


def test_groups_are_compared_where_both_have_five():
    one, other = make_body(country="AT"), make_body(country="SI")
    make_survivors([(1, "ended")] * 5, own=one, other=make_body(country="AT"))
    make_survivors([(5, "active_self")] * 6, own=one, other=other)

    found = split_by(observed(), border_of)

    assert [(g.key, g.n, g.n_events) for g in found.groups] == [
        (CROSS_BORDER, 6, 0),
        (SAME_COUNTRY, 5, 5),
    ]
    assert found.test.p < 0.01
    assert found.difference.groups == (CROSS_BORDER, SAME_COUNTRY)
    assert found.difference.readings[0].value == pytest.approx(1.0)


def test_small_group_is_not_tested():
    make_survivors([(1, "ended")] * 5, type="exchange")
    make_survivors([(5, "active_self")] * 4, type="agreement")

    found = split_by(observed(), lambda link: link.type)

    assert [(g.key, g.is_suppressed) for g in found.groups] == [
        ("exchange", False),
        ("agreement", True),
    ]
    assert found.test is None


def test_link_over_a_border_counts_in_both_countries():
    make_survivors([(5, "active_self")] * 5, other=make_body(country="SI"))

    assert [(g.key, g.n) for g in groups_by_country(observed())] == [("AT", 5), ("SI", 5)]


def test_links_of_one_project_are_resampled_together():
    initiative = make_initiative()
    make_survivors([(2, "ended")] * 3 + [(5, "active_self")] * 3, initiative=initiative)

    assert curve_of(observed()).n_projects == 1


def test_lasting_is_a_year_after_the_funding():
    short, long = make_survivors([(1, "ended"), (3, "ended")])
    make_report(short, date(2019, 12, 30))

    assert lasted(observed()) == [(long, 24)]


def test_number_of_queries_does_not_grow(django_assert_num_queries):
    make_survivors([(2, "active_self")] * 6)

    with django_assert_num_queries(2):
        found = observe(Link.objects.counted(), today=TODAY)
        split_by(found, border_of)
