"""A body endorses by the link of its mail; people of the project enter what came on paper."""

import re

import pytest
from django.core import mail

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.domain.endorsing.deciding import Body, ask_body
from alpclusters.platform.policy.domain.endorsing.links import token_of
from alpclusters.platform.policy.models import Endorsement
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import NOW
from tests.factories.policy import make_plan, make_recommendations

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ANSWER = {
    "do": "decide",
    "state": "reserved",
    "applies": "in_part",
    "reservation": "Not fairs.",
    "mandate": "Head of unit",
    "decided_on": "2026-03-01",
}


def test_asked_by_mail_and_answered_without_an_account(client):
    one = make_recommendations()[0]
    client.force_login(make_user_with(Role.POLICY_MAKER, project=one.project))
    where = f"/en/workspace/recommendations/{one.pk}/endorsements/"
    client.post(
        where,
        {"do": "ask", "body": "Land Salzburg", "email": "amt@example.at", "language": "de"},
    )
    client.logout()
    [letter] = mail.outbox
    address = re.search(r"/de/endorse/\S+", letter.body)[0]

    shown = client.get(address)
    state_before = Endorsement.objects.get().state
    client.post(address, ANSWER)

    found = Endorsement.objects.get()
    assert letter.to == ["amt@example.at"]
    assert shown.status_code == 200
    assert state_before == "invited"
    assert (found.state, found.applies, found.mandate) == ("reserved", "in_part", "Head of unit")
    assert "amt@example.at" not in str(Endorsement.objects.values())


def test_a_reservation_without_text_is_not_stored(client):
    asked = ask_body(make_plan(), Body("Land Salzburg"), by=None, now=NOW)

    answer = client.post(f"/en/endorse/{token_of(asked)}/", ANSWER | {"reservation": ""})

    assert answer.status_code == 422
    assert Endorsement.objects.get().state == "invited"
    assert "Write what the reservation is about." in answer.content.decode()


def test_seen_then_decided_then_withdrawn(client):
    asked = ask_body(make_plan(), Body("Land Salzburg"), by=None, now=NOW)
    address = f"/en/endorse/{token_of(asked)}/"
    states = []

    for data in ({"do": "seen"}, ANSWER, {"do": "withdraw", "reason": "New vote"}):
        client.post(address, data)
        states.append(Endorsement.objects.get().state)

    assert states == ["seen", "reserved", "withdrawn"]
    assert "New vote" in client.get(address).content.decode()


def test_log_tells_everybody_of_a_decision_that_was_taken_back(client):
    plan = make_plan(published=True)
    asked = ask_body(plan, Body("Land Salzburg"), by=None, now=NOW)
    address = f"/fr/endorse/{token_of(asked)}/"
    for data in (ANSWER, {"do": "withdraw", "reason": "Nouveau vote"}):
        client.post(address, data)

    page = client.get(f"/en/plans/{plan.slug}/").content.decode()

    assert "Endorsement log: 2 steps" in page
    assert '<span class="small" lang="fr">Not fairs.</span>' in page
    assert '<span class="small" lang="fr">Nouveau vote</span>' in page
    assert page.count("said by the body itself") == 2


def test_log_of_a_recommendation_names_the_role_of_who_entered_it(client):
    one = make_plan(published=True).actions.get().recommendations.get()
    asked = ask_body(one, Body("Land Salzburg"), by=None, now=NOW)
    user = make_user_with(Role.POLICY_MAKER, project=one.project)
    client.force_login(user)
    sent = {f"e{asked.pk}-{name}": value for name, value in ANSWER.items()}
    where = f"/en/workspace/recommendations/{one.pk}/endorsements/"
    client.post(where, {"do": "decide", "row": asked.pk, **sent})
    client.logout()

    page = client.get(f"/en/recommendations/{one.pk}/").content.decode()

    assert "Endorsement log: 1 step" in page
    assert "entered by: Policy maker" in page
    assert str(user) not in page


def test_a_decision_on_paper_is_entered_by_people_of_the_project(client):
    plan = make_plan()
    asked = ask_body(plan, Body("Land Salzburg"), by=None, now=NOW)
    user = make_user_with(Role.POLICY_MAKER, project=plan.project)
    client.force_login(user)
    where = f"/en/workspace/plans/{plan.pk}/endorsements/"
    sent = {f"e{asked.pk}-{name}": value for name, value in ANSWER.items()}

    client.post(where, {"do": "decide", "row": asked.pk, **sent})

    found = Endorsement.objects.get()
    assert (found.state, found.recorded_by) == ("reserved", user)
    assert "Not fairs." in client.get(where).content.decode()


def test_an_unknown_link_says_so(client):
    assert client.get("/en/endorse/wrong/").status_code == 404
