"""Priorities of a programme or region are kept as a whole, and the program leaves them alone."""

import datetime as dt

import pytest
from django.db import IntegrityError

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.funding.domain.policy_mixing import read_subjects
from alpclusters.platform.funding.domain.policy_mixing.demonstration import (
    load_demonstration_policy_mix,
)
from alpclusters.platform.funding.domain.policy_mixing.strategies import (
    PriorityFacts,
    load_priorities,
    priorities_of,
    save_priorities,
    seen_mark,
)
from alpclusters.platform.funding.models import Priority
from tests.factories.funding import make_programme
from tests.factories.policy_mix import make_priority

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

DAY = dt.date(2026, 5, 1)
PERIOD = "2021-2027"


def save(*facts, region="AT33", programme=None, period=PERIOD):
    seen = seen_mark(priorities_of(programme, region, period))
    return save_priorities(programme, region, period, facts, seen=seen)


def said():
    rows = Priority.objects.order_by("side", "theme", "weight")
    return [(row.side, row.theme, row.weight, row.status) for row in rows]


def test_rows_stand_instead_of_those_before():
    make_priority("AT33", "tourism")
    make_priority("AT32", "tourism")

    n = save(
        PriorityFacts("need", "timber", 0.4, "Strategy 2027", DAY), PriorityFacts("strength", "ict")
    )

    assert n == 2
    assert [(row.region, row.theme, row.status) for row in Priority.objects.order_by("pk")][1:] == [
        ("AT33", "timber", "verified"),
        ("AT33", "ict", "unverified"),
    ]


def test_real_priorities_of_a_region_stand_beside_invented_ones_of_the_same_theme():
    make_priority("AT33", "timber", status="demonstration", checked_on=None)

    n = save(PriorityFacts("priority", "timber", 0.5, "Gazette"))

    assert n == 1
    assert said() == [
        ("priority", "timber", 0.5, "unverified"),
        ("priority", "timber", 1.0, "demonstration"),
    ]
    assert [one.is_simulated for one in read_subjects(is_simulated=True)] == [True]
    assert [one.is_simulated for one in read_subjects(is_simulated=False)] == [False]


@pytest.mark.parametrize("status", ["demonstration", "verified"])
def test_one_theme_stands_once_on_a_side_in_each_world(status):
    make_priority("AT33", "timber", status=status)

    with pytest.raises(IntegrityError):
        make_priority("AT33", "timber", status=status)


def test_what_people_enter_of_an_invented_programme_is_invented():
    programme = make_programme("invented", status="demonstration")

    save(PriorityFacts("priority", "timber", 1.0, "Gazette", DAY), programme=programme)

    assert said() == [("priority", "timber", 1.0, "demonstration")]


def test_theme_twice_on_a_side_is_refused_and_nothing_changes():
    make_priority("AT33", "tourism")

    with pytest.raises(InputError):
        save(PriorityFacts("need", "timber"), PriorityFacts("need", "timber", 0.3))

    assert [row.theme for row in Priority.objects.all()] == ["tourism"]


def test_what_somebody_changed_meanwhile_is_not_overwritten():
    make_priority("AT33", "tourism")
    seen = seen_mark(priorities_of(None, "AT33", PERIOD))
    save(PriorityFacts("need", "timber"))

    with pytest.raises(StateError):
        save_priorities(None, "AT33", PERIOD, [], seen=seen)

    assert [row.theme for row in Priority.objects.all()] == ["timber"]


def test_tables_of_the_program_leave_priorities_of_people_alone():
    programme = make_programme("asp-1420")
    load_priorities()
    n_seeded = programme.priorities.count()

    save(PriorityFacts("priority", "low_carbon", 1.0), programme=programme, period="2014-2020")
    load_priorities()

    assert n_seeded > 1
    assert [row.theme for row in programme.priorities.all()] == ["low_carbon"]


def test_demonstration_leaves_priorities_of_people_alone():
    load_demonstration_policy_mix()
    save(PriorityFacts("priority", "timber", 1.0), region="DE1")

    load_demonstration_policy_mix()

    assert [row.theme for row in priorities_of(None, "DE1", PERIOD)] == ["timber"]
    assert Priority.objects.filter(region="DE1", status="demonstration").count() == 10
