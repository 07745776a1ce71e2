import pytest
from django.test import Client
from django.urls import reverse

from alpclusters.analysis.scales import Kind, Scale
from alpclusters.platform.cafe.domain.answers import build_sheet, standing_of_cafe
from alpclusters.platform.cafe.domain.events import close_cafe
from alpclusters.platform.cafe.models import (
    AlpCafe,
    Comment,
    Criterion,
    Participant,
    Phase,
    Rating,
    Release,
)
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


@pytest.fixture
def again(cafe, phone):
    """The second rating, after this phone gave 4 and "cannot judge" to its first measure."""
    effect, lasting = names(first_leaf(cafe))
    phone.post(reverse("cafe:rate", args=[1]), {effect: "4", lasting: "cj", "comment": "Zakaj"})
    AlpCafe.objects.filter(pk=cafe.pk).update(phase=Phase.RATING_2, in_hall=True)
    return effect, lasting


def test_second_rating_without_scripts_shows_the_first_answer_and_chooses_nothing(phone, again):
    effect, _ = again

    assert phone.get(reverse("cafe:now")).url == reverse("cafe:rate", args=[1])
    page = phone.get(reverse("cafe:rate", args=[1])).content.decode()

    assert "Your first answer: 4" in page
    assert "Your first answer: I cannot judge this" in page
    assert f'id="{effect}-4" value="4" checked' not in page
    assert "Zakaj" not in page  # a reason is asked once, in the first rating


def test_second_rating_says_a_first_answer_in_words_where_steps_are_words(cafe, phone):
    scale = Scale(Kind.YES_NO, (0, 1), ({"en": "No"}, {"en": "Yes"}))
    Criterion.objects.update(scale=scale)
    effect, lasting = names(first_leaf(cafe))
    phone.post(reverse("cafe:rate", args=[1]), {effect: "1", lasting: "0"})
    AlpCafe.objects.filter(pk=cafe.pk).update(phase=Phase.RATING_2, in_hall=True)

    page = phone.get(reverse("cafe:rate", args=[1])).content.decode()

    assert "Your first answer: Yes" in page
    assert "Your first answer: No" in page


def test_second_rating_without_scripts_stands_beside_the_first(cafe, phone, again):
    effect, _ = again

    response = phone.post(reverse("cafe:rate", args=[1]), {"round": "2", effect: "5", "go": "next"})

    assert response.url == reverse("cafe:rate", args=[2])
    assert [a.value for a in standing_of_cafe(cafe, 1)] == [4, None]
    assert [a.value for a in standing_of_cafe(cafe, 2)] == [5]
    # Second answers of fewer than ten people count nowhere yet.
    assert {(a.value, a.cannot_judge) for a in standing_of_cafe(cafe)} == {(4, False), (None, True)}
    assert Comment.objects.get().text == "Zakaj"


def test_first_answer_is_kept_by_a_button_without_scripts(cafe, phone, again):
    effect, lasting = again

    for name in (effect, lasting):
        phone.post(reverse("cafe:rate", args=[1]), {"round": "2", "keep": name})

    again_ = [(a.value, a.cannot_judge) for a in standing_of_cafe(cafe, 2)]
    assert again_ == [(4, False), (None, True)]


def test_page_of_the_first_rating_sent_during_the_second_is_refused(cafe, phone, again):
    effect, _ = again

    response = phone.post(reverse("cafe:rate", args=[1]), {"round": "1", effect: "1"})

    assert response.status_code == 409
    assert [a.value for a in standing_of_cafe(cafe, 1)] == [4, None]
    assert standing_of_cafe(cafe, 2) == []


@pytest.mark.usefixtures("again")
def test_middle_of_all_stands_beside_the_first_answer_once_it_is_released(cafe, phone):
    page = reverse("cafe:rate", args=[1])
    heat = {"rows": [{"measure": first_leaf(cafe).measure.pk, "cells": [
        {"criterion": pk, "n": 14, "median": 4, "lower_quartile": 3, "upper_quartile": 4.5}
        for pk in first_leaf(cafe).answers
    ]}]}  # fmt: skip
    before = phone.get(page).content.decode()
    Release.objects.create(
        cafe=cafe, block="heat", visible_from=NOW, data={"blocks": {"heat": heat}}
    )

    assert "Middle of all answers" not in before
    after = phone.get(page).content.decode()
    assert "Middle of all answers: 4.0; half lie between 3.0 and 4.5. n\u00a0=\u00a014" in after


def test_form_that_comes_after_the_phase_is_told_so(cafe, phone):
    effect, _ = names(first_leaf(cafe))
    AlpCafe.objects.filter(pk=cafe.pk).update(phase=Phase.RESULTS, in_hall=True)

    response = phone.post(reverse("cafe:rate", args=[1]), {effect: "4"})

    assert response.status_code == 409
    assert Rating.objects.count() == 0
