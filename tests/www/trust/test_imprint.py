"""The imprint: filled in by administrators, read by everybody, owed on a public address."""

import re
from dataclasses import replace

import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.trust.domain.bodies import (
    PLAIN,
    TEXTS,
    change_body,
    responsible_body,
)
from tests.factories.accounts import make_user_with
from tests.factories.trust import BODY

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PAGE = "/en/workspace/imprint/"
OWED = "does not say yet who runs it"


@pytest.fixture
def on_public_address(settings):
    settings.CONFIGURATION = replace(settings.CONFIGURATION, address="https://alp.example.org")


@pytest.fixture
def administrator(client):
    client.force_login(make_user_with(Role.ADMINISTRATOR))


@pytest.mark.parametrize("language", ["de", "fr", "it", "sl", "en"])
def test_an_empty_imprint_says_so_and_invents_nothing(client, language):
    page = client.get(f"/{language}/imprint/")

    assert page.status_code == 200
    assert "alpclusters@localhost" not in page.content.decode()
    if language == "en":
        assert "has not given all it has to give here yet" in page.content.decode()


def sent_by_form(body):
    """Return what the form sends: of a text each language in a field of its own."""
    plain = {name: value for name, value in body.items() if value and not isinstance(value, dict)}
    texts = {name: value for name, value in body.items() if isinstance(value, dict)}
    return plain | {
        f"{name}_{code}": words for name, text in texts.items() for code, words in text.items()
    }


@pytest.mark.usefixtures("administrator")
def test_what_an_administrator_fills_in_stands_on_the_imprint_and_the_privacy_page(client):
    sent = sent_by_form(BODY)

    assert client.post(PAGE, sent).status_code == 302

    imprint = client.get("/sl/imprint/").content.decode()
    privacy = client.get("/sl/privacy/").content.decode()
    for text in ("Agency of the Larch Valley", "Square 1, 6020 Innsbruck", "office@larch.example"):
        assert text in imprint
        assert text in privacy
    for text in ("Tone Kos", "privacy@larch.example", "Art. 6 Abs. 1 lit. e DSGVO"):
        assert text in privacy
    assert "Mira Zupan" in imprint


@pytest.mark.usefixtures("administrator")
def test_an_officer_beside_the_statement_that_none_is_needed_is_refused(client):
    sent = sent_by_form(BODY)

    answer = client.post(PAGE, sent | {"needs_no_officer": "on"})

    assert answer.status_code == 422
    assert responsible_body().name == ""


@pytest.mark.usefixtures("administrator", "on_public_address")
def test_administrators_of_a_public_address_are_told_until_it_is_filled_in(client):
    assert OWED in client.get("/en/workspace/").content.decode()
    assert OWED not in client.get("/en/imprint/").content.decode()

    change_body(BODY)

    assert OWED not in client.get("/en/workspace/").content.decode()


@pytest.mark.usefixtures("on_public_address")
def test_nobody_else_is_told(client):
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR))

    assert OWED not in client.get("/en/workspace/").content.decode()


@pytest.mark.usefixtures("administrator")
def test_a_hall_of_its_own_is_left_in_peace(client):
    assert OWED not in client.get("/en/workspace/").content.decode()


def test_every_field_of_the_body_can_be_filled_in(client, administrator):  # noqa: ARG001 - signs in
    page = client.get(PAGE).content.decode()

    texts = [f"{name}_{code}" for name in TEXTS for code in LANGUAGE_CODES]
    assert [name for name in (*PLAIN, *texts) if f'name="{name}"' not in page] == []


@pytest.mark.usefixtures("administrator")
def test_what_the_law_asks_for_is_not_called_optional(client):
    page = client.get(PAGE).content.decode()
    labels = dict(re.findall(r'<label for="id_(\w+)">(.*?)</label>', page))

    asked = ["name", "address", "email", "legal_basis_sl", "officer_name", "officer_email"]
    assert [name for name in asked if "optional" in labels[name]] == []
    assert "optional" in labels["representative"]
