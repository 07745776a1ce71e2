import pytest

from tests.factories.policy import make_large_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

VIEWS = ("schedule", "table", "board", "levels", "regions", "dependencies", "logic")


@pytest.mark.parametrize("kind", VIEWS)
def test_smoke(client, kind):
    plan = make_large_plan(30, 60)
    page = client.get(f"/en/plans/{plan.slug}/views/{kind}/")
    assert page.status_code == 200


@pytest.mark.parametrize("path", ["", "progress/", "actions/X2/", "embed/", "changes.atom", "data/actions.csv", "data/values.json", "data/indicators.csv","data/plan.json"])
def test_smoke2(client, path):
    plan = make_large_plan(30, 60)
    page = client.get(f"/en/plans/{plan.slug}/{path}")
    assert page.status_code == 200
