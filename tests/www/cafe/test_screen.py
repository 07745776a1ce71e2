import json

import pytest
from django.urls import reverse

from alpclusters.platform.cafe.domain.host_links import make_pass
from alpclusters.platform.cafe.models import Card, Phase
from tests.factories.cafe import NOW, join_cafe
from tests.factories.evaluation import make_criterion, rate
from tests.factories.halls import do, fill_hall, go, make_open_hall
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path


@pytest.fixture
def cafe():
    return make_open_hall(languages=["de", "sl"])


@pytest.fixture
def beamer(client, cafe):
    """A browser that has opened the link of the big screen."""
    client.post(reverse("cafe:screen_door"), {"link": f"/cafe/screen/#{link_of(cafe)}"})
    return client


def link_of(cafe, role="beamer"):
    return make_pass(cafe, role=role).text


def look(client, cafe, **query):
    return client.get(reverse("cafe:screen", args=[cafe.pk]), query)


def test_link_opens_the_screen_and_stays_open(beamer, cafe):
    assert look(beamer, cafe).status_code == 200
    assert beamer.cookies["cafescreen"]["httponly"]


@pytest.mark.parametrize("link", ["", "1~beamer~0~wrong", "nonsense", "1~host~1~x"])
def test_wrong_link_opens_nothing(client, cafe, link):
    response = client.post(reverse("cafe:screen_door"), {"link": link})

    assert response.status_code == 422
    assert look(client, cafe).status_code == 403


def test_link_of_a_host_is_no_link_of_the_screen(client, cafe):
    response = client.post(reverse("cafe:screen_door"), {"link": link_of(cafe, "host")})

    assert response.status_code == 422


def test_renewed_links_close_the_screen(beamer, cafe):
    do(cafe, "renew_links")

    assert look(beamer, cafe).status_code == 403


@pytest.mark.parametrize(
    ("phase", "index", "view"),
    [
        ("lobby", 0, "join"),
        ("presentation", 0, "measures"),
        ("seating", 1, "seats"),
        ("talk", 1, "question"),
        ("harvest", 1, "cards"),
        ("rating", 0, "rating"),
        ("topthree", 0, "rating"),
        ("results", 0, "results"),
        ("feedback", 0, "rating"),
    ],
)
def test_each_phase_has_its_picture(beamer, cafe, phase, index, view):
    if phase != "lobby":
        go(cafe, Phase(phase), index)

    html = look(beamer, cafe).content.decode()

    assert f"view-{view}" in html
    assert cafe.shown_code in html


def test_facilitator_chooses_the_picture(beamer, cafe):
    do(cafe, "screen", screen="blank")

    html = look(beamer, cafe).content.decode()

    assert "view-blank" in html
    assert cafe.shown_code not in html


def test_question_stands_in_two_languages_with_the_timer(beamer, cafe):
    change_texts(cafe.questions.filter(round_index=1), text={"sl": "Kaj manjka?"})
    go(cafe, Phase.TALK, 1)

    html = look(beamer, cafe).content.decode()

    assert "Was fehlt?" in html
    assert '<p class="sub" lang="sl">Kaj manjka?' in html
    assert "data-seconds=" in html


def test_finder_leads_by_numbers_and_never_by_names(beamer, cafe):
    go(cafe, Phase.SEATING, 1)
    table = cafe.tables.first()
    guest = cafe.guests.create(number=317, name="Jane Doe")
    guest.seats.create(round_index=1, table=table, planned_table=table)

    html = look(beamer, cafe).content.decode()

    assert "317" in html
    assert "Jane" not in html


def test_wall_shows_no_hidden_card(beamer, cafe):
    for text, state in (("Open thought", "shown"), ("Rude thought", "hidden")):
        Card.objects.create(
            cafe=cafe, public_id=text, text=text, language="en", state=state, received_at=NOW
        )
    do(cafe, "screen", screen="cards")

    html = look(beamer, cafe).content.decode()

    assert "Open thought" in html
    assert "Rude thought" not in html


@pytest.mark.parametrize("block", ["participation", "tiers", "heat", "groups", "topthree", "cloud"])
@pytest.mark.parametrize("language", ["de", "en", "fr", "it", "sl"])
def test_released_blocks_become_pages(beamer, cafe, block, language):
    fill_hall(cafe, (1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 2, 4))
    for person in cafe.participants.all():
        cafe.top_threes.create(participant=person, measures=["fair"], received_at=NOW)
    go(cafe, Phase.RESULTS)
    do(cafe, "release", block=block)

    html = look(beamer, cafe, language=language).content.decode()

    assert html.count('class="result"') >= (0 if block == "cloud" else 1)
    assert "n\u00a0=\u00a012" in html or block in {"participation", "cloud"}


def test_change_is_a_page_of_its_own(beamer, cafe):
    fill_hall(cafe, (1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 2, 4))
    for person in cafe.participants.all():
        for measure in ("fair", "pilot"):
            for criterion in ("effectiveness", "durability"):
                value = 1 + (person.pk + len(criterion)) % 5
                rate(person, value, measure=measure, criterion=criterion, round=2)
    go(cafe, Phase.RESULTS_2)
    do(cafe, "release", block="change")

    html = look(beamer, cafe, language="en").content.decode()

    assert "Second rating against the first" in html


# --- the only door of results -------------------------------------------------------------


def results(client, cafe):
    return client.get(reverse("cafe:results", args=[cafe.pk]))


def test_results_are_refused_without_a_number_before_the_release(beamer, cafe):
    fill_hall(cafe)
    go(cafe, Phase.RESULTS)

    response = results(beamer, cafe)

    assert response.status_code == 403
    assert response.json() == {"code": "not_released"}
    assert response.headers["Cache-Control"] == "no-store"


def test_phone_and_screen_read_what_is_released_and_strangers_do_not(beamer, client, cafe):
    phone, stranger = type(client)(), type(client)()
    phone.cookies["cafe"] = join_cafe(cafe).token
    fill_hall(cafe)
    go(cafe, Phase.RESULTS)
    entry = do(cafe, "release", block="heat")

    found = [results(one, cafe) for one in (beamer, phone, stranger)]

    assert [one.status_code for one in found] == [200, 200, 403]
    assert found[0].headers["Cache-Control"] == "no-store"
    assert list(found[0].json()["blocks"]) == ["heat"]
    do(cafe, "withdraw", block="heat")
    assert results(phone, cafe).status_code == 403
    assert entry.command == "release"


def test_results_hold_nothing_of_a_person(beamer, cafe):
    fill_hall(cafe)
    person = join_cafe(cafe).participant
    rate(person, 5, criterion=make_criterion("effectiveness").key)
    go(cafe, Phase.RESULTS)
    for block in ("participation", "tiers", "heat", "groups"):
        do(cafe, "release", block=block)

    text = json.dumps(results(beamer, cafe).json())

    assert person.token_hash not in text
    assert "participant" not in text.replace("participation", "")
