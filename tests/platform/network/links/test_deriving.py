"""Links of a published project: derived again and again they stay; people have the last word."""

from datetime import date

import pytest
from django_tasks_db.models import DBTaskResult

from alpclusters.platform.evidence.domain.initiatives.partners import add_partner
from alpclusters.platform.evidence.models import Participation
from alpclusters.platform.history import history_of
from alpclusters.platform.network.domain.links.deriving import (
    MOST_PARTICIPANTS,
    derive_all_links,
    derive_in_background,
    derive_later,
    derive_links,
)
from alpclusters.platform.network.domain.links.entering import refuse_link
from alpclusters.platform.network.domain.links.reports import report_status
from alpclusters.platform.network.models import Link
from tests.factories.accounts import make_user
from tests.factories.evidence import (
    make_initiative,
    make_participation,
    make_programme,
    store_as_before,
)
from tests.factories.links import NOW, make_body, make_link, make_speaker
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def initiative():
    return make_initiative(
        "timber-net",
        title="Timber in the Alps",
        programme=make_programme(),
        start=date(2016, 1, 1),
        end=date(2019, 12, 31),
        source="keep.eu",
        licence="CC BY 4.0",
    )


def join(initiative, *bodies, **fields):
    return [make_participation(initiative, organisation=body, **fields) for body in bodies]


def join_as_before(initiative, *bodies):
    """Let bodies of either world take part, as older versions could."""
    for body in bodies:
        name = body.name
        store_as_before(
            Participation(initiative=initiative, organisation=body, body_key=name, name=name)
        )


def pairs():
    return [(link.first, link.second) for link in Link.objects.counted().order_by("pk")]


def derive(initiative):
    found = derive_links(initiative, now=NOW)
    return found.n_new, found.n_changed, found.n_withdrawn


def test_each_pair_of_known_cluster_organisations_is_one_link(initiative):
    a, b, c = make_body(), make_body(), make_body()
    join(initiative, c, a, b, a)
    join(initiative, make_organisation())
    join(initiative, None)

    assert derive(initiative) == (3, 0, 0)

    assert pairs() == [(a, b), (a, c), (b, c)]
    link = Link.objects.order_by("pk")[0]
    assert (link.standing, link.type, link.status) == ("source", "joint_project", "unknown")
    assert (link.topic, link.funding) == ("Timber in the Alps", "Alpine Space 2014-2020")
    assert (link.source, link.licence) == ("keep.eu", "CC BY 4.0")
    assert (link.started_on, link.funding_ends_on) == (date(2016, 1, 1), date(2019, 12, 31))
    assert [v.history_change_reason for v in history_of(link).all()] == ["derive"]


def test_again_changes_nothing(initiative):
    join(initiative, make_body(), make_body())
    derive(initiative)

    assert derive(initiative) == (0, 0, 0)
    assert not derive_all_links(now=NOW)


def test_running_funding_is_known_alive_by_it(initiative):
    initiative.end = date(2030, 1, 1)
    initiative.save()
    join(initiative, make_body(), make_body())
    derive(initiative)

    assert Link.objects.get().status == "active_funded"


def test_who_left_is_not_linked(initiative):
    join(initiative, make_body())
    join(initiative, make_body(), has_left=True)

    assert derive(initiative) == (0, 0, 0)


def test_a_crowd_is_no_cooperation(initiative):
    join(initiative, make_body(), make_body())
    for _ in range(MOST_PARTICIPANTS - 2):
        make_participation(initiative)
    assert derive(initiative) == (1, 0, 0)

    make_participation(initiative)

    assert derive(initiative) == (0, 0, 1)


@pytest.mark.parametrize(
    "fields", [{"is_published": False}, {"kind": "programme_line"}, {"is_simulated": True}]
)
def test_unpublished_lines_and_invented_initiatives_link_nobody_real(fields):
    initiative = make_initiative(**fields)
    join_as_before(initiative, make_body(), make_body())

    assert derive(initiative) == (0, 0, 0)


def test_invented_ones_are_linked_with_invented_ones():
    initiative = make_initiative(is_simulated=True)
    join(initiative, make_body(is_simulated=True), make_body(is_simulated=True))
    join_as_before(initiative, make_body())
    derive(initiative)

    assert [link.is_simulated for link in Link.objects.all()] == [True]


def test_source_that_says_something_else_changes_the_facts_and_nothing_people_said(initiative):
    join(initiative, make_body(), make_body())
    derive(initiative)
    link = Link.objects.get()
    report_status(link, link.first, "dormant", said_on=date(2021, 1, 1), by=None, now=NOW)
    initiative.end = date(2020, 6, 30)
    initiative.save()

    assert derive(initiative) == (0, 1, 0)

    link.refresh_from_db()
    assert (link.funding_ends_on, link.status) == (date(2020, 6, 30), "dormant")


def test_what_people_called_wrong_is_not_derived_again(initiative):
    one, other = make_body(), make_body()
    join(initiative, one, other)
    derive(initiative)
    refuse_link(Link.objects.get(), by=make_speaker(one), now=NOW)

    assert derive(initiative) == (0, 0, 0)
    assert Link.objects.get().standing == "refused"


def test_link_that_people_entered_is_not_doubled(initiative):
    link = make_link(initiative=initiative)
    join(initiative, link.first, link.second)

    assert derive(initiative) == (0, 0, 0)


def test_body_that_is_taken_off_loses_the_link_and_gets_it_back(initiative):
    one, other = make_body(), make_body()
    row, _ = join(initiative, one, other)
    derive(initiative)
    row.delete()

    assert derive(initiative) == (0, 0, 1)
    assert pairs() == []

    join(initiative, one)
    assert derive(initiative) == (0, 1, 0)
    assert pairs() == [(one, other)]
    assert Link.objects.count() == 1


def test_all_initiatives_at_once_with_as_many_queries(initiative, django_assert_max_num_queries):
    for k in range(5):
        other = initiative if k == 0 else make_initiative()
        join(other, make_body(), make_body())

    with django_assert_max_num_queries(12):
        found = derive_all_links(now=NOW)

    assert found.n_new == 5


def test_partner_that_gets_an_organisation_asks_for_it_once(initiative):
    add_partner(initiative, name="A", by=make_user(), organisation=make_body())
    add_partner(initiative, name="B", by=make_user(), organisation=make_body())
    derive_later(initiative.pk)

    (task,) = DBTaskResult.objects.filter(task_path=derive_in_background.module_path)
    task.task.func(*task.args_kwargs["args"])

    assert len(pairs()) == 1
