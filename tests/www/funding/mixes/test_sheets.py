"""The sheet of each partner and each offer."""

import pytest

from tests.www.funding.mixes.mix_pages import address, text_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.usefixtures("planner")
def test_sheets_of_partner_and_offer_show_their_lines(client, run):
    partner = client.get(address("mix_partner", run, 1))
    offer = client.get(address("mix_offer", run, 0))

    assert "Sheet of Simulated firm B" in text_of(partner)
    assert partner.context["proof"] != []
    assert offer.context["is_used"]
    assert "Application to Cooperation grant X (simulated)" in text_of(offer)


@pytest.mark.usefixtures("planner")
@pytest.mark.parametrize("name", ["mix_partner", "mix_offer"])
def test_sheet_of_nobody_is_not_found(client, run, name):
    assert client.get(address(name, run, 99)).status_code == 404
