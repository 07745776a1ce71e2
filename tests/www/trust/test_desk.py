"""The desk for requests about personal data, as an administrator uses it."""

import io
import json
import zipfile

import pytest

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.cafe.domain.invitations import Person, invite
from alpclusters.platform.cafe.models import Invitation
from alpclusters.platform.desk.retention import CLOCKS
from alpclusters.platform.trust.models import ErasureCertificate, SecurityEvent
from tests.factories.accounts import make_user, make_user_with
from tests.factories.cafe import make_draft

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

DESK = "/en/workspace/desk/"


@pytest.fixture
def chief(client):
    chief = make_user_with(Role.ADMINISTRATOR, name="Chief")
    client.force_login(chief)
    return chief


@pytest.fixture
def guest() -> str:
    """An invitation of somebody without an account; its key in the form."""
    invite(make_draft(), [Person("Ana Novak", email="ana@larch.example")])
    return f"cafe.invitation:{Invitation.objects.get().pk}"


@pytest.mark.usefixtures("chief")
def test_a_whole_address_is_ticked_and_a_name_is_not(client, guest):
    by_mail = client.post(DESK, {"words": "ANA@larch.example"}).content.decode()
    by_name = client.post(DESK, {"words": "novak"}).content.decode()

    assert f'value="{guest}" checked' in by_mail
    assert f'value="{guest}"' in by_name
    assert f'value="{guest}" checked' not in by_name


@pytest.mark.usefixtures("chief")
def test_what_finds_everybody_is_refused_in_words(client):
    answer = client.post(DESK, {"words": "a"})

    assert answer.status_code == 422
    assert "would find everybody" in answer.content.decode()


@pytest.mark.usefixtures("chief")
def test_nobody_found_is_said(client):
    assert "Nobody is found" in client.post(DESK, {"words": "nobody at all"}).content.decode()


def test_data_are_given_out_and_written_down(client, chief, guest):
    answer = client.post(f"{DESK}export/", {"entry": [guest]})

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        given = json.loads(archive.read("personal-data.json"))
    assert given["cafe.invitation"][0]["email"] == "ana@larch.example"
    event = SecurityEvent.objects.get(kind="data_exported")
    assert (event.actor, event.detail) == (chief, {"rows": 1})


@pytest.mark.usefixtures("chief")
def test_an_erasure_is_asked_once_more_and_certified(client, guest):
    question = client.post(f"{DESK}erase/", {"entry": [guest]})
    assert "This cannot be undone" in question.content.decode()
    assert Invitation.objects.exists()

    done = client.post(f"{DESK}erase/", {"entry": [guest], "confirmed": "yes"}, follow=True)

    page = done.content.decode()
    assert not Invitation.objects.exists()
    assert "Nothing was found any more." in page
    assert "People invited to an AlpCafé" in page
    assert "Ana" not in page
    made = ErasureCertificate.objects.get()
    pdf = client.get(f"{DESK}certificates/{made.pk}/pdf/")
    assert pdf.content.startswith(b"%PDF")
    assert "erasure" in pdf["Content-Disposition"]


def test_an_account_is_blocked_and_let_in_again(client, chief):
    user = make_user_with(Role.MEMBER, email="ana@larch.example")
    sent = {"account": user.pk}
    assert "can no longer sign in" in client.post(f"{DESK}block/", sent).content.decode()

    client.post(f"{DESK}block/", sent | {"confirmed": "yes"})
    assert not User.objects.get(pk=user.pk).is_active
    client.post(f"{DESK}block/", sent | {"confirmed": "yes"})
    assert User.objects.get(pk=user.pk).is_active

    answer = client.post(f"{DESK}block/", {"account": chief.pk, "confirmed": "yes"}, follow=True)
    assert "only administrator" in answer.content.decode()
    assert User.objects.get(pk=chief.pk).is_active


@pytest.mark.usefixtures("chief")
@pytest.mark.parametrize("what", ["export", "erase"])
@pytest.mark.parametrize("entry", ["", "accounts.session:1", "cafe.invitation:999999", "x"])
def test_nothing_ticked_does_nothing(client, what, entry):
    make_user(email="ana@larch.example")

    answer = client.post(f"{DESK}{what}/", {"entry": [entry], "confirmed": "yes"}, follow=True)

    assert "No entry is ticked" in answer.content.decode()
    assert not ErasureCertificate.objects.exists()


@pytest.mark.usefixtures("chief")
@pytest.mark.parametrize("language", ["de", "fr", "it", "sl", "en"])
def test_how_long_data_are_kept_is_shown_here_and_to_the_public(client, language):
    here = client.get(f"/{language}/workspace/desk/").content.decode()
    there = client.get(f"/{language}/privacy/").content.decode()

    assert here.count("<tr") >= len(CLOCKS)
    assert "%(n" not in there
    if language == "en":
        for clock in CLOCKS:
            assert str(clock.ends) in here
            assert str(clock.ends) in there
