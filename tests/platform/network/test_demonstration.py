"""The invented network of the demonstration: marked, the same every time, told as it is."""

import pytest
from django.utils import timezone

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.demonstration import (
    create_demonstration,
    remove_demonstration,
)
from alpclusters.platform.network.models import FollowUp, Introduction, Link, Posting
from tests.factories.partnership import make_project
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def project():
    for code in (
        "AT31",
        "AT33",
        "DE11",
        "DE21",
        "CH07",
        "CH04",
        "FRK2",
        "ITC4",
        "ITH2",
        "SI03",
        "SI04",
    ):
        make_region(code)
    return make_project(kind="demonstration")


def test_everything_is_simulated_and_joins_only_what_is_simulated(project):
    n_links = create_demonstration(project)

    assert n_links == Link.objects.count() > 100
    assert not Link.objects.filter(is_simulated=False).exists()
    assert not Link.objects.exclude(first__is_simulated=True, second__is_simulated=True).exists()
    names = Organisation.objects.values_list("name", flat=True)
    assert all("simul" in name for name in names)
    assert all("imul" in one.title for one in Posting.objects.all())


def test_a_second_time_adds_nothing(project):
    create_demonstration(project)
    before = [model.objects.count() for model in (Link, Posting, Introduction, Organisation)]

    assert create_demonstration(project) == 0
    assert [m.objects.count() for m in (Link, Posting, Introduction, Organisation)] == before


def test_the_state_of_a_link_is_what_was_said_last(project):
    create_demonstration(project)

    today = timezone.localdate()

    for link in Link.objects.prefetch_related("reports"):
        said = [report.status for report in link.reports.all()]
        assert link.status == (said[-1] if said else Link.Status.ACTIVE_FUNDED)
        assert all(report.said_on <= today for report in link.reports.all())


def test_removed_again_nothing_of_it_is_left(project):
    create_demonstration(project)
    remove_demonstration(project)

    assert not Link.objects.exists()
    assert not Posting.objects.exists()
    assert not Introduction.objects.exists()
    assert not FollowUp.objects.exists()
    assert not Organisation.objects.exists()
