import pytest
from django.test import Client
from django.urls import reverse

from alpclusters.platform.cafe.domain.events import close_cafe
from alpclusters.platform.cafe.domain.sheets import build_sheet
from alpclusters.platform.cafe.domain.standing import standing_of_cafe
from alpclusters.platform.cafe.models import AlpCafe, Comment, Participant, Phase, Rating
from tests.factories.cafe import NOW, join_cafe, make_open_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def cafe():
    return make_open_cafe()


@pytest.fixture
def phone(cafe):
    """A client whose cookie belongs to a participant."""
    return make_phone(cafe)


def make_phone(cafe):
    client = Client()
    client.cookies["cafe"] = join_cafe(cafe).token
    return client


def first_leaf(cafe):
    return build_sheet(Participant.objects.get(cafe=cafe)).leaf(1)


def names(leaf):
    return [f"m{leaf.measure.pk}c{pk}" for pk in leaf.answers]


def test_form_without_scripts_saves_and_goes_on(cafe, phone):
    effect, lasting = names(first_leaf(cafe))

    response = phone.post(
        reverse("cafe:rate", args=[1]),
        {effect: "4", lasting: "cj", "comment": "Zakaj pa ne", "go": "next"},
    )

    assert response.url == reverse("cafe:rate", args=[2])
    assert [(a.value, a.cannot_judge) for a in standing_of_cafe(cafe)] == [(4, False), (None, True)]
    assert Comment.objects.get().text == "Zakaj pa ne"


def test_form_sent_twice_adds_nothing(cafe, phone):
    effect, _ = names(first_leaf(cafe))

    for _ in range(2):
        phone.post(reverse("cafe:rate", args=[1]), {effect: "4"})

    assert Rating.objects.count() == 1


def test_clear_takes_one_answer_back_and_stays(cafe, phone):
    effect, lasting = names(first_leaf(cafe))
    page = reverse("cafe:rate", args=[1])
    phone.post(page, {effect: "4", lasting: "2"})

    response = phone.post(page, {effect: "4", lasting: "2", "clear": effect})

    assert response.url == page
    assert [a.value for a in standing_of_cafe(cafe)] == [2]


def test_page_shows_what_was_chosen(cafe, phone):
    effect, _ = names(first_leaf(cafe))
    phone.post(reverse("cafe:rate", args=[1]), {effect: "4", "comment": "<b>Weil</b>"})

    page = phone.get(reverse("cafe:rate", args=[1])).content.decode()

    assert f'id="{effect}-4" value="4" checked' in page
    assert "&lt;b&gt;Weil&lt;/b&gt;" in page
    assert "<b>Weil</b>" not in page


def test_after_the_last_measure_comes_the_overview(phone):
    response = phone.post(reverse("cafe:rate", args=[2]), {"go": "next"})

    assert response.url == reverse("cafe:done")
    assert phone.get(response.url).status_code == 200


def test_page_numbers_beyond_the_sheet_do_not_exist(phone):
    assert phone.get(reverse("cafe:rate", args=[3])).status_code == 404


def test_late_form_is_told_that_it_does_not_count(cafe, phone):
    effect, _ = names(first_leaf(cafe))
    close_cafe(cafe, by=None, now=NOW)

    response = phone.post(reverse("cafe:rate", args=[1]), {effect: "4"})

    assert response.status_code == 409
    assert response.context["was_late"]
    assert Rating.objects.count() == 0


def test_sheet_takes_a_constant_number_of_queries(django_assert_max_num_queries):
    for keys in (["fair"], ["fair", "pilot", "label", "a", "b"]):
        client = make_phone(make_open_cafe(measures=keys))
        with django_assert_max_num_queries(8):
            client.get(reverse("cafe:rate", args=[1]))


def test_form_that_comes_after_the_phase_is_told_so(cafe, phone):
    effect, _ = names(first_leaf(cafe))
    AlpCafe.objects.filter(pk=cafe.pk).update(phase=Phase.RESULTS, in_hall=True)

    response = phone.post(reverse("cafe:rate", args=[1]), {effect: "4"})

    assert response.status_code == 409
    assert Rating.objects.count() == 0
