import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from alpclusters.platform.cafe.domain.codes import CONSENT_VERSION
from alpclusters.platform.cafe.domain.events import close_cafe
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.models import AlpCafe, Participant, Phase, Question, Rating
from tests.factories.cafe import NOW, make_draft, make_open_cafe
from tests.factories.evaluation import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
JOIN = "/cafe/"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def join(client, code, **fields):
    return client.post(JOIN, {"code": code, "consent": CONSENT_VERSION, **fields})


def test_code_and_consent_lead_to_the_profile_and_a_cookie_no_script_can_read(client):
    cafe = make_open_cafe()

    response = join(client, f"{cafe.code[:4]} {cafe.code[4:].lower()}")

    assert (response.status_code, response.url) == (302, reverse("cafe:profile"))
    cookie = response.cookies["cafe"]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"]) == ("Lax", "/")
    assert cafe.participants.count() == 1


@pytest.mark.parametrize("agreed", ["on", "2026-1"])
def test_consent_on_a_page_kept_since_an_earlier_text_is_asked_again(client, agreed):
    cafe = make_open_cafe()

    response = client.post(JOIN, {"code": cafe.code, "consent": agreed})

    page = response.content.decode()
    assert response.status_code == 422
    assert "The text has changed since." in page
    box = re.search(r"<input[^>]*name=\"consent\"[^>]*>", page)[0]
    assert f'value="{CONSENT_VERSION}"' in box
    assert "checked" not in box
    assert not cafe.participants.exists()


def test_nothing_is_stored_without_consent(client):
    response = client.post(JOIN, {"code": make_open_cafe().code})

    assert response.status_code == 422
    assert Participant.objects.count() == 0


def test_unknown_closed_and_draft_codes_get_the_same_answer(client):
    closed = close_cafe(make_open_cafe(), by=None, now=NOW)
    codes = ["22222222", closed.code, make_draft().code]

    answers = [join(client, code) for code in codes]

    texts = {a.text.replace(code, "") for a, code in zip(answers, codes, strict=True)}
    assert [a.status_code for a in answers] == [422] * 3
    assert len(texts) == 1


def test_a_character_no_code_contains_is_named(client):
    response = join(client, "K7M4RTO4")

    assert response.status_code == 422
    assert "No code contains O." in response.text


def test_wrong_codes_from_elsewhere_slow_everybody_but_lock_nobody_out(client):
    cafe = make_open_cafe()
    cache.set("cafe-wrong-codes", (0.0, 4102444800.0), timeout=60)  # empty, in the future

    answers = [join(client, "22222222").status_code for _ in range(30)]

    assert 503 in answers
    assert 422 in answers
    cache.clear()
    assert join(client, cafe.code).status_code == 302


def test_the_same_phone_comes_back_as_the_same_person(client):
    first, second = make_open_cafe(), make_open_cafe()
    join(client, first.code)
    join(client, second.code)

    back = join(client, first.code)

    assert back.status_code == 302
    assert (first.participants.count(), second.participants.count()) == (1, 1)
    assert client.get(reverse("cafe:done")).context["cafe"] == first


def test_join_page_is_the_same_for_everybody_and_may_be_kept(client):
    cafe = make_open_cafe()
    before = client.get(JOIN)
    join(client, cafe.code)

    after = client.get(JOIN)

    assert after.content == before.content
    assert before["Live-Cache"] == "event=0; rev=0; lang=en"
    assert "csrf" not in before.text.lower()


def test_form_of_another_site_is_refused(client):
    cafe = make_open_cafe()
    form = {"code": cafe.code, "consent": CONSENT_VERSION}

    crossed = client.post(JOIN, form, headers={"Sec-Fetch-Site": "cross-site"})
    foreign = client.post(JOIN, form, headers={"Origin": "https://example.org"})
    own = client.post(JOIN, form, headers={"Origin": "http://testserver"})

    assert (crossed.status_code, foreign.status_code, own.status_code) == (403, 403, 302)
    assert cafe.participants.count() == 1


def test_recovery_code_is_shown_once_to_phones_without_scripts(client):
    join(client, make_open_cafe().code)

    first, second = (client.get(reverse("cafe:profile")).text for _ in range(2))

    assert re.search(r"recovery code.+[0-9B-Z]{5}-[0-9B-Z]{5}", first)
    assert "recovery code" not in second


