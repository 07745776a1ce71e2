"""The phone's page: the same bytes for everybody, in five languages, small, and nobody's."""

import gzip
import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from alpclusters.analysis.scales import Kind, Scale
from alpclusters.platform.cafe.models import AlpCafe, Criterion, Phase, Question, Table
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.www.cafe import sentences
from tests.factories.cafe import join_cafe, make_draft, make_open_cafe
from tests.factories.evidence import make_lesson, make_suggestion
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
MAX_PAGE = 30_000


@pytest.fixture
def cafe():
    cafe = make_open_cafe()
    cafe.in_hall, cafe.phase = True, Phase.LOBBY
    cafe.cloud_x, cafe.cloud_y = list(cafe.criteria.all())[:2]
    cafe.save()
    Question.objects.create(cafe=cafe, round_index=1, text={"de": "Was fehlt?", "en": ""})
    Table.objects.create(cafe=cafe, number=7, host_name="Maria", topic={"en": "Test beds"})
    return cafe


def page_of(cafe, client=None, language="en"):
    client = client or Client()
    return client.get(reverse("cafe:here", args=[cafe.pk]), headers={"Accept-Language": language})


def data_of(response):
    found = re.search(
        r'<script id="cafe-data" type="application/json">(.+?)</script>', response.text, re.DOTALL
    )
    return json.loads(found[1])


def test_two_people_and_a_stranger_get_the_same_bytes(cafe):
    pages = []
    for token in ("", join_cafe(cafe).token, join_cafe(cafe).token):
        client = Client()
        client.cookies["cafe"] = token
        pages.append(page_of(cafe, client))

    assert len({page.content for page in pages}) == 1
    assert all(not page.cookies for page in pages)


def test_page_of_somebody_signed_in_is_the_same_too(cafe, admin_client):
    assert page_of(cafe, admin_client).content == page_of(cafe).content


def test_page_of_a_project_that_is_not_public_is_for_phones_that_joined(cafe):
    cafe.project.is_public = False
    cafe.project.save()
    inside = Client()
    inside.cookies["cafe"] = join_cafe(cafe).token

    stranger, phone = page_of(cafe), page_of(cafe, inside)

    assert (stranger.status_code, stranger["Location"]) == (302, reverse("cafe:join"))
    assert "Test beds" in phone.text
    assert "Live-Cache" not in phone.headers
    assert page_of(cafe, inside, "de").text != phone.text


def test_page_of_a_project_that_is_not_public_changes_with_its_content(cafe):
    cafe.project.is_public = False
    cafe.project.save()
    client = Client()
    client.cookies["cafe"] = join_cafe(cafe).token
    page_of(cafe, client)
    change_texts(Table.objects.all(), topic={"en": "Vouchers"})
    cafe.content_revision += 1
    cafe.save()

    assert "Vouchers" in page_of(cafe, client).text


def test_page_holds_no_form_token_and_no_name(cafe):
    text = page_of(cafe).text

    assert "csrf" not in text.lower()
    assert "participant" not in text


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_page_says_for_whom_it_may_be_kept(cafe, language):
    response = page_of(cafe, language=language)

    revision = cafe.content_revision
    assert response["Live-Cache"] == f"event={cafe.pk}; rev={revision}; lang={language}"
    assert f'<html lang="{language}"' in response.text


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_sentences_with_a_number_have_all_forms_of_the_language(cafe, language):
    say = data_of(page_of(cafe, language=language))["say"]

    forms = {"sl": {"one", "two", "few", "other"}}.get(language, {"one", "other"})
    plurals = [value for value in say.values() if isinstance(value, dict) and "other" in value]
    assert len(plurals) >= 7
    assert all(set(value) == forms for value in plurals)


def test_slovenian_knows_two_people(cafe):
    say = data_of(page_of(cafe, language="sl"))["say"]

    assert [say["rated"][form] for form in ("one", "two", "few", "other")] == [
        "Ocenila je %(n)s oseba",
        "Ocenili sta %(n)s osebi",
        "Ocenile so %(n)s osebe",
        "Ocenilo je %(n)s oseb",
    ]


