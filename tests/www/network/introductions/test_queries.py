"""Pages of introductions ask the database as often for three as for one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import make_user_with
from tests.factories.introductions import make_accepted, make_introduction, make_side

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def n_queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(queries)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(params=[1, 3])
def sides(request):
    """One side with as many requests received, sent and accepted; with outcomes."""
    own = make_side("Own", region="ITH2")
    accepted = []
    for _ in range(request.param):
        make_introduction(make_side(region="SI03"), own)
        accepted.append(make_accepted(own, make_side(region="SI04"), score=50.0))
    for one in accepted:
        one.follow_ups.update(outcome="contact", answered_at=one.asked_at)
    return own, accepted[0]


def test_lists_and_one_introduction_and_figures(sides):
    own, one = sides
    client = signed_in(own.user)
    coordinator = signed_in(make_user_with("partner_coordinator"))
    home = "/en/workspace/introductions/"

    counted = {
        "received": n_queries(client, home),
        "sent": n_queries(client, f"{home}?side=sent"),
        "one": n_queries(client, f"{home}{one.pk}/"),
        "few": n_queries(client, f"{home}outcomes/"),
        "all": n_queries(coordinator, f"{home}outcomes/"),
    }

    assert counted == {"received": 10, "sent": 10, "one": 9, "few": 10, "all": 9}
