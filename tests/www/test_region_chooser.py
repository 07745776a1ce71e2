"""The region field: code, name, tile or proposal, with and without scripts."""

import pytest
from django import forms
from django.urls import reverse

from alpclusters.platform.actors.domain.postcodes import store_postcodes
from alpclusters.sources.postcodes import PostalCode
from alpclusters.www.components.region_chooser import RegionField
from alpclusters.www.workspace import regions as pace
from tests.factories.accounts import make_user
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


class Place(forms.Form):
    region = RegionField(required=False)


@pytest.fixture(autouse=True)
def regions():
    make_region("AT32", name="Salzburg")
    make_region("AT322", name="Pinzgau-Pongau")
    make_region("AT323", name="Salzburg und Umgebung")
    make_region("SI033", name="Koroška")
    make_region("AT21", name="Koroška")
    store_postcodes(
        [PostalCode("AT", "5500", code, 2024, "SYNTHETIC") for code in ("AT322", "AT323")]
    )


def chosen(**data: str):
    form = Place(data)
    if not form.is_valid():
        return form.errors["region"][0]
    region = form.cleaned_data["region"]
    return region.code if region else None


@pytest.mark.parametrize(
    "text", ["AT323", "at323", "Salzburg und Umgebung (AT323)", "salzburg und umgebung"]
)
def test_code_and_name_are_understood(text):
    assert chosen(region=text) == "AT323"


def test_tile_or_proposal_goes_before_the_text_unless_the_text_is_chosen():
    assert chosen(region="AT32", region_choice="AT323") == "AT323"
    assert chosen(region="AT32", region_choice="written") == "AT32"
    assert chosen(region="", region_choice="written") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Koroška", "Several regions fit: Koroška (AT21), Koroška (SI033). Write the code."),
        ("Salzb", "Near to it: Salzburg (AT32), Salzburg und Umgebung (AT323). Write the code."),
        ("Atlantis", "“Atlantis” is no region of NUTS 2021. Write its code or its name."),
    ],
)
def test_unclear_text_is_answered_with_what_comes_near(text, said):
    assert chosen(region=text) == said


def test_older_region_that_stands_there_may_stay():
    old = make_region("FR71", name="Rhône-Alpes", last_vintage=2013)
    form = Place({"region": "Rhône-Alpes (FR71)"}, initial={"region": old})
    form.fields["region"].keep(old)

    assert form.is_valid()
    assert form.cleaned_data["region"] == old
    assert not form.has_changed()


def test_proposals_are_offered_without_scripts_and_nothing_is_filled_in():
    form = Place()
    form.fields["region"].propose("AT", "5500")

    html = str(form["region"])

    assert 'value="AT322"' in html
    assert "Several regions are possible; choose one." in html
    assert "CC-BY-SA 4.0" in html
    assert 'value="written" checked' in html
    assert "Place" not in html
    assert form["region"].value() is None


def test_proposals_of_one_form_do_not_show_in_the_next():
    first = Place()
    first.fields["region"].propose("AT", "5500")

    assert 'name="region_choice" value="AT322"><span>Pinzgau' not in str(Place()["region"])


def test_endpoint_answers_texts_and_postcodes(client):
    client.force_login(make_user())
    address = reverse("workspace:region-proposals")

    by_text = client.get(address, {"q": "pinz"}).json()
    by_postcode = client.get(address, {"country": "AT", "postcode": "A-5500"}).json()

    assert by_text["regions"] == [{"code": "AT322", "label": "Pinzgau-Pongau (AT322)"}]
    assert [region["code"] for region in by_postcode["regions"]] == ["AT322", "AT323"]
    assert by_postcode["source"].startswith("Proposed from the postcode.")
    assert client.get(address).json()["regions"] == []


def test_endpoint_answers_so_often_a_minute_and_nobody_unknown(client, monkeypatch):
    address = reverse("workspace:region-proposals")
    assert client.get(address, {"q": "at"}).status_code == 302
    monkeypatch.setattr(pace, "ALLOWED", 2)
    pace.forget()
    client.force_login(make_user())

    statuses = [client.get(address, {"q": "at"}).status_code for _ in range(3)]

    assert statuses == [200, 200, 429]