def test_typed_address_brings_the_code_into_the_field(client):
    page = client.get("/cafe/k7m4-rt24/")

    assert 'value="K7M4RT24"' in page.text


@pytest.mark.parametrize(("language", "words"), [("sl", "Vstop v AlpCafé"), ("fr", "Participer")])
def test_language_is_guessed_from_the_browser(client, language, words):
    page = client.get(JOIN, headers={"Accept-Language": f"{language},en;q=0.5"})

    assert words in page.content.decode()


def test_chosen_language_is_kept_by_phone_and_person(client):
    cafe = make_open_cafe()
    join(client, cafe.code)
    done = reverse("cafe:done")

    response = client.post(reverse("cafe:language"), {"language": "it", "next": done})

    assert response.url == done
    assert "Panoramica" in client.get(done).content.decode()
    assert cafe.participants.get().language == "it"


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org/cafe/", "/de/"])
def test_language_leads_nowhere_else(client, target):
    response = client.post(reverse("cafe:language"), {"language": "de", "next": target})

    assert response.url == JOIN


def test_profile_can_be_filled_or_skipped(client):
    cafe = make_open_cafe()
    join(client, cafe.code)

    page = client.get(reverse("cafe:profile"))
    said = {"role": "firm_sme", "level": "regional", "experience": "none"}
    client.post(reverse("cafe:profile"), {"region": cafe.region_id, **said})

    person = cafe.participants.get()
    assert page.context["next_url"] == reverse("cafe:now")
    assert person.region == cafe.region
    assert {name: getattr(person, name) for name in said} == said


def test_consent_names_research_and_the_profile_lets_one_say_no_and_change_it(client):
    cafe = make_open_cafe()
    page = client.get(JOIN).text
    join(client, cafe.code)
    person = cafe.participants.get()

    said = [person.no_research]
    for wish in ("on", ""):
        ticked = {"no_research": wish} if wish else {}
        client.post(reverse("cafe:profile"), {"role": "", **ticked})
        person.refresh_from_db()
        said.append(person.no_research)

    assert "Researchers may get answers one by one" in page
    assert said == [False, True, False]
    assert person.consent_version == "2026-2"


def test_region_outside_the_partnership_is_no_choice(client):
    cafe = make_open_cafe()
    join(client, cafe.code)

    response = client.post(reverse("cafe:profile"), {"region": make_region("FRK").pk, "role": ""})

    assert response.status_code == 422
    assert cafe.participants.get().region is None


@pytest.mark.parametrize("name", ["cafe:profile", "cafe:done", "cafe:leave"])
def test_pages_of_participants_send_others_to_the_code(client, name):
    assert client.get(reverse(name)).url == JOIN


def test_a_token_somebody_made_up_is_nobody(client):
    client.cookies["cafe"] = "AAAAAAAAAAAAAAAAAAAAAA"

    assert client.get(reverse("cafe:done")).url == JOIN


def test_leaving_asks_once_and_deletes_everything(client):
    cafe = make_open_cafe()
    join(client, cafe.code)

    assert client.get(reverse("cafe:leave")).status_code == 200
    assert cafe.participants.count() == 1

    response = client.post(reverse("cafe:leave"))

    assert response.cookies["cafe"].value == ""
    assert "You have left." in client.get(response.url).text
    assert (cafe.participants.count(), Rating.objects.count()) == (0, 0)


def test_closed_cafe_thanks_and_reopened_goes_on(client):
    cafe = make_open_cafe()
    join(client, cafe.code)
    close_cafe(cafe, by=None, now=NOW)

    closed = client.get(reverse("cafe:rate", args=[1]))
    act(cafe, "reopen", seen=None, by=None, now=NOW)

    assert 'id="closed"' in closed.content.decode()
    assert 'id="sheet"' in client.get(reverse("cafe:rate", args=[1])).content.decode()


def test_now_leads_to_the_rating_or_says_what_the_room_does(client):
    cafe = make_open_cafe()
    join(client, cafe.code)

    rating = client.get(reverse("cafe:now"))
    AlpCafe.objects.filter(pk=cafe.pk).update(phase=Phase.TALK, round_index=1, in_hall=True)
    Question.objects.create(cafe=cafe, round_index=1, text={"en": "What is missing?"})
    talk = client.get(reverse("cafe:now"))

    assert rating.url == reverse("cafe:rate", args=[1])
    assert "What is missing?" in talk.text
    assert "What is missing?" in client.get(reverse("cafe:rate", args=[1])).text
