import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from alpclusters.cli.administrator import LINK
from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.partnership.domain.administrator_link import make_link_token

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

WORDS = {"email": "chief@example.org", "name": "Chief", "password": "the larch turns gold"}


@pytest.fixture
def address():
    token = make_link_token(settings.HOME, now=timezone.now())
    return reverse("administrator_link", args=[token])


def test_printed_link_leads_to_the_page_in_every_language():
    for language in LANGUAGE_CODES:
        with translation.override(language):
            path = reverse("administrator_link", args=["t_o-ken"])
        assert LINK.format(language=language, token="t_o-ken") == path


def test_link_makes_an_administrator_and_signs_in(client, address):
    answer = client.post(address, WORDS)

    assert (answer.status_code, answer["Location"]) == (302, "/en/workspace/imprint/")
    user = User.objects.get(email="chief@example.org")
    assert user.has_role(Role.ADMINISTRATOR)
    assert user.check_password(WORDS["password"])
    assert int(client.session["_auth_user_id"]) == user.pk


def test_looking_does_not_use_the_link_up_but_answering_does(client, address):
    assert client.get(address).status_code == 200
    assert client.get(address).status_code == 200
    client.post(address, WORDS)

    again = client.post(address, WORDS | {"email": "thief@example.org"})

    assert again.status_code == 404
    assert not User.objects.filter(email="thief@example.org").exists()


@pytest.mark.parametrize("password", ["short", "password12345", "chiefchief-12"])
def test_weak_password_is_refused_and_input_kept(client, address, password):
    answer = client.post(address, WORDS | {"password": password})

    assert answer.status_code == 422
    assert b"chief@example.org" in answer.content
    assert not User.objects.exists()


@pytest.mark.usefixtures("address")
def test_foreign_token_looks_like_a_used_one(client):
    answer = client.get(reverse("administrator_link", args=["guess"]))

    assert answer.status_code == 404
    assert b"no longer works" in answer.content


def test_link_for_one_address_makes_nobody_else_administrator(client):
    token = make_link_token(
        settings.HOME, now=timezone.now(), email="chief@example.org", is_from_command=True
    )
    address = reverse("administrator_link", args=[token])

    page = client.get(address).content.decode()
    client.post(address, WORDS | {"email": "thief@example.org"})

    assert "chief@example.org" in page
    assert not User.objects.filter(email="thief@example.org").exists()
    assert User.objects.get(email="chief@example.org").has_role(Role.ADMINISTRATOR)