def test_no_sentence_takes_the_name_of_another():
    parts = (
        sentences._counted(),
        sentences._connection(),
        sentences._moves(),
        sentences._conflicts(),
        sentences._results(),
        sentences._tasks(),
    )
    names = [name for part in parts for name in part]

    assert sorted(names) == sorted(sentences.sentences())


def test_page_is_small(cafe):
    assert len(gzip.compress(page_of(cafe).content)) <= MAX_PAGE


def test_page_with_all_measures_is_small_in_the_longest_language():
    keys = [f"measure-{n}" for n in range(26)]
    cafe = make_open_cafe(measures=keys)

    assert len(gzip.compress(page_of(cafe, language="de").content)) <= MAX_PAGE


def test_page_takes_a_constant_number_of_queries(django_assert_max_num_queries):
    for keys in (["fair"], ["fair", "pilot", "label", "a", "b"]):
        cafe = make_open_cafe(measures=keys)
        with django_assert_max_num_queries(7):
            page_of(cafe)


def test_a_text_in_another_language_says_which(cafe):
    data = data_of(page_of(cafe, language="en"))

    assert data["questions"]["1"] == ["Was fehlt?", "de"]
    assert data["tables"]["7"]["topic"] == "Test beds"


def test_two_criteria_make_a_plane_only_where_both_are_asked(cafe):
    assert len(data_of(page_of(cafe))["cloud"]) == 2

    AlpCafe.objects.filter(pk=cafe.pk).update(cloud_y=None)

    assert data_of(page_of(cafe))["cloud"] == []


def test_steps_that_are_words_have_no_number_and_no_plane(cafe):
    assert 'id="pad-1"' in page_of(cafe).text
    yes_no = Scale(Kind.YES_NO, (0, 1), ({"en": "No"}, {"en": "Yes"}))
    Criterion.objects.filter(pk=cafe.cloud_x_id).update(scale=yes_no)

    text = page_of(cafe).text

    name = f"c{cafe.cloud_x_id}-1"
    face = re.search(rf'<label class="face" for="{name}">(.+?)</label>', text, re.DOTALL)[1]
    assert re.sub(r"<svg.*", "", face, flags=re.DOTALL).replace("\n", "") == (
        '<span class="n" aria-hidden="true"></span><span>Yes</span>'
    )
    assert 'id="pad-1"' not in text


def test_rating_alone_uses_the_same_page():
    cafe = make_open_cafe()

    data = data_of(page_of(cafe))

    assert data["inHall"] is False
    assert data["rounds"] == 0
    assert len(data["measures"]) == 2


def test_nobody_sees_an_alpcafe_in_preparation():
    assert page_of(make_draft()).status_code == 404


def test_without_scripts_the_page_leads_to_forms(cafe):
    assert f'<noscript><meta http-equiv="refresh" content="0; url={reverse("cafe:now")}">' in (
        page_of(cafe).text
    )


def test_service_worker_may_work_below_the_alpcafes():
    response = Client().get(reverse("cafe:worker"))

    assert response["Content-Type"].startswith("text/javascript")
    assert reverse("cafe:worker").startswith(reverse("cafe:join"))


def test_card_of_a_measure_tells_the_lessons_from_earlier_initiatives(cafe):
    measure = cafe.measures.first()
    for number in range(4):
        lesson = make_lesson(statement={"de": f"Lehre {number}"}, grade="B" if number else "A")
        make_suggestion(lesson, measure)
    make_suggestion(make_lesson(is_published=False), measure)

    found = data_of(page_of(cafe, language="de"))["measures"]
    told = next(row for row in found if row["id"] == measure.pk)

    assert told["url"].endswith("#evidence")
    assert told["nLessons"] == "4"
    assert [lesson["text"] for lesson in told["lessons"]] == ["Lehre 0", "Lehre 1", "Lehre 2"]
    assert told["lessons"][0]["certainty"] == "Sicherheit: gut belegt"
