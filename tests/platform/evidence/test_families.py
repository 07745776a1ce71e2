"""Families in the database: what is read, what is written, what a small change looks at."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alpclusters.platform.evidence.domain import families
from alpclusters.platform.evidence.domain.families import refresh_families
from alpclusters.platform.evidence.models import Initiative, Lesson
from tests.factories.evidence import (
    make_activity,
    make_bearing,
    make_initiative,
    make_lesson,
    make_participation,
)
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def with_bodies(names, **fields):
    initiative = make_initiative(**fields)
    for order, name in enumerate(names):
        make_participation(
            initiative, f"Body {name}", role="partner" if order else "lead", order=order
        )
    return initiative


def family(initiative):
    initiative.refresh_from_db()
    return initiative.family


def test_partners_follow_ups_and_leads_tie():
    first, second = with_bodies("abc"), with_bodies("bcd")
    follower = make_initiative(follows=first)
    alone = with_bodies("xy")

    changed = refresh_families()

    assert changed == 4
    assert {family(one) for one in (first, second, follower)} == {first.pk}
    assert family(alone) == alone.pk


def test_same_lead_and_type_tie_over_time():
    first = with_bodies("abcd", start=date(2010, 1, 1), end=date(2012, 1, 1))
    second = with_bodies("aefg", start=date(2013, 1, 1), end=date(2015, 1, 1))
    refresh_families()
    assert family(second) == second.pk

    for one in (first, second):
        make_activity(one, measure_type="sme_pilot")
    refresh_families([second.pk])

    assert family(second) == first.pk


def test_line_of_a_programme_has_no_family():
    line, project = with_bodies("ab", kind="programme_line"), with_bodies("ab")

    refresh_families()

    assert (family(line), family(project)) == (None, project.pk)


def test_initiatives_of_which_only_the_lead_is_known_do_not_overlap():
    first, second = with_bodies("a"), with_bodies("a")

    refresh_families()

    assert (family(first), family(second)) == (first.pk, second.pk)


def test_partner_who_left_ties_nothing():
    with_bodies("a")
    second = make_initiative()
    make_participation(second, "Body a", has_left=True)

    refresh_families()

    assert family(second) == second.pk


def test_bodies_of_one_organisation_are_one_body():
    body = make_organisation(name="Simulated body")
    first, second = make_initiative(), make_initiative()
    make_participation(first, "One name", organisation=body)
    make_participation(second, "Another name", organisation=body)

    refresh_families()

    assert family(second) == first.pk


def test_dates_in_the_wrong_order_are_left_out():
    odd = with_bodies("a", start=date(2014, 1, 1), end=date(2012, 1, 1))

    refresh_families()

    assert family(odd) == odd.pk


@pytest.mark.parametrize("large", [0, families.LARGE])
def test_small_change_parts_and_joins_as_a_whole_run_does(large, monkeypatch):
    monkeypatch.setattr(families, "LARGE", large)
    chain = [with_bodies(part) for part in ("abcd", "cdef", "efgh")]
    others = [with_bodies("xyz"), with_bodies("yzw")]
    refresh_families()
    middle = chain[1]

    middle.participations.all().delete()
    for order, name in enumerate("yz"):
        make_participation(middle, f"Body {name}", order=order)
    refresh_families([middle.pk])
    small = dict(Initiative.objects.order_by("pk").values_list("pk", "family"))
    refresh_families()

    assert small == dict(Initiative.objects.order_by("pk").values_list("pk", "family"))
    assert small == {
        chain[0].pk: chain[0].pk,
        chain[2].pk: chain[2].pk,
        **{one.pk: middle.pk for one in (middle, *others)},
    }


def test_second_run_writes_nothing_and_asks_as_often_for_many_as_for_few():
    counts = []
    for _ in range(2):
        for name in "abc":
            with_bodies(name)
        refresh_families()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert refresh_families() == 0
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 10


def test_joining_families_grades_their_lessons_again():
    lesson = make_lesson()
    first, second = with_bodies("ab"), with_bodies("xy")
    for one in (first, second):
        make_bearing(make_activity(one), lesson)
    refresh_families()
    lesson.refresh_from_db()
    assert lesson.grading["n_for"] == 2

    second.follows = first
    second.save()
    refresh_families([second.pk])

    assert Lesson.objects.get(pk=lesson.pk).grading["n_for"] == 1
