"""Answers to an invitation, registration by anybody, the calendar file."""

from datetime import date, timedelta

import pytest
from django.core.signing import TimestampSigner, b62_encode
from django.urls import reverse
from django.utils import timezone

from alpclusters.platform.cafe.domain.invitations import (
    Person,
    find_invitation,
    hash_secret,
    invite,
    personal_link,
)
from alpclusters.platform.cafe.models import AlpCafe, Invitation
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.www.public.guarded_forms import fresh_stamp
from tests.factories.cafe import make_draft

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def cafe():
    made = make_draft()
    made.held_on = timezone.localdate() + timedelta(days=9)
    made.save()
    return made


@pytest.fixture
def ana(cafe):
    return invite(cafe, [Person("Ana", email="ana@example.org", language="sl")])[0]


@pytest.fixture
def earlier():
    """Give out forms as if they had been shown a minute ago."""

    class Slow(TimestampSigner):
        def timestamp(self):
            return b62_encode(int(timezone.now().timestamp()) - 60)

    return Slow(salt="alpcafe.register").sign("form")


def page(cafe):
    return reverse("public:cafe_register", args=[cafe.pk])


def enter(client, invitation):
    secret = personal_link(invitation)
    url = reverse("public:cafe_register_link", args=[invitation.cafe_id, secret])
    return client.get(url)


def announce(cafe):
    cafe.open_registration = True
    cafe.project.is_public = True
    cafe.project.save()
    cafe.save()


def test_of_a_personal_link_no_row_keeps_the_secret(ana):
    secret = personal_link(ana)

    kept = [str(value) for value in Invitation.objects.values_list().get(pk=ana.pk)]
    assert [value for value in kept if secret in value] == []
    assert find_invitation(ana.cafe, secret) == ana
    assert find_invitation(ana.cafe, hash_secret(secret)) is None


def test_personal_link_leads_to_the_page_and_leaves_no_secret_in_the_address(client, cafe, ana):
    response = enter(client, ana)

    assert response.url == page(cafe)
    assert response.cookies["caferegister"]["httponly"]
    assert client.get(page(cafe)).context["invitation"] == ana


def test_link_that_is_no_link_is_not_found(client, cafe, ana):
    personal_link(ana)
    for secret in ("x", personal_link(ana)[:-1] + "!"):
        url = reverse("public:cafe_register_link", args=[cafe.pk, secret])
        assert client.get(url).status_code == 404


def test_link_of_one_cafe_opens_no_other(client, ana):
    other = make_draft(title="AlpCafé Graz")
    url = reverse("public:cafe_register_link", args=[other.pk, personal_link(ana)])

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_invited_person_registers_in_five_languages(client, cafe, ana, earlier, language):
    enter(client, ana)
    url = page(cafe).replace("/en/", f"/{language}/", 1)
    answer = {"name": "Ana Novak", "languages": ["sl", "de"], "needs": "wheelchair"}

    response = client.post(url, answer | {"since": earlier})

    assert response.status_code == 302
    ana.refresh_from_db()
    assert ana.state == Invitation.State.REGISTERED
    assert (ana.languages, ana.needs, ana.language) == (["sl", "de"], "wheelchair", language)
    assert ana.email == "ana@example.org"
    assert client.get(url).status_code == 200


def test_invited_person_declines_and_changes_the_mind(client, cafe, ana, earlier):
    enter(client, ana)

    client.post(page(cafe), {"do": "decline"})
    ana.refresh_from_db()
    assert ana.state == Invitation.State.DECLINED

    client.post(page(cafe), {"name": "Ana", "since": earlier})
    ana.refresh_from_db()
    assert ana.state == Invitation.State.REGISTERED


def test_draft_without_announcement_is_nobodys_business(client, cafe):
    for name in ("cafe_register", "cafe_calendar", "cafe"):
        assert client.get(reverse(f"public:{name}", args=[cafe.pk])).status_code == 404


def test_announced_cafe_is_public_and_takes_everybody(client, cafe, earlier):
    announce(cafe)
    assert client.get(reverse("public:cafe", args=[cafe.pk])).status_code == 200

    client.post(page(cafe), {"name": "Bo", "email": "BO@example.org", "since": earlier})

    made = cafe.invitations.get()
    assert (made.state, made.email) == (Invitation.State.REGISTERED, "bo@example.org")
    assert client.get(page(cafe)).context["invitation"] == made


def test_a_stranger_with_a_known_address_changes_nothing_of_the_invited(client, cafe, ana, earlier):
    announce(cafe)

    client.post(page(cafe), {"name": "Eve", "email": ana.email, "since": earlier})

    ana.refresh_from_db()
    assert (ana.name, ana.state) == ("Ana", Invitation.State.LISTED)
    assert cafe.invitations.count() == 2


@pytest.mark.parametrize("data", [{"website": "http://spam.example"}, {"since": ""}])
def test_programs_register_nobody(client, cafe, earlier, data):
    announce(cafe)

    client.post(page(cafe), {"name": "Bot", "since": earlier} | data)

    assert not cafe.invitations.exists()


def test_form_sent_within_two_seconds_is_asked_for_again(client, cafe):
    announce(cafe)

    response = client.post(page(cafe), {"name": "Bot", "since": fresh_stamp()})

    assert response.status_code == 422
    assert "since" in response.context["form"].errors
    assert not cafe.invitations.exists()


@pytest.mark.parametrize("state", ["closed", "over"])
def test_nobody_registers_when_it_is_over(client, cafe, ana, earlier, state):
    enter(client, ana)
    if state == "closed":
        cafe.state = AlpCafe.State.CLOSED
    else:
        cafe.held_on = date(2020, 1, 1)
    cafe.save()

    response = client.post(page(cafe), {"name": "Ana", "since": earlier})

    assert response.status_code == 422
    ana.refresh_from_db()
    assert ana.state == Invitation.State.LISTED


def test_calendar_file_says_when_and_where(client, cafe, ana):
    enter(client, ana)

    response = client.get(reverse("public:cafe_calendar", args=[cafe.pk]))

    text = response.content.decode()
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert f"DTSTART:{cafe.held_on:%Y%m%d}T" in text
    assert "LOCATION:Salzburg" in text
