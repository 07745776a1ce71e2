"""What a merge does with rows about two organisations: in order, never of one with itself."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alpclusters.platform.actors.domain.merges import merge, undo_merge
from alpclusters.platform.actors.domain.moving import Pair, pairs_of
from alpclusters.platform.network.models import (
    FollowUp,
    Introduction,
    Link,
    LinkReport,
    Meeting,
    MeetingWish,
    PartnerMark,
)
from tests.factories.evidence import make_initiative
from tests.factories.links import make_body, make_link, make_report
from tests.platform.actors.test_merges import everything

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def ends(link):
    link.refresh_from_db()
    return link.first, link.second


def introduce(asking, asked, **fields):
    return Introduction.objects.create(
        asking=asking, asked=asked, message="Hello", asked_at=NOW, **fields
    )


def mark(organisation, other):
    return PartnerMark.objects.create(
        organisation=organisation, other=other, mark="remembered", made_at=NOW
    )


@pytest.mark.parametrize(
    ("model", "pair"),
    [
        (Link, Pair("first", "second", is_ordered=True)),
        (Introduction, Pair("asking", "asked", is_ordered=False)),
        (PartnerMark, Pair("organisation", "other", is_ordered=False)),
        (MeetingWish, Pair("asking", "asked", is_ordered=False)),
        (Meeting, Pair("first", "second", is_ordered=False)),
        (LinkReport, None),
    ],
)
def test_constraints_of_a_model_say_which_fields_are_a_pair(model, pair):
    assert list(pairs_of(model)) == ([pair] if pair else [])


def test_pair_stays_in_order_and_comes_back():
    small, middle, large = make_body(), make_body(), make_body()
    link = make_link(small, middle, entered_for=small)
    before = everything()

    made = merge(large, small, by=None)

    assert ends(link) == (middle, large)
    assert link.entered_for == large
    undo_merge(made, by=None)
    assert everything() == before


def test_link_of_the_two_that_become_one_goes_with_its_reports_and_comes_back():
    one, other = make_body(), make_body()
    link = make_link(one, other)
    make_report(link, NOW.date())
    asked = introduce(one, other)
    FollowUp.objects.create(introduction=asked, organisation=one, months=3, outcome="contact")
    kept = make_link(one, make_body(), introduction=asked)
    mark(one, other)
    before = everything()

    made = merge(other, one, by=None)

    kept.refresh_from_db()
    assert kept.introduction is None
    assert [m.objects.count() for m in (LinkReport, Introduction, FollowUp, PartnerMark)] == [0] * 4
    assert list(Link.objects.all()) == [kept]
    undo_merge(made, by=None)
    assert everything() == before


def test_derived_twice_under_two_names_is_one_link_with_all_reports():
    one, other, partner = make_body(), make_body(), make_body()
    source = {"standing": "source", "entered_for": None, "initiative": make_initiative()}
    first, second = make_link(one, partner, **source), make_link(other, partner, **source)
    make_report(first, NOW.date(), organisation=one)
    make_report(second, NOW.date(), organisation=partner)
    before = everything()

    made = merge(one, other, by=None)

    assert list(Link.objects.all()) == [first]
    assert set(LinkReport.objects.values_list("link", "organisation")) == {
        (first.pk, one.pk),
        (first.pk, partner.pk),
    }
    undo_merge(made, by=None)
    assert everything() == before


def test_what_somebody_turned_since_then_stays():
    small, middle, large = make_body(), make_body(), make_body()
    link = make_link(small, middle)
    made = merge(large, small, by=None)
    newest = make_body()
    Link.objects.filter(pk=link.pk).update(second=newest)

    undo_merge(made, by=None)

    assert ends(link) == (middle, newest)


class AnyPairs(TestCase):
    @pytest.mark.slow
    @given(
        pairs=st.lists(
            st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(lambda p: p[0] != p[1]),
            max_size=6,
        ),
        steps=st.lists(
            st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(lambda p: p[0] != p[1]),
            min_size=1,
            max_size=3,
        ),
    )
    @settings(suppress_health_check=[HealthCheck.too_slow], max_examples=15, deadline=None)
    def test_any_merges_can_be_taken_apart(self, pairs, steps):
        bodies = [make_body() for _ in range(4)]
        initiative = make_initiative()
        for number, (i, j) in enumerate(dict.fromkeys(pairs)):
            make_link(bodies[i], bodies[j], type="exchange")
            source = Link.objects.filter(
                standing="source",
                first__in=(bodies[i], bodies[j]),
                second__in=(bodies[i], bodies[j]),
            )
            if not source.exists():
                make_link(
                    bodies[i], bodies[j], standing="source", entered_for=None, initiative=initiative
                )
            introduce(bodies[i], bodies[j], state="asked" if number % 2 else "accepted")
            mark(bodies[i], bodies[j])
        before = everything()

        made = []
        for i, j in steps:
            for body in bodies:
                body.refresh_from_db()
            if bodies[i].merged_into_id is None and bodies[j].merged_into_id is None:
                made.append(merge(bodies[i], bodies[j], by=None))
        for one in reversed(made):
            undo_merge(one, by=None)

        after = everything()
        assert {k: v for k, v in after.items() if v != before[k]} == {}
