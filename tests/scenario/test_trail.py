"""From every action of the demonstration to its source, by the addresses that pages show."""

import pytest
from django.test import Client

from alpclusters.platform.policy.models import Action, Finding
from tests.www.public.test_trail import address_of_action, listed, strip_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def pages():
    """Read each page once."""
    known = {}

    def page_of(address):
        place = address.partition("#")[0]
        if place not in known:
            response = Client().get(place)
            assert response.status_code == 200, place
            known[place] = response.content.decode()
        return known[place]

    return page_of


def test_source_of_every_action_is_two_clicks_away(project, pages):
    actions = Action.objects.filter(plan__in=project.plans.published()).select_related("plan")
    assert len(actions) > 20
    for action in actions:
        stations = strip_of(pages(address_of_action(action)))
        first = stations["Source"][1] or stations["Finding"][1]
        second = listed(pages(first))[0] if "/trail/" in first else first
        if stations["Source"][1]:
            assert second.startswith("/en/sources/"), action
            assert "ac-trail" in pages(second)
        else:
            # No document: what was read is the picture of the network, which its finding names.
            assert {one.kind for one in findings_of(action)} == {"network"}, action
            assert 'href="/en/network/"' in pages(first), action


def findings_of(action):
    return Finding.objects.filter(recommendations__actions=action)


def test_every_station_of_every_action_opens_what_it_counts(project, pages):
    for action in Action.objects.filter(plan__in=project.plans.published()):
        own = address_of_action(action)
        for name, (words, address) in strip_of(pages(own)).items():
            if not address:
                assert name == "Action" or words in {"nothing recorded", "still open"}, name
            elif "/trail/" in address:
                n = int("".join(c for c in words if c.isdigit()))
                assert len(listed(pages(address))) == n, (action, name)
            else:
                fragment = address.partition("#")[2]
                assert not fragment or f'id="{fragment}"' in pages(address), address
