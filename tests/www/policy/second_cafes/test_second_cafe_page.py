"""The page on which an AlpCafé on recommendations is prepared."""

import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.policy.domain.second_cafes import measures_of
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import VARIED, fill, make_cafe, make_snapshot
from tests.factories.policy import make_recommendations

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def one():
    return make_recommendations()[0]


def where(one):
    return f"/en/workspace/projects/{one.project.slug}/recommendations/cafe/"


def test_a_coordinator_prepares_it(client, one):
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=one.project))
    region = one.project.cafes.get().region
    data = {"recommendations": [one.pk], "region": region.pk, "held_on": "2027-03-01"}

    answer = client.post(where(one), {"do": "prepare", **data})

    cafe = AlpCafe.objects.latest("pk")
    assert answer["Location"] == f"/en/workspace/cafes/{cafe.pk}/"
    assert [m.name.inside("en") for m in cafe.measures.all()] == [one.title.inside("en")]
    assert cafe.title.inside("sl")
    assert cafe.title.inside("sl") != cafe.title.inside("de")


def test_a_policy_maker_makes_measures_of_them(client, one):
    client.force_login(make_user_with(Role.POLICY_MAKER, project=one.project))

    client.post(where(one), {"do": "prepare", "recommendations": [one.pk]})

    assert Measure.objects.filter(project=one.project).count() == 1
    assert AlpCafe.objects.count() == 1


def test_results_are_taken_over(client, one):
    client.force_login(make_user_with(Role.POLICY_MAKER, project=one.project))
    [measure] = measures_of([one], by=None)
    cafe = make_cafe(project=one.project, measures=[measure.key])
    fill(cafe, {"AT32": VARIED}, measures=[measure.key])
    snapshot = make_snapshot(cafe=cafe)
    n = one.findings.count()

    shown = client.get(where(one)).content.decode()
    client.post(where(one), {"do": "ground", "snapshot": snapshot.pk})

    assert cafe.title in shown
    assert one.findings.count() > n
