"""A body endorses by the link of its mail; people of the project enter what came on paper."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.domain.endorsing.deciding import Body, ask_body, token_of
from alpclusters.platform.policy.domain.plans import edit_plan, publish_plan, withdraw_plan
from alpclusters.platform.policy.models import Endorsement
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import NOW, in_inputs
from tests.factories.policy import adopt, make_plan, make_recommendations

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
    one = adopt(make_recommendations()[0])
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
    asked = ask_body(make_plan(published=True), Body("Land Salzburg"), by=None, now=NOW)

    answer = client.post(f"/en/endorse/{token_of(asked)}/", ANSWER | {"reservation": ""})

    assert answer.status_code == 422
    assert Endorsement.objects.get().state == "invited"
    assert "Write what the reservation is about." in answer.content.decode()


def test_seen_then_decided_then_withdrawn(client):
    asked = ask_body(make_plan(published=True), Body("Land Salzburg"), by=None, now=NOW)
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
    one = adopt(make_plan(published=True).actions.get().recommendations.get())
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
    plan = make_plan(published=True)
    asked = ask_body(plan, Body("Land Salzburg"), by=None, now=NOW)
    user = make_user_with(Role.POLICY_MAKER, project=plan.project)
    client.force_login(user)
    where = f"/en/workspace/plans/{plan.pk}/endorsements/"
    sent = {f"e{asked.pk}-{name}": value for name, value in ANSWER.items()}

    client.post(where, {"do": "decide", "row": asked.pk, **sent})

    found = Endorsement.objects.get()
    assert (found.state, found.recorded_by) == ("reserved", user)
    assert "Not fairs." in client.get(where).content.decode()


# --- a text that changes ----------------------------------------------------------------------


def rewritten(plan):
    """Take a plan back, write its summary anew and publish it again, a month later."""
    draft = edit_plan(
        withdraw_plan(plan, by=None), texts=in_inputs("summary", ["Other words"] * 5), by=None
    )
    return publish_plan(draft, by=None, now=NOW + timedelta(days=30))


def plain(answer):
    return re.sub(r"\s+", " ", answer.content.decode().replace("\u00a0", " "))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Der Text kann sich noch ändern"),
        ("en", "The text may still change"),
        ("fr", "Le texte peut encore changer"),
        ("it", "Il testo può ancora cambiare"),
        ("sl", "Besedilo se še lahko spremeni"),
    ],
)
def test_nobody_is_asked_about_a_draft_and_the_page_says_why(client, language, sentence):
    plan = make_plan()
    client.force_login(make_user_with(Role.POLICY_MAKER, project=plan.project))
    where = f"/{language}/workspace/plans/{plan.pk}/endorsements/"

    answer = client.post(
        where, {"do": "ask", "body": "Chamber of tests", "email": "", "language": "de"}
    )

    assert answer.status_code == 422
    assert sentence in plain(answer)
    assert not Endorsement.objects.exists()
    assert 'value="ask"' not in client.get(where).content.decode()


def test_a_later_text_shows_the_decision_as_given_to_an_earlier_version_and_asks_again(client):
    plan = make_plan(published=True)
    asked = ask_body(plan, Body("Land Salzburg"), by=None, now=NOW)
    address = f"/en/endorse/{token_of(asked)}/"
    client.post(address, ANSWER)
    before = plain(client.get(f"/en/plans/{plan.slug}/"))
    plan = rewritten(plan)
    after = plain(client.get(f"/en/plans/{plan.slug}/"))

    assert "1 of 1 bodies that were asked stand behind it" in before
    assert "Given to version 1 of 1 July 2026" in before
    assert "0 of 1 bodies that were asked stand behind it" in after
    assert "Given to version 1 of 1 July 2026" in after
    assert "earlier version" in after
    assert "is shown as such" in plain(client.get(address))

    client.force_login(make_user_with(Role.POLICY_MAKER, project=plan.project))
    where = f"/en/workspace/plans/{plan.pk}/endorsements/"
    data = {"do": "again", "row": asked.pk, f"a{asked.pk}-email": "amt@example.at"}
    client.post(where, data | {f"a{asked.pk}-language": "sl"})
    client.logout()

    found = Endorsement.objects.get()
    assert (found.state, found.version) == ("invited", 2)
    assert mail.outbox[0].to == ["amt@example.at"]
    shown = plain(client.get(address))
    assert "You are asked about version 2 of 31 July 2026" in shown
    client.post(address, ANSWER | {"state": "endorsed", "reservation": ""})
    assert "1 of 1 bodies" in plain(client.get(f"/en/plans/{plan.slug}/"))


def test_ask_again_is_one_click_without_an_address(client):
    plan = make_plan(published=True)
    asked = ask_body(plan, Body("Land Salzburg"), by=None, now=NOW)
    client.post(f"/en/endorse/{token_of(asked)}/", ANSWER)
    plan = rewritten(plan)
    client.force_login(make_user_with(Role.POLICY_MAKER, project=plan.project))
    where = f"/en/workspace/plans/{plan.pk}/endorsements/"
    page = client.get(where).content.decode()
    form = re.search(rf'<form[^>]*id="again-{asked.pk}".*?</form>', page, re.DOTALL)[0]
    sent = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', form))

    language = {f"a{asked.pk}-language": "en"}
    client.post(where, {"do": "again", "row": asked.pk, **language})

    assert sent["row"] == str(asked.pk)
    assert Endorsement.objects.get().state == "invited"
    assert mail.outbox == []
    assert f"again-{asked.pk}" not in client.get(where).content.decode()


def test_a_link_to_a_text_that_changed_cannot_decide(client):
    plan = make_plan(published=True)
    asked = ask_body(plan, Body("Land Salzburg"), by=None, now=NOW)
    rewritten(plan)
    address = f"/en/endorse/{token_of(asked)}/"

    page = plain(client.get(address))
    client.post(address, ANSWER)

    assert "The text is another one now." in page
    assert 'id="decide"' not in page
    assert Endorsement.objects.get().state == "invited"
    assert "The text has changed since the body was asked." in plain(client.get(address))


def test_a_decision_from_before_texts_were_bound_says_so(client):
    plan = make_plan(published=True)
    Endorsement.objects.create(
        plan=plan, body="Old chamber", state="endorsed", applies="yes", recorded_at=NOW
    )

    page = plain(client.get(f"/en/plans/{plan.slug}/"))

    assert "Given to: version not recorded" in page
    assert "0 of 1 bodies that were asked stand behind it" in page


def test_an_unknown_link_says_so(client):
    assert client.get("/en/endorse/wrong/").status_code == 404
