"""A question about "this measure" names it: on phone, host, big screen and in the cockpit."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from alpclusters.platform.cafe.domain.host_links import make_pass
from alpclusters.platform.cafe.models import Guest, Phase, Seat
from tests.factories.cafe import join_cafe
from tests.factories.cards import make_card
from tests.factories.evaluation import make_measure
from tests.factories.halls import do, go, make_open_hall

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NAMES = {"de": "Kooperationsbörse", "sl": "Borza"}


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path


@pytest.fixture
def cafe():
    """A hall in its first round whose first table talks about the matchmaking fair."""
    cafe = make_open_hall(languages=["de", "sl"])
    cafe.tables.filter(number=1).update(measure=make_measure("fair"))
    return go(cafe, Phase.SEATING, 1)


def screen_of(cafe, role, table=0):
    """Return a browser that holds the link of a screen."""
    client = Client()
    client.cookies["cafescreen"] = make_pass(cafe, role=role, table=table).text
    return client


def read(client, name, cafe, language="de"):
    address = reverse(name, args=[cafe.pk])
    return client.get(address, headers={"Accept-Language": language}).text


@pytest.mark.parametrize("language", NAMES)
def test_phone_is_told_the_measure_of_each_table(cafe, language):
    page = read(Client(), "cafe:here", cafe, language)
    data = json.loads(re.search(r'id="cafe-data"[^>]*>(.+?)</script>', page, re.DOTALL)[1])

    assert data["tables"]["1"]["measure"] == NAMES[language]
    assert data["tables"]["2"]["measure"] == ""
    assert "data-measure" in page


@pytest.mark.parametrize("language", NAMES)
def test_phone_without_scripts_names_the_measure_under_the_question(cafe, language):
    joined = join_cafe(cafe)
    table = cafe.tables.get(number=1)
    guest = Guest.objects.create(cafe=cafe, number=77, participant=joined.participant)
    Seat.objects.create(guest=guest, round_index=1, table=table, planned_table=table)
    client = Client()
    client.cookies["cafe"] = joined.token

    page = client.get(reverse("cafe:now"), headers={"Accept-Language": language}).text

    assert NAMES[language] in page


@pytest.mark.parametrize("language", NAMES)
def test_host_reads_the_measure_under_the_question(cafe, language):
    page = read(screen_of(cafe, "host", 1), "cafe:host_page", cafe, language)

    now = page[page.index('data-part="now"') :][:1500]
    assert NAMES[language] in now
    assert NAMES[language] not in read(screen_of(cafe, "host", 2), "cafe:host_page", cafe, language)


@pytest.mark.parametrize("view", ["seats", "question"])
def test_big_screen_names_the_measure_at_its_table(cafe, view):
    do(cafe, "screen", screen=view)

    page = read(screen_of(cafe, "beamer"), "cafe:screen", cafe)

    first, second = (one for one in re.findall(r"<li>.*?</li>", page, re.DOTALL) if "Tisch" in one)
    assert NAMES["de"] in first
    assert NAMES["de"] not in second


def test_card_on_the_wall_says_what_it_is_about(cafe):
    make_card(cafe, "Mehr Treffen", table=1)

    page = read(screen_of(cafe, "beamer"), "cafe:screen", go(cafe, Phase.HARVEST, 1))

    card = page[page.index("Mehr Treffen") :][:120]
    assert NAMES["de"] in card
