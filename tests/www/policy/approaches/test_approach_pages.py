"""Joint approaches on pages: begin, record steps, see the regions on a map with their table."""

import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.domain.approaches import Aim, Task, add_region, create_approach
from alpclusters.platform.policy.models import Adoption, JointApproach
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project, make_region
from tests.factories.partners import make_partner

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def approach():
    return create_approach(make_project(), Aim({"title": {"en": "One window"}}), by=None)


@pytest.fixture
def region(approach):
    return add_region(approach, Task(make_region("AT32"), "Land Salzburg", "A decree"))


@pytest.fixture
def signed_in(client, approach):
    client.force_login(make_user_with(Role.POLICY_MAKER, project=approach.project))
    return client


def where(approach, page=""):
    return f"/en/workspace/approaches/{approach.pk}/{page}"


def sent(region, state, **changes):
    prefix = f"s{region.pk}"
    values = {"state": state, "happened_on": "2026-02-01", **changes}
    return {"do": "step", "row": region.pk} | {f"{prefix}-{k}": v for k, v in values.items()}


def test_begun_and_made_public(signed_in, approach):
    slug = approach.project.slug
    form = {"title_en": "Together", "title_sl": "Skupaj", "coordinator": "Body"}

    signed_in.post(f"/en/workspace/projects/{slug}/approaches/new/", form)
    made = JointApproach.objects.get(code="J2")
    signed_in.post(where(made, "edit/"), form | {"is_public": "on"})
    signed_in.logout()

    assert "Skupaj" in signed_in.get("/sl/approaches/").content.decode()
    assert signed_in.get(f"/sl/approaches/{made.pk}/").status_code == 200
    assert signed_in.get(f"/sl/approaches/{approach.pk}/").status_code == 404


def test_steps_are_recorded_in_their_order(signed_in, approach, region):
    signed_in.post(where(approach), sent(region, "informed"))
    skipped = signed_in.post(where(approach), sent(region, "adopted"))

    assert skipped.status_code == 422
    assert Adoption.objects.get().state == "informed"


def test_what_is_missing_is_said_at_the_region(signed_in, approach, region):
    for state in ("informed", "under_review"):
        signed_in.post(where(approach), sent(region, state))

    answer = signed_in.post(where(approach), sent(region, "adopted"))

    body = answer.content.decode()
    assert answer.status_code == 422
    assert "An adoption needs the document that decided it." in body
    assert body.count('<details class="ac-more" open>') == 1


def test_a_region_is_added_changed_and_taken_out(signed_in, approach):
    make_partner(approach.project, region=make_region("SI04"))
    data = {"do": "add", "region": make_region("SI04").pk, "body": "Body", "due": "2027-01-01"}
    signed_in.post(where(approach), data)
    again = signed_in.post(where(approach), data)
    row = Adoption.objects.get()
    signed_in.post(where(approach), {"do": "task", "row": row.pk, f"t{row.pk}-task": "A call"})
    task = Adoption.objects.get().task
    signed_in.post(where(approach), {"do": "remove", "row": row.pk})

    assert again.status_code == 422
    assert task == "A call"
    assert not Adoption.objects.exists()


@pytest.mark.usefixtures("region")
def test_the_public_page_has_map_table_and_the_number_unknown(client, approach):
    JointApproach.objects.update(is_public=True)

    body = client.get(f"/de/approaches/{approach.pk}/").content.decode()

    assert "AT32" in body
    assert "Land Salzburg" in body
    assert "A decree" in body
    assert body.count("<table") == 2


def test_a_member_only_reads(client, approach, region):
    client.force_login(make_user_with(Role.MEMBER, project=approach.project))

    assert client.get(where(approach)).status_code == 200
    assert client.post(where(approach), sent(region, "informed")).status_code == 403
