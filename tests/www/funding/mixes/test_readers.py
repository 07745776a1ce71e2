"""Who reads a mix without writing it."""

import pytest
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project
from tests.www.funding.mixes.mix_pages import address, text_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_member_sees_a_mix_but_computes_none(client, project, run):
    client.force_login(make_user_with(Role.FACILITATOR, project=project))

    assert "Best mix found" in text_of(client.get(address("mix", run)))
    assert "Changing a cell" not in text_of(client.get(address("mix", run)))
    assert client.post(reverse("workspace:mix_ask", args=[run.case.pk])).status_code == 403
    assert client.get(address("mix_cell", run, 0, 0)).status_code == 403
    assert client.post(address("mix_scenarios", run), {"rejected": ["X"]}).status_code == 403


def test_stranger_finds_no_mix(client, run):
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=make_project(slug="other")))

    for name in ("mix", "mix_time", "mix_proof", "mix_scenarios", "mix_progress"):
        assert client.get(address(name, run)).status_code == 404
