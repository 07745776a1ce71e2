"""Introductions on pages and by mail: consent first, then addresses; outcomes by mail link."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from alpclusters import cli
from alpclusters.platform.network.models import FollowUp, Introduction, Link
from tests.factories.accounts import make_user, make_user_with
from tests.factories.evaluation import make_region
from tests.factories.introductions import MESSAGE, make_accepted, make_introduction, make_side
from tests.factories.organisations import make_profile

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def trento():
    return make_side("Legno Trentino", region="ITH2", language="it")


@pytest.fixture
def maribor():
    return make_side("Lesni grozd", region="SI03", language="sl")


def ask_path(asking, asked, language="it"):
    pks = f"{asking.organisation.pk}/{asked.organisation.pk}"
    return f"/{language}/workspace/introductions/ask/{pks}/"


def send(asking, asked, **data):
    values = {"message": MESSAGE, "language": "en", **data}
    return signed_in(asking.user).post(ask_path(asking, asked), values)


def do(side, introduction, what, **data):
    path = f"/en/workspace/introductions/{introduction.pk}/"
    return signed_in(side.user).post(path, {"do": what, **data})


def page_of(side, introduction, language="en"):
    path = f"/{language}/workspace/introductions/{introduction.pk}/"
    return signed_in(side.user).get(path)


def test_request_tells_the_other_side_without_any_address(trento, maribor):
    answer = send(trento, maribor)

    made = Introduction.objects.get()
    assert answer.status_code == 302
    (letter,) = mail.outbox
    assert letter.to == [maribor.user.email]
    assert MESSAGE in letter.body
    assert f"/sl/workspace/introductions/{made.pk}/" in letter.body
    assert trento.user.email not in letter.body
    assert trento.user.email not in page_of(maribor, made).content.decode()
    assert maribor.user.email not in page_of(trento, made).content.decode()


def test_form_says_what_the_other_side_sees(trento, maribor):
    page = signed_in(trento.user).get(ask_path(trento, maribor, "en")).content.decode()

    assert "not your name and not your e-mail address" in page
    assert trento.user.email in page
    assert maribor.user.email not in page


@pytest.mark.parametrize(
    "written",
    ["Write to me: anna@example.org please, soon.", "Call me at +39 0461 123 456 tomorrow please."],
)
def test_message_with_an_address_is_refused(trento, maribor, written):
    answer = send(trento, maribor, message=written)

    assert answer.status_code == 422
    assert not Introduction.objects.exists()
    assert mail.outbox == []


def test_years_and_figures_are_no_telephone(trento, maribor):
    written = "From 2027 to 2029 we train 1,200 people in 35 firms for 450,000 euros."

    assert send(trento, maribor, message=written).status_code == 302


def test_only_who_speaks_for_the_asking_side_may_ask(trento, maribor):
    stranger = make_user()

    assert signed_in(stranger).get(ask_path(trento, maribor)).status_code == 403
    assert signed_in(maribor.user).get(ask_path(trento, maribor)).status_code == 403


def test_without_a_keeper_the_coordinators_are_asked_to_pass_it_on(trento):
    region = make_region("SI04")
    coordinator = make_user_with("partner_coordinator", region=region, language="de")
    silent = make_profile("Tihi grozd", slug="tihi", body_region=region, body_country="SI")
    path = f"/en/workspace/introductions/ask/{trento.organisation.pk}/{silent.organisation.pk}/"
    page = signed_in(trento.user).get(path).content.decode()
    assert "coordinators of the region" in page

    signed_in(trento.user).post(path, {"message": MESSAGE, "language": "en"})

    (letter,) = mail.outbox
    assert letter.to == [coordinator.email]
    assert MESSAGE in letter.body
    assert "/de/workspace/profiles/tihi/claim/" in letter.body


def test_accepting_gives_both_sides_name_and_address(trento, maribor):
    made = make_introduction(trento, maribor)
    mail.outbox.clear()

    do(maribor, made, "accept")

    made.refresh_from_db()
    assert made.state == "accepted"
    assert {
        (m.to[0], maribor.user.email in m.body, trento.user.email in m.body) for m in mail.outbox
    } == {
        (trento.user.email, True, False),
        (maribor.user.email, False, True),
    }
    assert f"mailto:{trento.user.email}" in page_of(maribor, made).content.decode()
    assert f"mailto:{maribor.user.email}" in page_of(trento, made).content.decode()


def test_declining_passes_nothing_but_the_reason(trento, maribor):
    made = make_introduction(trento, maribor)
    mail.outbox.clear()

    do(maribor, made, "decline", answer="We have partners.")

    (letter,) = mail.outbox
    assert letter.to == [trento.user.email]
    assert "We have partners." in letter.body
    assert maribor.user.email not in letter.body
    assert maribor.user.email not in page_of(trento, made).content.decode()


def test_withdrawing_tells_the_other_side(trento, maribor):
    made = make_introduction(trento, maribor)
    mail.outbox.clear()

    do(trento, made, "withdraw")

    made.refresh_from_db()
    assert made.state == "withdrawn"
    assert [m.to for m in mail.outbox] == [[maribor.user.email]]
    assert do(maribor, made, "accept").status_code == 422


def test_each_side_does_only_what_is_its_own(trento, maribor):
    made = make_introduction(trento, maribor)

    assert do(trento, made, "accept").status_code == 403
    assert do(maribor, made, "withdraw").status_code == 403
    assert page_of(make_side(), made).status_code == 404
    administrator = make_user(is_superuser=True)
    path = f"/en/workspace/introductions/{made.pk}/"
    assert signed_in(administrator).get(path).status_code == 404


def test_list_shows_what_was_received_and_what_was_sent(trento, maribor):
    make_introduction(trento, maribor)
    path = "/en/workspace/introductions/"

    received = signed_in(maribor.user).get(path).content.decode()
    sent = signed_in(trento.user).get(path + "?side=sent").content.decode()

    assert "1 introduction" in received
    assert "Legno Trentino" in received
    assert "Lesni grozd" in sent
    assert signed_in(make_user()).get(path).status_code == 403


def remind():
    cli.main(["--language", "en", "remind"])


def test_reminding_lapses_old_requests_and_asks_for_outcomes_once(trento, maribor, capsys):
    now = timezone.now()
    lapsed = make_introduction(trento, maribor, now=now - timedelta(days=61))
    other = make_side("Third", region="AT32")
    make_accepted(trento, other, now=now - timedelta(days=95))
    mail.outbox.clear()

    cli.main(["--language", "en", "remind", "--dry-run"])
    assert mail.outbox == []
    remind()
    remind()

    lapsed.refresh_from_db()
    assert lapsed.state == "lapsed"
    told = capsys.readouterr().out
    assert told.count("Introductions ended without an answer: 1") == 1
    assert told.count("Outcomes of introductions asked for: 2") == 1
    assert sorted(m.to[0] for m in mail.outbox) == sorted(
        [trento.user.email, trento.user.email, other.user.email]
    )


def link_in(letter):
    return re.search(r"https?://[^/]+(/\S+/follow-up/\S+/)", letter.body)[1]


@pytest.fixture
def told(trento, maribor):
    """Return the introduction and the mail link of each side after three months."""
    made = make_accepted(trento, maribor, now=timezone.now() - timedelta(days=95))
    mail.outbox.clear()
    remind()
    return made, {m.to[0]: link_in(m) for m in mail.outbox}


def test_link_of_the_mail_tells_the_outcome_without_signing_in(told, trento):
    _made, links = told
    path = links[trento.user.email]
    assert Client().get(path).status_code == 200
    assert not FollowUp.objects.exclude(outcome="").exists()

    Client().post(path, {"do": "tell", "outcome": "contact", "note": "We met."})

    said = FollowUp.objects.exclude(outcome="").get()
    assert (said.outcome, said.note, said.by, said.months) == ("contact", "We met.", trento.user, 3)
    assert "Enter the link" not in Client().get(path).content.decode()


def test_project_becomes_a_link_in_one_step_and_counts_when_both_say_so(told, trento, maribor):
    made, links = told
    for side in (trento, maribor):
        page = Client()
        page.post(links[side.user.email], {"do": "tell", "outcome": "project", "note": ""})
        page.post(links[side.user.email], {"do": "link"})

    link = Link.objects.get()
    assert (link.introduction, link.standing, link.type) == (made, "confirmed", "joint_project")


def test_unknown_or_old_link_says_so():
    answer = Client().get("/en/workspace/introductions/follow-up/nonsense/")

    assert answer.status_code == 404
    assert "This link works no more" in answer.content.decode()


def test_outcomes_are_whole_for_coordinators_and_kept_back_for_others(trento, maribor):
    make_accepted(trento, maribor)
    coordinator = make_user_with("partner_coordinator")
    path = "/en/workspace/introductions/outcomes/"

    whole = signed_in(coordinator).get(path).content.decode()
    few = signed_in(trento.user).get(path).content.decode()

    assert "1 of 1; 95% interval" in whole
    assert "Outcomes are known only for pairs that were introduced" in whole
    assert "fewer than five, not shown" in few
    assert "1 of 1" not in few
    assert signed_in(make_user()).get(path).status_code == 403
