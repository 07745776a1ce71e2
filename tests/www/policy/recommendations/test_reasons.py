"""Reasons on the pages: in the reader's language or with a note, and said in the others later."""

import re

import pytest
from django.utils import translation

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.domain.recommendations import explain_no_action
from alpclusters.platform.policy.models import Recommendation
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import NOW
from tests.factories.policy import make_recommendations

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LAW = "Erst braucht es ein Gesetz."


@pytest.fixture
def one():
    found = make_recommendations()[0]
    with translation.override("de"):
        explain_no_action(found, reason=LAW, by=None)
    Recommendation.objects.update(state="published", decided_on=NOW.date())
    return Recommendation.objects.get()


def text(client, address):
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def sign_in(client, one, role):
    client.force_login(make_user_with(role, project=one.project))
    return f"/en/workspace/recommendations/{one.pk}/translations/"


@pytest.mark.parametrize("language", ["en", "sl"])
def test_reason_in_another_language_says_which(client, one, language):
    page = text(client, f"/{language}/recommendations/{one.pk}/")

    assert f'<span lang="de">{LAW}</span> <span class="small soft" lang="de">(Deutsch)' in page


def test_reason_in_the_language_of_the_page_has_no_note(client, one):
    page = text(client, f"/de/recommendations/{one.pk}/")

    assert f"<p>{LAW}" in page
    assert "(Deutsch)" not in page


def test_every_reason_is_read_in_the_language_of_the_page(client, one):
    fields = ("strength_reason", "denominator_reason", "state_reason")
    values = {name: {code: f"{name} {code}" for code in ("en", "fr")} for name in fields}
    Recommendation.objects.update(
        state="withdrawn", strength_override="exploratory", denominator="declared", **values
    )

    page = text(client, f"/fr/recommendations/{one.pk}/")

    assert [name for name in fields if f"{name} fr" not in page] == []
    assert [name for name in fields if f"{name} en" in page] == []


def test_missing_languages_are_named_and_filled_by_people_who_write(client, one):
    address = sign_in(client, one, Role.PARTNER_COORDINATOR)
    before = text(client, address)

    client.post(address, {"do": "reasons", "reasons-no_action_reason_it": "Prima la legge."})

    assert "Missing in: English, Français, Italiano, Slovenščina." in before
    assert Recommendation.objects.get().no_action_reason.inside("it") == "Prima la legge."
    assert "Missing in: English, Français, Slovenščina." in text(client, address)


@pytest.mark.parametrize(
    ("role", "stored"),
    [(Role.PARTNER_COORDINATOR, LAW), (Role.POLICY_MAKER, "Das Gesetz fehlt.")],
)
def test_what_a_decider_wrote_only_deciders_change(client, one, role, stored):
    address = sign_in(client, one, role)

    client.post(address, {"do": "reasons", "reasons-no_action_reason_de": "Das Gesetz fehlt."})

    assert Recommendation.objects.get().no_action_reason.inside("de") == stored


def test_reason_cannot_be_emptied_there(client, one):
    address = sign_in(client, one, Role.POLICY_MAKER)

    answer = client.post(address, {"do": "reasons", "reasons-no_action_reason_de": " "})

    assert answer.status_code == 422
    assert Recommendation.objects.get().no_action_reason.inside("de") == LAW


def test_reasons_count_in_no_figure_of_reviewed_texts(client, one):
    address = sign_in(client, one, Role.POLICY_MAKER)
    before = client.get(address).context["done"]

    client.post(address, {"do": "reasons", "reasons-no_action_reason_it": "Prima la legge."})

    assert client.get(address).context["done"] == before


def test_form_of_the_decision_shows_the_reason_in_any_language_and_keeps_it(client, one):
    client.force_login(make_user_with(Role.POLICY_MAKER, project=one.project))
    address = f"/en/workspace/recommendations/{one.pk}/"

    client.post(address, {"do": "no_action", "reason": LAW})

    assert LAW in text(client, address)
    assert Recommendation.objects.get().no_action_reason.inside("de") == LAW
    assert not Recommendation.objects.get().no_action_reason.inside("en")
